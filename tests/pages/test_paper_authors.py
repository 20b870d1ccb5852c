"""The authors on a paper's page: affiliations once each, and ORCIDs."""

from __future__ import annotations

from pathlib import Path

from surroundings import Build


def test_affiliations_and_orcids_are_shown(tmp_path: Path, build: Build) -> None:
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text("title: X\nbase_url: https://example.org/\n", "utf-8")
    (content / "papers" / "a.yaml").write_text(
        "title: Shelves\nauthors:\n"
        "- {name: Ada King, orcid: 0000-0002-1825-0097, affiliation: University of <Shelves>}\n"
        "- {name: Bea Kern, affiliation: University of <Shelves>}\n- {name: Carl Rows, affiliation: Institute of Rows}\n"
        "- Dora Plain\n",
        "utf-8",
    )
    build(content, tmp_path / "site")
    page = (tmp_path / "site" / "papers" / "shelves" / "index.html").read_text("utf-8")
    assert '<p class="src">University of &lt;Shelves&gt; · Institute of Rows</p>' in page
    assert (
        '>Ada King</a> <a class="orcid" href="https://orcid.org/0000-0002-1825-0097" aria-label="ORCID of Ada King">iD</a>,'
        in page
    )
    assert page.count('class="orcid"') == 1

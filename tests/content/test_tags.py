from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperbound.cli import main
from paperbound.content.suggestions import suggest_tags
from paperbound.content.tags import read_tags
from paperbound.model.catalogue import Tag
from paperbound.model.errors import Fault
from paperbound.model.record import Record

TREE = """\
- {slug: language, name: Language}
- {slug: speech, name: Speech, parent: language, match: [Automatic Speech Recognition, ASR]}
- {slug: dialects, name: Dialects, parent: speech, description: Of places.}
- {slug: vision, name: Vision, parent: null}
"""


def write_site(folder: Path, files: dict[str, str]) -> Path:
    for name, text in {"site.yaml": "title: Papers\n", **files}.items():
        (folder / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / name).write_text(text, "utf-8")
    return folder / "content"


def build(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    content, output = str(folder / "content"), str(folder / "site")
    code = main(["build", "--content", content, "--output", output, "--jobs", "1"])
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "field", "message"),
    [
        ("- {slug: a, parent: b}\n- {slug: c}\n", "parent", "tags.yaml has no tag 'b'"),
        ("- {slug: a, parent: b}\n- {slug: b, parent: c}\n- {slug: c, parent: a}\n", "parent", "'a' is above itself"),
        ("- {slug: a, parent: a}\n", "parent", "'a' is above itself"),
        ("- {slug: a, match: ASR}\n", "match", "a list of keywords is expected here"),
        ("- {slug: a, match: ['?']}\n", "match", "'?' is no keyword"),
        ("- {slug: a, match: [ASR]}\n- {slug: b, match: [asr]}\n", "match", "'asr' stands under 'a', too"),
    ],
)
def test_a_faulty_tree_or_mapping_is_named(tmp_path: Path, text: str, field: str, message: str) -> None:
    faults: list[Fault] = []
    assert read_tags(write_site(tmp_path, {"tags.yaml": text}), faults.append) is None
    assert (faults[0].file, faults[0].field) == ("content/tags.yaml", field)
    assert message in faults[0].message
    assert faults[0].line


def test_topics_are_a_tree_and_inherit_the_papers_below(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = {
        "papers/a.yaml": "title: On vowels\ntags: [dialects]\n",
        "papers/b.yaml": "title: On words\ntags: [language, speech]\n",
        "papers/c.yaml": "title: On pixels\ntags: [vision]\n",
    }
    write_site(tmp_path, {"tags.yaml": TREE, **papers})
    assert build(tmp_path, capsys)[0] == 0
    index = (tmp_path / "site" / "tags" / "index.html").read_text("utf-8")
    nested = "".join(index.split()).partition('href="/tags/language/"')[2]
    language, vision = nested.partition('href="/tags/vision/"')[::2]
    assert "2papers" in language.partition('href="/tags/speech/"')[0]
    # Speech is in a list of Language, dialects in a list of speech; both end before vision.
    assert language.count('<ulclass="termsbelow">') == 2
    assert language.count("</ul></li></ul></li></ul></li>") == 1  # of the newest papers, dialects, speech
    assert language.index('href="/tags/speech/"') < language.index('href="/tags/dialects/"')
    assert "Ofplaces." in language
    assert "1paper" in vision
    page = (tmp_path / "site" / "tags" / "language" / "index.html").read_text("utf-8")
    assert "On vowels" in page
    assert page.count("/papers/on-words/") == 1
    assert "Narrower topics" in page
    assert "Part of" in (tmp_path / "site" / "tags" / "dialects" / "index.html").read_text("utf-8")
    # A change of the tree is one of the index, and of the lists above.
    (tmp_path / "content" / "tags.yaml").write_text(TREE.replace("parent: speech", "parent: vision"), "utf-8")
    assert build(tmp_path, capsys)[0] == 0
    assert "On vowels" in (tmp_path / "site" / "tags" / "vision" / "index.html").read_text("utf-8")
    assert "On vowels" not in (tmp_path / "site" / "tags" / "language" / "index.html").read_text("utf-8")


def test_foreign_keywords_become_topics(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ris = "".join(
        f"TY  - JOUR\nTI  - Paper {number}\nKW  - {keyword}\nKW  - ASR\nKW  - Vision\nER  - \n"
        for number, keyword in enumerate(("Zoology", "Botany", "Zoology"))
    )
    write_site(tmp_path, {"tags.yaml": TREE, "papers/a.ris": ris})
    code, said = build(tmp_path, capsys)
    assert code == 0
    assert len((tmp_path / "site" / "tags" / "speech" / "index.html").read_text("utf-8").split("On ")) == 1
    for topic in ("speech", "vision", "language"):
        page = (tmp_path / "site" / "tags" / topic / "index.html").read_text("utf-8")
        assert page.count('href="/papers/paper-1/"') == 1
    # Unmapped ones are one warning, the most frequent first.
    assert said.count("no topic for") == 1
    assert "no topic for 2 keywords of imported papers, left out: 'zoology' (2), 'botany' (1)" in said


def test_an_import_maps_keywords(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_site(tmp_path, {"tags.yaml": TREE})
    (tmp_path / "x.ris").write_text("TY  - JOUR\nTI  - Ears\nKW  - ASR\nKW  - Zoology\nER  - \n", "utf-8")
    assert main(["import", str(tmp_path / "x.ris"), "--content", str(content)]) == 0
    text = next((content / "papers").glob("*.yaml")).read_text("utf-8")
    assert "tags: [speech]" in text
    assert "zoology" in text


def test_a_category_of_arxiv_is_a_keyword(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tags = f"{TREE}- {{slug: words, name: Words, match: [cs.CL, hep-th]}}\n"
    eprint = "archivePrefix = {{arXiv}}, eprint = {{2401.0000{}}}, primaryClass = {{{}}}"
    write_site(
        tmp_path,
        {
            "tags.yaml": tags,
            "papers/a.bib": f"@misc{{a, title = {{Apples}}, {eprint.format(1, 'cs.CL')}, keywords = {{ASR}}}}\n"
            f"@misc{{b, title = {{Berries}}, {eprint.format(2, 'cs.LG')}}}\n",
            "papers/own.yaml": "title: Cherries\ncategory: hep-th\n",
            "papers/chosen.yaml": "title: Dates\ncategory: cs.CL\ntags: [vision]\n",
        },
    )
    code, said = build(tmp_path, capsys)
    assert (code, "no topic for" in said) == (0, False)
    page = (tmp_path / "site" / "tags" / "words" / "index.html").read_text("utf-8")
    found = [name for name in ("apples", "berries", "cherries", "dates") if f"/papers/{name}/" in page]
    assert found == ["apples", "cherries"]  # whoever wrote tags has chosen them
    assert "/papers/apples/" in (tmp_path / "site" / "tags" / "speech" / "index.html").read_text("utf-8")
    (tmp_path / "x.bib").write_text(f"@misc{{x, title = {{Elder}}, {eprint.format(3, 'cs.CL')}}}\n", "utf-8")
    assert main(["import", str(tmp_path / "x.bib"), "--content", str(tmp_path / "content")]) == 0
    assert "tags: [words]" in (tmp_path / "content" / "papers" / "x.yaml").read_text("utf-8")


SPEECH = "Speech recognition of vowels in noise with acoustic models."
VISION = "Images of objects with pixels and cameras for scenes."
HERBS = "A field guide to wild herbs: sage, thyme {}."


def write_library(folder: Path) -> Path:
    papers = {
        "s1": (SPEECH, "speech"),
        "s2": (f"{SPEECH} Microphones.", "speech"),
        "v1": (VISION, "vision"),
        "v2": (f"{VISION} Lenses.", "vision"),
        "new": ("Acoustic models of vowels for speech recognition.", ""),
        **{f"h{number}": (HERBS.format(number), "") for number in range(3)},
    }
    files = {
        f"papers/{ident}.yaml": f"title: Paper {ident}\n# mine\nabstract: |\n  {text}\ntags: [{tag}]\n"
        for ident, (text, tag) in papers.items()
    }
    return write_site(folder, {"tags.yaml": TREE, **files})


def test_suggestions_have_reasons_and_only_accepted_ones_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write_library(tmp_path)
    before = {path: path.read_text("utf-8") for path in content.rglob("*.yaml")}
    suggest = ["tags", "suggest", "--content", str(content)]
    assert main(suggest) == 0
    said = capsys.readouterr().out
    assert "new: speech (" in said
    assert "as in 2 papers of this topic" in said
    assert "vision" not in said
    assert "new topic field-guide: the phrase is in 3 papers: h0, h1, h2" in said
    assert before == {path: path.read_text("utf-8") for path in content.rglob("*.yaml")}
    assert main([*suggest, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [(one["paper"], one["tag"]) for one in shown["tags"]] == [("new", "speech")]
    assert {"acoustic", "vowels", "speech"} & {word for one in shown["tags"] for word in one["words"][0].split()}
    assert main([*suggest, "--accept", "new:speech"]) == 0
    changed = {path.name for path, text in before.items() if path.read_text("utf-8") != text}
    assert changed == {"new.yaml"}
    text = (content / "papers" / "new.yaml").read_text("utf-8")
    assert "tags: [speech]" in text
    assert "# mine" in text
    capsys.readouterr()
    assert main([*suggest, "--accept", "field-guide"]) == 0
    assert '- {slug: field-guide, name: "Field guide"}' in (content / "tags.yaml").read_text("utf-8")
    assert "tags: [field-guide]" in (content / "papers" / "h1.yaml").read_text("utf-8")
    assert build(tmp_path, capsys)[0] == 0
    assert (tmp_path / "site" / "tags" / "field-guide" / "index.html").is_file()


def test_a_name_that_is_not_suggested_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_library(tmp_path)
    assert main(["tags", "suggest", "--content", str(content), "--accept", "new:spech"]) == 1
    assert "nothing of the name 'new:spech' is suggested" in capsys.readouterr().err
    assert "tags: []" in (content / "papers" / "new.yaml").read_text("utf-8")


def test_a_record_of_another_file_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_library(tmp_path)
    (content / "papers" / "new.yaml").unlink()
    row = json.dumps(
        {"id": "new", "title": "Paper new", "abstract": "Acoustic models of vowels for speech recognition."}
    )
    (content / "papers" / "x.jsonl").write_text(f"{row}\n", "utf-8")
    assert main(["tags", "suggest", "--content", str(content), "--accept", "all"]) == 0
    said = capsys.readouterr()
    assert "'new' is not in a YAML file of its own; left out: speech" in said.err
    assert "0 files written" in said.out
    assert (content / "papers" / "x.jsonl").read_text("utf-8") == f"{row}\n"


def test_suggestions_do_not_depend_on_the_order_of_tags() -> None:
    tags = {slug: Tag(slug, slug) for slug in ("speech", "vision")}
    records = [
        Record(id="s1", title=SPEECH, tags=("speech",)),
        Record(id="s2", title=f"{SPEECH} Ears.", tags=("speech",)),
        Record(id="v1", title=VISION, tags=("vision",)),
        Record(id="v2", title=f"{VISION} Eyes.", tags=("vision",)),
        Record(id="new", title="Acoustic models of vowels"),
    ]
    found = suggest_tags(records, tags)
    assert found[0]
    assert found == suggest_tags(records, dict(reversed(tags.items())))

"""Describes the rules of `paperbound check` as docs/checks/: an index, and a page a rule."""

from __future__ import annotations

from field_texts import write_table
from paperbound.checks import ROWS

_INTRODUCTION = """\
# Checks

`paperbound check` reads the content as a build would, and the built site. Each fault has a rule, whose name stands behind
the message in brackets; `paperbound check --explain RULE` prints its page. These pages are made from the code, and a test
compares the two: `make reference` writes them anew.

An error ends with exit code 1; a warning does so with `--strict`, a note never. `checks` of [site.yaml](../settings.md)
changes the severity: `checks: {missing-date: off, mojibake: error}`.
"""
_MORE = """\
## One place

A comment switches rules off: in the line of the fault, in comments directly above it, or in the head of a file for all of
it. What stops a build stays an error.

| file | comment |
| --- | --- |
| YAML, front matter | `# paperbound: ignore duplicate` |
| BibTeX | `% paperbound: ignore latex, entity` |
| Markdown | `<!-- paperbound: ignore link -->` |
| rows of JSON | a key of the row: `"paperbound": "ignore missing-date"` |

## Fixes

`--fix` writes what is certain into the content: rules marked so above. A text is replaced where it stands, comments and order stay,
and the file is written only if, read again, it says the same as before but for that field. Anything else is left for you.

## For programs

`--format json` prints the report of [command-line.schema.json](../command-line.schema.json), `--format github` annotations,
which GitHub shows beside the lines of a pull request, and `--format sarif` a log of SARIF 2.1.0, for code scanning and
editors. The workflow of a new site uses `github`.
"""


def describe_checks() -> dict[str, str]:
    """The pages by their file names."""
    rows = (
        (f"[`{rule.name}`]({rule.name}.md)", rule.severity, rule.summary, "yes" if rule.mend else "") for rule in ROWS
    )
    table = "\n".join(write_table(("rule", "severity", "what it finds", "`--fix`"), rows))
    pages = {"README.md": f"{_INTRODUCTION}\n{table}\n\n{_MORE}"}
    for rule in ROWS:
        fix = "\n`--fix` writes what is certain.\n" if rule.mend else ""
        pages[f"{rule.name}.md"] = (
            f"# {rule.name}\n\n{rule.summary} Severity: {rule.severity}.\n\n{rule.text.strip()}\n{fix}\n"
            f"[All rules](README.md)\n"
        )
    return pages

"""Reports for hosts of code: annotations of GitHub, and SARIF 2.1.0.

Workflow commands: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands. SARIF:
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from .. import __version__
from .rule import Finding, Rule

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def list_annotations(findings: Iterable[Finding]) -> Iterator[str]:
    """Yields a workflow command of GitHub for each finding."""
    for one in findings:
        fault = one.fault
        values = [("file", fault.file), *([("line", str(fault.line))] if fault.line else []), ("title", one.rule)]
        properties = ",".join(f"{name}={_escape_property(value)}" for name, value in values)
        field = f"[{fault.field}] " if fault.field else ""
        message = _escape(f"{field}{fault.message}\n{fault.remedy}")
        yield f"::{_COMMANDS[one.severity]} {properties}::{message}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def write_sarif(findings: Sequence[Finding], rules: Sequence[Rule]) -> str:
    """Writes findings as a log of SARIF with one run, which describes all rules."""
    places = {rule.name: place for place, rule in enumerate(rules)}
    driver = {
        "name": "Paperbound",
        "version": __version__,
        "rules": [
            {
                "id": rule.name,
                "shortDescription": {"text": rule.summary},
                "help": {"text": rule.text, "markdown": rule.text},
                "defaultConfiguration": {"level": rule.severity},
            }
            for rule in rules
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_make_result(one, places[one.rule]) for one in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False)


def _make_result(one: Finding, place: int) -> dict[str, object]:
    fault = one.fault
    location: dict[str, object] = {"artifactLocation": {"uri": quote(fault.file.replace("\\", "/"), safe="/")}}
    if fault.line:
        location["region"] = {"startLine": fault.line}
    field = f"{fault.field}: " if fault.field else ""
    return {
        "ruleId": one.rule,
        "ruleIndex": place,
        "level": one.severity,
        "message": {"text": f"{field}{fault.message}. {fault.remedy}"},
        "locations": [{"physicalLocation": location}],
    }

"""Reports: faults as text for people."""

from __future__ import annotations

from paperbound.model.errors import Fault
from paperbound.text.report import list_faults


def warn(number: int, message: str) -> Fault:
    return Fault("papers/a.bib", number, "authors", message, "Give them one spelling.", warning=True)


def test_warnings_that_differ_behind_a_colon_are_grouped() -> None:
    alike = [warn(number, f"taken for one person: Ana Sáez {chr(97 + number)}, Ana Saez") for number in range(20)]
    said = list(list_faults([*alike, warn(30, "'x': no name"), warn(31, "'y': no address")], "warning"))
    assert len(said) == 5 + 1 + 2
    assert "15 more like the last one" in said[5]


def test_errors_are_never_left_out() -> None:
    assert len(list(list_faults([warn(number, f"no ORCID: {number}") for number in range(20)], "error"))) == 20

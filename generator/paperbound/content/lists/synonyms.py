"""Synonyms of the site: lists of words in synonyms.yaml of the content folder."""

from __future__ import annotations

from pathlib import Path

from ...model.errors import Fault, Report
from ...search.synonyms import Terms, list_terms
from ...storage.sources import is_there, read_source
from ...text.characters import clean, collapse, decode
from ...text.yamltext import Value, YamlError, load_lists

_FILE = "synonyms.yaml"
_EXAMPLE = "Write `- [LLM, large language model]`."
_MOST_WORDS = 8


def read_synonyms(folder: Path, report: Report) -> tuple[tuple[str, ...], ...]:
    """Reads the groups of synonyms; reports faulty ones."""
    file = folder / _FILE
    source = read_source(file, folder, report) if is_there(file) else None
    text = decode(source, report) if source else None
    if source is None or text is None:
        return ()
    groups = []
    owners: dict[Terms, str] = {}
    try:
        for line, values in load_lists(text):
            group, faults = _make_group(values, owners)
            for message, remedy in faults:
                report(Fault(source.file, line, "", message, remedy))
            groups += [] if faults else [group]
    except YamlError as error:
        report(Fault(source.file, error.line, error.field, error.message, error.remedy))
    return tuple(groups)


def _make_group(values: list[Value], owners: dict[Terms, str]) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    """Returns the synonyms of a group, and its faults: messages with remedies."""
    faults = [] if len(values) > 1 else [("a group has two synonyms at least", _EXAMPLE)]
    group = []
    for value in values:
        if not isinstance(value, str):
            faults.append((f"a synonym is a text, and not {value!r}", _EXAMPLE))
            continue
        text = collapse(clean(value)[0])
        terms = list_terms(text)
        if not any(terms) or not terms[0]:
            faults.append(
                (f"{text!r} begins with no word that the search finds", "Leave out `the`, `of` and the like.")
            )
        elif len(terms) > _MOST_WORDS:
            faults.append((f"{text!r} has more than {_MOST_WORDS} words", "Write fewer words."))
        elif terms in owners:
            faults.append((f"{text!r} is {owners[terms]!r}, which stands above", "Keep one of them."))
        else:
            owners[terms] = text
            group.append(text)
    return tuple(group), faults

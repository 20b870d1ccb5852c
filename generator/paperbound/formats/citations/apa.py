"""Citations like those of the American Psychological Association (Publication Manual, 7th edition, 2020)."""

from __future__ import annotations

from functools import partial

from .cited import MONTHS, Cited, capitalize_title, end, family_first, label_pages, name_first, write_initials

_invert = partial(family_first, write_given=write_initials)
_NOTES = {"dataset": " [Data set]", "software": " [Computer software]"}


def write_apa(cited: Cited) -> str:
    """Returns the citation: `Doe, J. (2024). Title. *Venue*, 3(1), 5–6. https://…`, without styles."""
    people, title = _list_people(cited), _write_title(cited)
    pieces = [people, _write_date(cited), title] if people else [title, _write_date(cited)]
    return " ".join([piece for piece in (*pieces, *_list_source(cited), cited.address) if piece])


def _list_people(cited: Cited) -> str:
    people, label = cited.authors, ""
    if not people and cited.editors:
        people, label = cited.editors, " (Ed.)" if len(cited.editors) == 1 else " (Eds.)"
    names = [_invert(one) for one in people]
    if len(names) > 20:
        text = f"{', '.join(names[:19])}, … {names[-1]}"
    elif len(names) > 1:
        text = f"{', '.join(names[:-1])}, & {names[-1]}"
    else:
        text = "".join(names)
    return end(text + label) if text else ""


def _write_date(cited: Cited) -> str:
    if not cited.year:
        return "(n.d.)."
    if not cited.month or not cited.is_talk:
        return f"({cited.year})."
    month = MONTHS[cited.month - 1]
    return f"({cited.year}, {month} {cited.day})." if cited.day else f"({cited.year}, {month})."


def _write_title(cited: Cited) -> str:
    title = cited.title + _NOTES.get(cited.kind, "")
    if cited.kind == "thesis":
        school = f", {cited.publisher}" if cited.publisher else ""
        return f"{title} [Thesis{school}]."
    return f"{title} (arXiv:{cited.arxiv})." if cited.kind == "preprint" and cited.arxiv else end(title)


def _list_source(cited: Cited) -> list[str]:
    if cited.kind == "thesis":
        return []
    publisher = end(cited.publisher) if cited.publisher else ""
    if cited.kind == "preprint" and not cited.container:
        return [publisher or ("arXiv." if cited.arxiv else "")]
    if not cited.container:
        return [publisher]
    if cited.is_part:
        names = [name_first(one, write_initials) for one in cited.editors]
        joined = f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 2 else " & ".join(names)
        volume = f"Vol. {cited.volume}" if cited.volume else ""
        where = ", ".join(piece for piece in (volume, label_pages(cited.pages)) if piece)
        label = "Ed." if len(names) == 1 else "Eds."
        return [end(f"In {joined} ({label}), {cited.container}{f' ({where})' if where else ''}"), publisher]
    issue = f"({cited.issue})" if cited.issue else ""
    pieces = (capitalize_title(cited, cited.container), f"{cited.volume}{issue}", cited.pages)
    talk = cited.event[:1].upper() + cited.event[1:] if cited.is_talk else ""
    return [end(", ".join([piece for piece in pieces if piece])), end(talk) if talk else ""]

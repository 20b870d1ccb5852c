"""Citations like those of the Chicago Manual of Style, author and date (18th edition, 2024)."""

from __future__ import annotations

from .cited import MONTHS, Cited, capitalize_title, end, family_first, join_names, name_first, quote, shorten_range

_MOST, _SHOWN = 6, 3


def write_chicago(cited: Cited) -> str:
    """Returns the citation: `Doe, Jane. 2024. “Title.” *Venue* 3 (1): 5–6. https://….`, without styles."""
    people = cited.authors or cited.editors
    names = [family_first(one) for one in people[:1]] + [name_first(one) for one in people[1:]]
    label = "" if cited.authors or not names else ", ed." if len(names) == 1 else ", eds."
    listed = end(_shorten(names) + label) if names else ""
    title = capitalize_title(cited, cited.title)
    head = end(title) if cited.kind in ("book", "thesis", "report") else quote(title, ".")
    order = (listed, f"{cited.year}." if cited.year else "", head) if listed else (head, f"{cited.year}.".lstrip("."))
    address = f"{cited.address}." if cited.address else ""
    return " ".join([piece for piece in (*order, *_list_source(cited), address) if piece])


def _shorten(names: list[str]) -> str:
    if len(names) > _MOST:
        return f"{', '.join(names[:_SHOWN])}, et al."
    return join_names(names, ", and ")


def _list_source(cited: Cited) -> list[str]:
    month = f"{MONTHS[cited.month - 1]} {cited.day or ''}".strip() if cited.month else ""
    if cited.kind == "preprint" and not cited.container:
        dated = f", {month}" if month else ""
        return [f"arXiv:{cited.arxiv}. Preprint, arXiv{dated}."] if cited.arxiv else [f"Preprint{dated}."]
    container = capitalize_title(cited, cited.container)
    publisher = end(cited.publisher) if cited.publisher else ""
    if cited.is_part:
        names = [name_first(one) for one in cited.editors]
        edited = _shorten(names) if len(names) > _MOST else join_names(names, ", and ", " and ")
        volume = f", vol. {cited.volume}" if cited.volume else ""
        return [end(f"In {container}, edited by {edited}{volume}"), publisher]
    if not container:
        return [publisher]
    if cited.volume:
        issue = f" ({cited.issue})" if cited.issue else f" ({month.split()[0]})" if month else ""
        pages = f": {shorten_range(cited.pages)}" if cited.pages else ""
        return [end(f"{container} {cited.volume}{issue}{pages}")]
    talk = f"Paper presented at {cited.event}." if cited.is_talk and cited.event else ""
    pieces = (container, month, shorten_range(cited.pages))
    return [talk, end(", ".join([piece for piece in pieces if piece]))]

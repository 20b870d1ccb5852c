"""Citations like those of the Modern Language Association (MLA Handbook, 9th edition, 2021)."""

from __future__ import annotations

from .cited import Cited, capitalize_title, end, family_first, label_pages, name_first, quote, shorten_range, show_date

_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()


def write_mla(cited: Cited) -> str:
    """Returns the citation: `Doe, Jane. “Title.” *Venue*, vol. 3, no. 1, 2024, pp. 5–6, https://….`, without styles."""
    names = [family_first(one) for one in cited.authors[:1]] + [name_first(one) for one in cited.authors[1:]]
    people = _shorten(names)
    if not names and cited.editors:
        editors = [family_first(cited.editors[0]), *(name_first(one) for one in cited.editors[1:])]
        people = f"{_shorten(editors)}, {'editor' if len(editors) == 1 else 'editors'}"
    title = capitalize_title(cited, cited.title)
    head = end(title) if cited.kind in ("book", "thesis", "report") else quote(title, ".")
    pieces = [piece for piece in (*_list_source(cited), cited.address) if piece]
    return f"{end(people)} {head} {', '.join(pieces)}.".lstrip(". ")


def _shorten(names: list[str]) -> str:
    if len(names) > 2:
        return f"{names[0]}, et al."
    return ", and ".join(names)


def _list_source(cited: Cited) -> list[str]:
    if cited.kind == "preprint" and not cited.container:
        arxiv = [f"arXiv:{cited.arxiv}", "arXiv"] if cited.arxiv else [cited.publisher]
        return [*arxiv, show_date(cited, "dmy", _MONTHS)]
    container = capitalize_title(cited, cited.container)
    editors = [name_first(one) for one in cited.editors]
    edited = f"{editors[0]} et al." if len(editors) > 2 else " and ".join(editors)
    edited = edited if cited.authors else ""  # whom the citation begins with
    press, place = cited.publisher or cited.place, ""
    if cited.kind == "inproceedings" and not editors:
        press, place = "", f" [{cited.place}]" if cited.place else ""
    month = f"{_MONTHS[cited.month - 1]} " if cited.month and cited.kind == "article" else ""
    return [
        container + place,
        f"edited by {edited}" if edited else "",
        f"vol. {cited.volume}" if cited.volume else "",
        f"no. {cited.issue}" if cited.issue else "",
        press if cited.kind != "article" else "",
        month + cited.year,
        cited.event[:1].upper() + cited.event[1:] if cited.is_talk else "",
        label_pages(shorten_range(cited.pages, least=2)),
    ]

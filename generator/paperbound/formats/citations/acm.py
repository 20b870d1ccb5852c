"""Citations like those of the Association for Computing Machinery (Citation Style and Reference Formats)."""

from __future__ import annotations

from .cited import Cited, end, join_names, name_first, show_date


def write_acm(cited: Cited) -> str:
    """Returns the citation: `Jane Doe. 2024. Title. In *Venue*. Publisher, Place, 5–6. https://…`, without styles."""
    names = [name_first(one) for one in cited.authors]
    label = ""
    if not names and cited.editors:
        names = [name_first(one) for one in cited.editors]
        label = " (Ed.)" if len(names) == 1 else " (Eds.)"
    people = join_names(names, ", and ", " and ") + label
    head = [end(people) if people else "", f"{cited.year}." if cited.year else "", end(cited.title)]
    address = f"https://doi.org/{cited.doi}" if cited.doi else f"Retrieved from {cited.url}"
    return " ".join([piece for piece in (*head, *_list_source(cited), address) if piece])


def _list_source(cited: Cited) -> list[str]:
    if cited.kind == "preprint" and not cited.container:
        return []
    press = ", ".join([piece for piece in (cited.publisher, cited.place, cited.pages) if piece])
    if cited.kind in ("inproceedings", "chapter"):
        date = f", {show_date(cited, 'mdy')}" if cited.year else ""
        return [end(f"In {cited.container}{date}"), end(press) if press else ""]
    if cited.kind != "article":
        return [end(cited.container) if cited.container else "", end(press) if press else ""]
    volume = ", ".join([piece for piece in (cited.volume, cited.issue) if piece])
    date = f"({show_date(cited._replace(day=0), 'mdy')})" if cited.year else ""
    where = " ".join([piece for piece in (cited.container, volume, date) if piece])
    return [end(f"{where}, {cited.pages}" if cited.pages else where)]

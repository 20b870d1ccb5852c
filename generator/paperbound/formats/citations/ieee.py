"""Citations like those of the IEEE (Reference Guide, 2023)."""

from __future__ import annotations

from .cited import Cited, join_names, label_pages, name_first, quote, write_initials

_MONTHS = "Jan. Feb. Mar. Apr. May Jun. Jul. Aug. Sep. Oct. Nov. Dec.".split()
_MOST = 6


def write_ieee(cited: Cited) -> str:
    """Returns the citation: `J. Doe, “Title,” *Venue*, vol. 3, no. 1, pp. 5–6, Jan. 2024, doi: ….`, without styles."""
    pieces = [_list_authors(cited), quote(cited.title, ","), *_list_source(cited)]
    text = " ".join([pieces[0] and f"{pieces[0]},", pieces[1], ", ".join([one for one in pieces[2:] if one])]).strip()
    text = text.rstrip(", ")
    text = f"{text.removesuffix(',”')}.”" if text.endswith(",”") else text
    if cited.kind == "article":
        return f"{text}, doi: {cited.doi}." if cited.doi else f"{text}, [Online]. Available: {cited.url}"
    text = text if text.endswith((".", ".”")) else f"{text}."
    return f"{text} doi: {cited.doi}." if cited.doi else f"{text} [Online]. Available: {cited.url}"


def _list_authors(cited: Cited) -> str:
    names = [name_first(one, write_initials) for one in cited.authors]
    if len(names) > _MOST:
        return f"{names[0]} et al."
    return join_names(names, ", and ", " and ") or _list_editors(cited)


def _list_editors(cited: Cited) -> str:
    names = [name_first(one, write_initials) for one in cited.editors]
    return f"{join_names(names, ', and ', ' and ')}, {'Ed.' if len(names) == 1 else 'Eds.'}" if names else ""


def _list_source(cited: Cited) -> list[str]:
    month = _MONTHS[cited.month - 1] if cited.month else ""
    date = f"{month} {cited.year}".strip()
    if cited.kind == "preprint" and not cited.container:
        exact = f"{month} {cited.day}, {cited.year}" if cited.day else date
        return [exact, f"arXiv:{cited.arxiv}" if cited.arxiv else cited.publisher]
    volume = f"vol. {cited.volume}" if cited.volume else ""
    issue = f"no. {cited.issue}" if cited.issue else ""
    if cited.kind in ("inproceedings", "chapter"):
        press = ": ".join([piece for piece in (cited.place, cited.publisher) if piece])
        return [f"in {cited.container}", _list_editors(cited), press, date, label_pages(cited.pages)]
    if cited.kind == "article":
        return [cited.container, volume, issue, label_pages(cited.pages), date]
    press = ": ".join([piece for piece in (cited.place, cited.publisher) if piece])
    return [cited.container, press, date, label_pages(cited.pages)]

"""Links of papers to the site's own files: paths in the static folder become addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model.catalogue import Asset
from ..model.errors import Fault, Report, name_nearest
from ..model.record import Link, Record, is_link
from ..urls import Addresses


def link_files(records: Sequence[Record], static: Sequence[Asset], base_url: str, report: Report) -> list[Record]:
    """Returns the records with the addresses of their files; reports each file that is missing.

    `links: {pdf: files/a.pdf}` is the file `static/files/a.pdf`.
    """
    paths, addresses = {one.path for one in static}, Addresses(base_url)
    linked = []
    for record in records:
        if all(is_link(link.url) for link in record.links):
            linked.append(record)
            continue
        links = []
        for link in record.links:
            if is_link(link.url):
                links.append(link)
            elif link.url in paths:
                links.append(Link(link.kind, addresses.absolute(link.url)))
            else:
                origin = record.origin
                message = f"static/ has no file {link.url!r}"
                remedy = f"{name_nearest(link.url, paths, 'files')} Links to other sites begin with https://."
                report(Fault(origin.file, origin.line_of("links"), "links", message, remedy, not origin.native))
        linked.append(replace(record, links=tuple(links)))
    return linked

"""OpenSearch: by what a browser offers the site's search in its address bar."""

from __future__ import annotations

from html import escape

# https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md: names of at most 16 characters.
_SHORTEST = 16


def write_opensearch(title: str, search: str, icon: str) -> bytes:
    """Writes the OpenSearch description document.

    `search` is the absolute address of the search page, `icon` the address of a picture.
    """
    name = escape(title[:_SHORTEST].strip())
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{name}</ShortName>\n"
        f"<Description>Search {escape(title)}</Description>\n"
        f'<Image width="16" height="16" type="image/svg+xml">{escape(icon)}</Image>\n'
        f'<Url type="text/html" template="{escape(search)}?q={{searchTerms}}"/>\n'
        "<InputEncoding>UTF-8</InputEncoding>\n"
        "</OpenSearchDescription>\n"
    ).encode()

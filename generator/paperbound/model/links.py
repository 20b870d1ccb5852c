"""Links: the forms of web addresses, and of paths of the site's own files."""

from __future__ import annotations

import re

from .errors import FieldError

_WEB = re.compile(
    r"https?://(?:[^\s/?#@\\<>\"']+@)?[^\s/?#@:\\<>\"'\[\]]+"
    r"(?::(?:[0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
    r"(?:[/?#][^\s<>\"\x00-\x1f\x7f]*)?",
    re.IGNORECASE,
)


def is_link(url: str) -> bool:
    """Returns whether a text is an http(s) address with a host, without spaces and quotes."""
    return bool(_WEB.fullmatch(url))


# A path in the static folder, which no web address is: without a colon. Names may hold single spaces.
_NAME = r"(?!\.)[^\s/\\:?#<>\"%]+(?: [^\s/\\:?#<>\"%]+)*"
_FILE = re.compile(rf"(?:{_NAME}/)*{_NAME}(?<! )\.[A-Za-z0-9]{{1,8}}")


# Files that papers have: documents, slides, pictures, recordings, archives.
_ATTACHED = frozenset(
    "7z avif djvu doc docx epub gif gz ipynb jpeg jpg key mp3 mp4 odp odt pdf png ppt pptx ps svg tar tgz webm webp "
    "zip".split()
)


def is_file(url: str) -> bool:
    """Returns whether a link is a path in the static folder, such as `files/a.pdf`."""
    return bool(_FILE.fullmatch(url))


def is_picture(file: str) -> bool:
    """Returns whether the suffix of a file is that of a picture that browsers show."""
    return file.rpartition(".")[2].lower() in ("avif", "gif", "jpeg", "jpg", "png", "svg", "webp")


def is_attached(file: str) -> bool:
    """Returns whether the suffix of a file is that of a document, and no format's."""
    return file.rpartition(".")[2].lower() in _ATTACHED


def check_link(name: str, url: str) -> None:
    """Raises FieldError unless the address is http(s) with a host, without spaces, quotes and controls."""
    if is_attached(url) and not {"", ".."} & set(url.split("/")):
        remedy = 'Rename the file: without \\ : ? # < > " %, double spaces, and a dot at the beginning.'
        raise FieldError(name, f"{url!r} is no name that a file of a paper may have", remedy)
    if not is_link(url):
        raise FieldError(name, f"{url!r} is not a web address", "Links begin with https:// or http://.")

"""Mojibake: UTF-8 that was read as Windows-1252, such as `JosÃ©`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# The bytes from 0x80 to 0x9f in Windows-1252; marks that may stand behind a word in capitals are not among the first.
_LETTERS, _MARKS = "€ƒ„†‡ˆ‰ŠŒŽ˜™šœžŸ", "‚…‹‘’“”•–—›"
# The signs of it that no language writes: a capital before a sign, and marks, arrows and relations of three characters.
_SURE = re.compile(
    f"[ÃÂ][\x80-\xa9\xac-\xba\xbc-\xbf]|Ã[ª«{_LETTERS}]|â€[\x80-\xbf™œž“”˜¦¢]|â[†ˆ‰][\x80-\xbf{_LETTERS}{_MARKS}]"
)
_RUN = re.compile(f"[\x80-\xff{_LETTERS}{_MARKS}]{{2,}}")


def repair(value: Any) -> Any:
    """Returns a text, or lists and mappings of texts, with each mojibake repaired."""
    if isinstance(value, str):
        return value if value.isascii() or not _SURE.search(value) else _RUN.sub(_decode, value)
    if isinstance(value, list | tuple):
        return value if all(map(_is_plain, value)) else [repair(item) for item in value]
    if isinstance(value, Mapping):
        return {key: repair(inner) for key, inner in value.items()}
    return value


def _is_plain(value: Any) -> bool:
    return type(value) is str and value.isascii()


def _decode(match: re.Match[str]) -> str:
    # Bytes that Windows-1252 lacks were read as control characters.
    data = b"".join(_encode(sign) for sign in match[0])
    try:
        return data.decode()
    except UnicodeDecodeError:
        return match[0]


def _encode(sign: str) -> bytes:
    return sign.encode("latin-1") if ord(sign) < 256 else sign.encode("cp1252")

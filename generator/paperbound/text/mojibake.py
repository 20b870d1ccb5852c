"""Mojibake: UTF-8 that was read in another encoding, such as `JosÃ©` and `Jos√©`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

# The bytes from 0x80 to 0x9f in Windows-1252; marks that may stand behind a word in capitals are not among the first.
_LETTERS, _MARKS = "€ƒ„†‡ˆ‰ŠŒŽ˜™šœžŸ", "‚…‹‘’“”•–—›"
# The signs of it that no language writes: a capital before a sign, and marks, arrows and relations of three characters.
_SURE = re.compile(
    f"[ÃÂ][\x80-\xa9\xac-\xba\xbc-\xbf]|Ã[ª«{_LETTERS}]|â€[\x80-\xbf™œž“”˜¦¢]|â[†ˆ‰][\x80-\xbf{_LETTERS}{_MARKS}]"
)
_RUN = re.compile(f"[\x80-\xff{_LETTERS}{_MARKS}]{{2,}}")
# Signs of formulas, which may stand behind a root or a sign of equality.
_RELATIONS = "∞±≤≥∂∑∏π∫Ω≠"
_PUNCTUATION = "–—‘’‚“”„†•…"
# Wrong readings of one text that may follow each other.
_MOST = 3


class _Encoding(NamedTuple):
    """An encoding that UTF-8 was read in: its signs with their bytes.

    `sure` finds signs that no language writes, `sequence` characters of two or three signs.
    """

    bytes_of: Mapping[str, int]
    sure: re.Pattern[str]
    sequence: re.Pattern[str]


def _make_encoding(name: str) -> _Encoding:
    bytes_of = {sign: byte for byte in range(0x80, 0x100) if (sign := bytes([byte]).decode(name, "ignore"))}
    if name == "cp1252":  # bytes that it lacks were read as control characters
        bytes_of |= {chr(byte): byte for byte in range(0x80, 0xA0)}

    def list_signs(first: int, last: int) -> str:
        return f"[{''.join(re.escape(sign) for sign, byte in bytes_of.items() if first <= byte <= last)}]"

    second, third, cyrillic = list_signs(0x80, 0xBF), list_signs(0xE3, 0xE9), list_signs(0xD0, 0xD1)
    sure = (
        # Within a word, and at its beginning where no alphabet of the encoding has such words.
        rf"(?<=[A-Z]){list_signs(0xC3, 0xC5)}(?![{_RELATIONS}]){second}(?=[a-z])",
        rf"(?<=[a-z]){list_signs(0xC3, 0xC5)}(?:(?![{_RELATIONS}]){second}|{second}(?=[a-z]))",
        *(
            []
            if name in ("cp1250", "cp1252")
            else [rf"(?<!\w){list_signs(0xC3, 0xC3)}(?![{_RELATIONS}]){second}(?=[a-z])"]
        ),
        rf"{list_signs(0xE2, 0xE2)}{list_signs(0x80, 0x80)}{second}",
        rf"(?:{cyrillic}{second}){{3}}",
        *([] if name == "cp1251" else [rf"(?:{third}{second}{{2}}){{2}}"]),
    )
    sequence = f"{list_signs(0xC2, 0xDF)}{second}|{list_signs(0xE0, 0xEF)}{second}{{2}}"
    return _Encoding(bytes_of, re.compile("|".join(sure)), re.compile(sequence))


_ENCODINGS = tuple(map(_make_encoding, ("cp1252", "mac_roman", "cp1250", "cp1251", "cp437", "cp850")))
# Two signs that begin a character in any of them: most texts have none.
_PAIR = re.compile(
    "[{}][{}]".format(
        *(
            "".join(
                {re.escape(sign) for one in _ENCODINGS for sign, byte in one.bytes_of.items() if first <= byte <= last}
            )
            for first, last in ((0xC2, 0xEF), (0x80, 0xBF))
        )
    )
)


def repair(value: Any) -> Any:
    """Returns a text, or lists and mappings of texts, with each mojibake repaired."""
    if isinstance(value, str):
        for _ in range(_MOST):
            if value.isascii() or not _PAIR.search(value) or (mended := _repair_text(value)) == value:
                break
            value = mended
        return value
    if isinstance(value, list | tuple):
        return value if all(map(_is_plain, value)) else [repair(item) for item in value]
    if isinstance(value, Mapping):
        return {key: repair(inner) for key, inner in value.items()}
    return value


def _is_plain(value: Any) -> bool:
    return type(value) is str and value.isascii()


def _repair_text(text: str) -> str:
    if _SURE.search(text):
        return _RUN.sub(_decode, text)
    for encoding in _ENCODINGS:
        if any(_is_sure(match, encoding) for match in encoding.sure.finditer(text)):
            return encoding.sequence.sub(partial(_decode_sequence, encoding=encoding), text)
    return text


def _is_sure(match: re.Match[str], encoding: _Encoding) -> bool:
    meant = encoding.sequence.sub(partial(_decode_sequence, encoding=encoding), match[0])
    is_inside = match.string[match.start() - 1 : match.start()].isalpha()
    return meant != match[0] and not (is_inside and meant[0].isupper())


def _decode_sequence(match: re.Match[str], encoding: _Encoding) -> str:
    meant = bytes(encoding.bytes_of[sign] for sign in match[0]).decode("utf-8", "replace")
    return meant if len(meant) == 1 and (meant.isalpha() or meant in _PUNCTUATION) else match[0]


def _decode(match: re.Match[str]) -> str:
    # Bytes that Windows-1252 lacks were read as control characters.
    data = b"".join(_encode(sign) for sign in match[0])
    try:
        return data.decode()
    except UnicodeDecodeError:
        return match[0]


def _encode(sign: str) -> bytes:
    return sign.encode("latin-1") if ord(sign) < 256 else sign.encode("cp1252")

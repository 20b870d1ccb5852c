"""Messages: headers and two texts, as bytes for any mail server.

RFC 5322 (headers), RFC 2045 and 2046 (MIME), RFC 2919 (`List-Id`), RFC 2369 and 8058 (`List-Unsubscribe`). Headers are
written without decoding (decision 13): Python's email package decodes a value before it writes it, so that a title with
`=?utf-8?q?=0ABcc:_x?=` in it becomes a header `Bcc` (seen with 3.11.7).
"""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import hmac
import html
import ipaddress
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from email.charset import BASE64, Charset
from email.utils import format_datetime
from itertools import repeat
from urllib.parse import quote, urlsplit

from ..model.errors import FieldError
from ..pages.mail import Mail
from ..text.slugs import make_slug
from .recipients import Recipient, read_address

# A placeholder in rendered mail for each recipient's link to unsubscribe; no host has such a name (RFC 2606).
UNSUBSCRIBE = "https://unsubscribe.invalid/"
_LONGEST_LINK = 900
_LINE = 76
# With `Reply-To: ` before it, an encoded word of 64 characters fits in a line.
_ENCODED_WORD = 64
_LONGEST_WORD, _LONGEST_NAME = 60, 50
_FOLD = "\r\n "


@dataclass(frozen=True, slots=True)
class Sheet:
    """The values that all messages of a site have in common.

    `title`, `base_url` and `archive` are the site's; `sender`, `reply_to` and `unsubscribe` are settings of site.yaml;
    `secret` signs links to unsubscribe; `otherwise` is the link of messages without such a link.
    """

    title: str
    base_url: str
    archive: str
    sender: str
    reply_to: str
    unsubscribe: str
    secret: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class MessageStamp:
    """The time of a message and, if given, the left part of its id."""

    date: datetime.datetime
    ident: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its id, its bytes with CR LF, and the number of papers shown."""

    ident: str
    data: bytes
    shown: int


def find_sender(sheet: Sheet) -> tuple[str, str]:
    """Returns address and name of the sender; by default an address of the site's host.

    Raises FieldError for an invalid address.
    """
    if not sheet.sender:
        return f"digest@{find_host(sheet.base_url)}", sheet.title
    address, name = read_address(sheet.sender)
    return address, name or sheet.title


def find_host(base_url: str) -> str:
    """Returns the site's host for mail: a DNS name, or an address in brackets."""
    host = urlsplit(base_url).hostname or "localhost"
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        return host.encode("idna").decode() if not host.isascii() else host
    return f"[{'IPv6:' if literal.version == 6 else ''}{host}]"


def make_list_id(base_url: str) -> str:
    """Returns the list's id for filters: a label below the site's host (RFC 2919)."""
    parts = urlsplit(base_url)
    labels = [make_slug(part) for part in reversed(parts.path.split("/")) if make_slug(part)]
    host = (parts.hostname or "localhost").strip("[]").replace(":", "-")
    return ".".join(("digest", *labels, host.encode("idna").decode() if not host.isascii() else host))


def make_link(sheet: Sheet, recipient: Recipient | None) -> str:
    """Returns a recipient's link to unsubscribe; an empty text without a template.

    `{address}` is replaced by the address, `{token}` by its HMAC-SHA256 under the secret. Without a recipient both are
    empty. Raises FieldError for a link that is too long.
    """
    if not sheet.unsubscribe:
        return ""
    address = recipient.address if recipient else ""
    signed = hmac.new(sheet.secret.encode(), address.casefold().encode(), hashlib.sha256).hexdigest()[:32]
    token = signed if recipient and sheet.secret else ""
    link = sheet.unsubscribe.replace("{address}", quote(address, safe="@")).replace("{token}", token)
    if len(html.escape(link)) > _LONGEST_LINK:
        raise FieldError("digest", "the link to unsubscribe is too long", "Write a shorter template.")
    return link


def write_message(
    sheet: Sheet, subject: str, language: str, mail: Mail, stamp: MessageStamp, to: Recipient | None
) -> Message:
    """Writes the message for a recipient; without one, to undisclosed recipients.

    Equal values give equal bytes: the boundary is a digest of them.
    """
    link = make_link(sheet, to)
    shown = link or sheet.otherwise
    rich = mail.html.replace(UNSUBSCRIBE, html.escape(shown)).encode()
    plain = mail.text.replace(UNSUBSCRIBE, shown).encode()
    digest = hashlib.blake2b(digest_size=12)
    for piece in (stamp.date.isoformat(), subject, to.key if to else ""):
        digest.update(piece.encode() + b"\0")
    digest.update(rich + b"\0" + plain)
    word = digest.hexdigest()
    left = f"{stamp.ident}.{word[:8]}" if stamp.ident and to else stamp.ident or f"{stamp.date:%Y%m%d%H%M%S}.{word}"
    ident = f"<{left}@{find_host(sheet.base_url)}>"
    boundary = f"=_{word}"
    headers = {
        "From": write_mailbox(*find_sender(sheet)),
        "To": write_mailbox(to.address, to.name) if to else "undisclosed-recipients:;",
        "Reply-To": write_mailbox(*read_address(sheet.reply_to)) if sheet.reply_to else "",
        "Subject": fold_text(subject, "Subject"),
        "Date": format_datetime(stamp.date),
        "Message-ID": ident,
        "List-Id": write_mailbox(make_list_id(sheet.base_url), sheet.title),
        "List-Archive": f"<{sheet.archive}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
        "List-Unsubscribe": f"<{link}>" if link else "",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" if link.startswith("https://") else "",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{boundary}"',
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
    parts = _write_part(boundary, "plain", plain) + _write_part(boundary, "html", rich)
    # An address beyond ASCII is not encoded (RFC 6532); the server must support it.
    return Message(ident, f"{head}\r\n".encode() + parts + f"--{boundary}--\r\n".encode(), mail.shown)


def fold_text(text: str, header: str) -> str:
    """Writes the unstructured text of a header, folded; its line breaks become spaces."""
    text = " ".join(text.split())
    if not _is_plain(text):
        return _FOLD.join(_encode_words(text))
    line = f"{header}: {text}"
    lines = textwrap.wrap(line, _LINE, subsequent_indent=" ", break_long_words=False, break_on_hyphens=False)
    return "\r\n".join(lines).removeprefix(f"{header}: ")


def write_mailbox(address: str, name: str) -> str:
    """Writes `Name <address>`, with the name quoted or encoded (RFC 5322, 3.4)."""
    name = " ".join(name.split())
    if not name:
        return address
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    if not _is_plain(name) or len(escaped) > _LONGEST_NAME:
        return _FOLD.join((*_encode_words(name), f"<{address}>"))
    gap = " " if len(escaped) + len(address) < _LONGEST_WORD else _FOLD
    return f'"{escaped}"{gap}<{address}>'


def _is_plain(text: str) -> bool:
    words = text.split(" ")
    return text.isascii() and text.isprintable() and "=?" not in text and max(map(len, words)) <= _LONGEST_WORD


def _encode_words(text: str) -> list[str]:
    """Returns a text as encoded words (RFC 2047)."""
    charset = Charset("utf-8")
    charset.header_encoding = BASE64
    return [word for word in charset.header_encode_lines(text, repeat(_ENCODED_WORD)) if word]


def _write_part(boundary: str, kind: str, text: bytes) -> bytes:
    name, encoded = min(_encode(text), key=lambda pair: len(pair[1]))
    head = f'--{boundary}\r\nContent-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: {name}\r\n\r\n'
    return head.encode() + encoded + b"\r\n"


def _encode(text: bytes) -> Iterator[tuple[str, bytes]]:
    # binascii takes 0.6 ms for 96 kB, the email package 11 to 13, once a personal digest.
    quoted = binascii.b2a_qp(text, quotetabs=False, istext=True)
    yield "quoted-printable", re.sub(rb"\r?\n", b"\r\n", quoted)
    coded = base64.b64encode(text)
    yield "base64", b"\r\n".join(coded[at : at + _LINE] for at in range(0, len(coded), _LINE))

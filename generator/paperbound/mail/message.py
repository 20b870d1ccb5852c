"""Messages: headers and two texts, as bytes for any mail server.

RFC 5322 (headers), RFC 2045 and 2046 (MIME), RFC 2919 (`List-Id`), RFC 2369 and 8058 (`List-Unsubscribe`).
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
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

from ..model.errors import FieldError
from ..pages.mail import Mail
from ..text.slugs import make_slug
from .headers import write_header, write_mailbox
from .recipients import Recipient, read_address

# A placeholder in rendered mail for each recipient's link to unsubscribe; no host has such a name (RFC 2606).
UNSUBSCRIBE = "https://unsubscribe.invalid/"
_LONGEST = 900
_LINE = 76


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
    """A message: its id, and its bytes, with lines ending with CR LF."""

    ident: str
    data: bytes


def find_sender(sheet: Sheet) -> tuple[str, str]:
    """Returns name and address of the sender; by default an address of the site's host.

    Raises FieldError for an invalid address.
    """
    if not sheet.sender:
        return sheet.title, f"digest@{find_host(sheet.base_url)}"
    address, name = read_address(sheet.sender)
    return name or sheet.title, address


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
    if len(html.escape(link)) > _LONGEST:
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
    head = _write_head(sheet, subject, language, stamp, ident, boundary, link, to)
    parts = (("plain", plain), ("html", rich))
    body = b"".join(_write_part(boundary, kind, text) for kind, text in parts)
    return Message(ident, head + b"\r\n" + body + f"--{boundary}--\r\n".encode())


def _write_head(
    sheet: Sheet,
    subject: str,
    language: str,
    stamp: MessageStamp,
    ident: str,
    boundary: str,
    link: str,
    to: Recipient | None,
) -> bytes:
    name, address = find_sender(sheet)
    lines = [
        f"From: {write_mailbox(name, address)}\r\n",
        f"To: {write_mailbox(to.name, to.address) if to else 'undisclosed-recipients:;'}\r\n",
    ]
    if sheet.reply_to:
        address, name = read_address(sheet.reply_to)
        lines.append(f"Reply-To: {write_mailbox(name, address)}\r\n")
    lines += [
        write_header("Subject", subject),
        f"Date: {format_datetime(stamp.date)}\r\n",
        f"Message-ID: {ident}\r\n",
        f"List-Id: {write_mailbox(sheet.title, make_list_id(sheet.base_url))}\r\n",
        f"List-Archive: <{sheet.archive}>\r\n",
        "Auto-Submitted: auto-generated\r\n",
        f"Content-Language: {language}\r\n",
    ]
    if link:
        lines.append(f"List-Unsubscribe: <{link}>\r\n")
    if link.startswith("https://"):
        lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
    lines += ["MIME-Version: 1.0\r\n", f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n']
    # An address beyond ASCII is not encoded (RFC 6532); the server must support it.
    return "".join(lines).encode()


def _write_part(boundary: str, kind: str, text: bytes) -> bytes:
    name, encoded = min(_encode(text), key=lambda pair: len(pair[1]))
    lines = (
        f"--{boundary}",
        f'Content-Type: text/{kind}; charset="utf-8"',
        f"Content-Transfer-Encoding: {name}",
        "",
        "",
    )
    return "\r\n".join(lines).encode() + encoded + b"\r\n"


def _encode(text: bytes) -> Iterator[tuple[str, bytes]]:
    # binascii takes 0.6 ms for 96 kB, the email package 11 to 13, once a personal digest.
    quoted = binascii.b2a_qp(text, quotetabs=False, istext=True)
    yield "quoted-printable", re.sub(rb"\r?\n", b"\r\n", quoted)
    coded = base64.b64encode(text)
    yield "base64", b"\r\n".join(coded[at : at + _LINE] for at in range(0, len(coded), _LINE))

"""An SMTP session that always knows whether the server may have accepted a message.

RFC 5321. smtplib does greeting, TLS and authentication; its `sendmail` does not say where a connection broke.
"""

from __future__ import annotations

import base64
import ipaddress
import re
import select
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from ..model.errors import Fault, InputError

_TIMEOUT = 60
# A server may take ten minutes to answer a message (RFC 5321, 4.5.3.2.6).
_PATIENCE = 600
_DOTS = re.compile(rb"^\.", re.MULTILINE)
_LONGEST = 200


class Outcome(Enum):
    """The outcome of a message.

    `ACCEPTED`; `REFUSED` for good; `LATER`: try again; `BROKEN`: the connection broke before the message's last line,
    so it was not accepted; `UNSURE`: the connection broke after it.
    """

    ACCEPTED = "accepted"
    REFUSED = "refused"
    LATER = "later"
    BROKEN = "broken"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server: address, security and user.

    `security` is starttls, tls, or none (localhost only).
    """

    host: str
    port: int
    security: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """The server's name in messages."""
        how = {"starttls": "STARTTLS", "tls": "TLS", "none": "no encryption"}[self.security]
        return f"{self.host}:{self.port} ({how})"

    def fault(
        self, message: str, remedy: str = "Check the server's name and how it wants to be spoken to."
    ) -> InputError:
        """Returns the error for a server that cannot be used."""
        return InputError([Fault(f"{self.host}:{self.port}", 0, "", message, remedy)])

    def check(self) -> None:
        """Raises InputError for a remote server without encryption, or incomplete credentials."""
        if self.security == "none" and not is_loopback(self.host):
            message = f"without encryption, mail goes to this machine alone, not to {self.host}"
            raise self.fault(message, "Say --security starttls or tls.")
        if bool(self.user) != bool(self.password):
            message = "of user and password only one is in the environment"
            raise self.fault(message, "Set PAPERBOUND_SMTP_USER and PAPERBOUND_SMTP_PASSWORD, or neither.")


class UnreachableError(Exception):
    """Raised if no session is possible now, but perhaps at a later try."""


def is_loopback(host: str) -> bool:
    """Returns whether a name or an address is this machine's."""
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Session:
    """A connection to a server, greeted, encrypted and authenticated.

    Raises UnreachableError if a later try may succeed, otherwise InputError.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._in_message = False
        self._smtp = smtplib.SMTP()
        try:
            self._open()
        except BaseException as error:
            self.close()
            raise self._explain(error) from None

    def _explain(self, error: BaseException) -> BaseException:
        """Returns the error to raise for a failed connection."""
        if isinstance(error, ssl.SSLCertVerificationError):
            return self._server.fault(f"its certificate cannot be trusted: {error.verify_message}")
        if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            return self._server.fault(f"it does not agree on TLS: {error.reason}")
        if isinstance(error, socket.gaierror) and error.errno != socket.EAI_AGAIN:
            return self._server.fault(f"its name leads nowhere: {error.strerror}")
        if isinstance(error, smtplib.SMTPAuthenticationError) and error.smtp_code >= 500:
            answer = self.scrub(_show(error.smtp_code, error.smtp_error))
            return self._server.fault(f"it does not take user and password: {answer}")
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return self._server.fault(f"it lacks what is needed: {self.scrub(str(error))}")
        if isinstance(error, smtplib.SMTPResponseException):
            return UnreachableError(self.scrub(_show(error.smtp_code, error.smtp_error)))
        if isinstance(error, OSError | smtplib.SMTPException):
            return UnreachableError(self.scrub(str(error)) or "the connection broke")
        return error

    def _open(self) -> None:
        server, context = self._server, ssl.create_default_context()
        if server.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
        self._smtp = smtp
        if smtp.sock:
            # With Nagle's algorithm, a message's last line waited 40 ms.
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._greet()
        if server.security == "none" and not (smtp.sock and is_loopback(str(smtp.sock.getpeername()[0]))):
            raise self._server.fault("its name leads to another machine, and there is no encryption")
        if server.security == "starttls":
            if not smtp.has_extn("starttls"):
                raise self._server.fault("it offers no STARTTLS", "Say --security tls, or none on this machine.")
            smtp.starttls(context=context)
            self._greet()
        if server.user:
            if not smtp.has_extn("auth"):
                raise self._server.fault(
                    "it offers no authentication", "Unset the user and the password, or ask another."
                )
            self._authenticate(server.user, server.password)

    def _authenticate(self, user: str, password: str) -> None:
        # smtplib supports ASCII only; PLAIN is UTF-8 (RFC 4616), and servers accept UTF-8 for LOGIN.
        offered = str(self._smtp.esmtp_features.get("auth", "")).upper().split()
        if "PLAIN" in offered:
            code, answer = self._smtp.docmd("AUTH", f"PLAIN {_encode(f'{chr(0)}{user}{chr(0)}{password}')}")
        elif "LOGIN" in offered:
            code, answer = self._smtp.docmd("AUTH", "LOGIN")
            for word in (user, password):
                if code == 334:
                    code, answer = self._smtp.docmd(_encode(word))
        elif user.isascii() and password.isascii():
            code, answer = self._smtp.login(user, password)
        else:
            raise smtplib.SMTPNotSupportedError("it offers neither PLAIN nor LOGIN")
        if code not in (235, 503):
            raise smtplib.SMTPAuthenticationError(code, answer)

    def _greet(self) -> None:
        code, answer = self._smtp.ehlo()
        if not 200 <= code < 300:
            code, answer = self._smtp.helo()
        if not 200 <= code < 300:
            raise smtplib.SMTPHeloError(code, answer)

    def scrub(self, text: str) -> str:
        """Returns a server's answer in one line, without secrets."""
        user, password = self._server.user, self._server.password
        for secret in (password, user, *map(_encode, (f"\0{user}\0{password}", password, user))):
            if user and password:
                text = text.replace(secret, "…")
        return "".join(one if one.isprintable() else " " for one in text)[:_LONGEST].strip()

    def send(self, sender: str, recipient: str, data: bytes, hand_over: Callable[[], None]) -> tuple[Outcome, str]:
        """Sends a message; returns the outcome and the server's answer.

        Calls `hand_over` before the message's last line: from then on the server may have accepted the message.
        """
        try:
            return self._send(sender, recipient, data, hand_over)
        except (OSError, smtplib.SMTPException) as error:
            return Outcome.BROKEN, self.scrub(str(error) or "the connection broke")

    def _send(self, sender: str, recipient: str, data: bytes, hand_over: Callable[[], None]) -> tuple[Outcome, str]:
        smtp = self._smtp
        options = ["SMTPUTF8"] if not recipient.isascii() else []
        if options and not smtp.has_extn("smtputf8"):
            return Outcome.REFUSED, "the server takes no addresses with letters beyond ASCII (SMTPUTF8)"
        code, answer = smtp.mail(sender, options)
        if code >= 500:
            remedy = "Check `from` under `digest` in site.yaml: it must be an address that this user may send from."
            raise self._server.fault(f"it does not take mail from {sender}: {self.scrub(_show(code, answer))}", remedy)
        if code >= 400:
            # The server accepts no mail now, or no more in this connection: no fault of the recipient.
            self.close()
            return Outcome.BROKEN, self.scrub(_show(code, answer))
        code, answer = smtp.rcpt(recipient)
        if code < 400:
            code, answer = smtp.docmd("DATA")
        if code >= 500:
            self._reset()
            return Outcome.REFUSED, self.scrub(_show(code, answer))
        if code != 354:
            return self._put_off(code, answer)
        self._in_message = True
        smtp.send(_DOTS.sub(b"..", data))
        # A server is silent before the end of a message, unless it closes the connection.
        if smtp.sock and select.select([smtp.sock], [], [], 0)[0]:
            smtp.close()
            return Outcome.BROKEN, "the connection broke while the message was sent"
        hand_over()
        try:
            smtp.send(b".\r\n")
            if smtp.sock:
                smtp.sock.settimeout(_PATIENCE)
            code, answer = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            return Outcome.UNSURE, self.scrub(str(error) or "the connection broke")
        self._in_message = False
        if smtp.sock:
            smtp.sock.settimeout(_TIMEOUT)
        if code >= 500:
            return Outcome.REFUSED, self.scrub(_show(code, answer))
        if code >= 400:
            return self._put_off(code, answer)
        return Outcome.ACCEPTED, self.scrub(_show(code, answer))

    def _reset(self) -> None:
        try:
            self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()  # the server's earlier answer is valid

    def _put_off(self, code: int, answer: bytes) -> tuple[Outcome, str]:
        if code == 421:  # the server is about to hang up
            self._smtp.close()
        else:
            self._reset()
        return Outcome.LATER, self.scrub(_show(code, answer))

    @property
    def is_open(self) -> bool:
        """Whether the connection is up, as far as known."""
        return self._smtp.sock is not None

    def close(self) -> None:
        """Ends the session with QUIT, except within a message, which would include the command."""
        try:
            if self._smtp.sock is not None and not self._in_message:
                self._smtp.sock.settimeout(5)
                self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            pass
        finally:
            self._smtp.close()


def _encode(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _show(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}"

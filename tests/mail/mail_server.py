"""A real mail server for tests: aiosmtpd with TLS and authentication, which can refuse and break off."""

from __future__ import annotations

import asyncio
import ssl
import threading
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "postman", "s3cret-Wörd"
# Where a server may break off. `handed over` is after the whole message came, before it is stored; `kept` after.
STAGES = ("connect", "ehlo", "starttls", "auth", "mail", "rcpt", "data", "body", "handed over", "kept")


@dataclass
class Behaviour:
    """Behaviour of a server besides accepting mail.

    `refuse` holds permanent refusals by address, `postpone` numbers of temporary ones, `breaks` the number of
    connections that break at a stage; `watch` is called at each stage."""

    refuse: dict[str, str] = field(default_factory=dict)
    postpone: Counter[str] = field(default_factory=Counter)
    breaks: Counter[str] = field(default_factory=Counter)
    refuse_data: dict[str, str] = field(default_factory=dict)
    refuse_sender: str = ""
    mails_a_connection: int = 0
    watch: Callable[[str], None] = lambda _stage: None


class _Protocol(SMTP):
    """Breaks off at the given stage, by closing the connection without a word."""

    behaviour: Behaviour
    transports: list[asyncio.BaseTransport]
    accepted = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transports.append(transport)
        if self.is_over("connect"):
            transport.close()
            return
        super().connection_made(transport)

    def is_over(self, stage: str) -> bool:
        self.behaviour.watch(stage)
        if self.behaviour.breaks[stage] <= 0:
            return False
        self.behaviour.breaks[stage] -= 1
        if self.transport:
            self.transport.close()
        return True

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802
        if not self.is_over("starttls"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802
        if not self.is_over("auth"):
            await super().smtp_AUTH(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if self.is_over("data"):
            return
        if self.behaviour.breaks["body"] > 0:
            await self.push("354 go on")
            await self._reader.readline()
            self.is_over("body")
            while not self._reader.at_eof():
                await self._reader.read(65_536)
            return
        await super().smtp_DATA(arg)


class _Handler:
    def __init__(self, server: MailServer) -> None:
        self.server = server

    async def handle_EHLO(  # noqa: N802
        self, server: _Protocol, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [] if server.is_over("ehlo") else responses

    async def handle_MAIL(  # noqa: N802
        self, server: _Protocol, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if server.is_over("mail"):
            return ""
        if server.behaviour.refuse_sender:
            return server.behaviour.refuse_sender
        if server.behaviour.mails_a_connection:
            server.accepted += 1
            if server.accepted > server.behaviour.mails_a_connection:
                return "452 4.5.3 Too many messages in this connection"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: _Protocol, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if server.is_over("rcpt"):
            return ""
        self.server.asked[address] += 1
        if address in server.behaviour.refuse:
            return server.behaviour.refuse[address]
        if server.behaviour.postpone[address] > 0:
            server.behaviour.postpone[address] -= 1
            return "450 4.2.1 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: _Protocol, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if server.is_over("handed over"):
            return ""
        refused = next(
            (server.behaviour.refuse_data[one] for one in envelope.rcpt_tos if one in server.behaviour.refuse_data), ""
        )
        if refused:
            return refused
        assert isinstance(envelope.content, bytes)
        self.server.mails.append((envelope.rcpt_tos[0], envelope.content))
        self.server.encrypted.append(session.ssl is not None or self.server.security == "tls")
        self.server.users.append(session.authenticated)
        assert len(envelope.rcpt_tos) == 1
        return "" if server.is_over("kept") else "250 Kept"


class MailServer:
    """A server on a port of this machine during the `with` statement; `mails` are the messages that it accepted."""

    def __init__(
        self, context: ssl.SSLContext | None, security: str = "starttls", *, utf8: bool = True, auth: bool = True
    ) -> None:
        self.context, self.security, self.utf8, self.auth = context, security, utf8, auth
        self.behaviour = Behaviour()
        self.mails: list[tuple[str, bytes]] = []
        self.asked: Counter[str] = Counter()
        self.encrypted: list[bool] = []
        self.users: list[bool | None] = []
        self.transports: list[asyncio.BaseTransport] = []
        self.port = 0

    def _make(self) -> _Protocol:
        def check(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object) -> AuthResult:
            right = isinstance(data, LoginPassword) and (data.login, data.password) == (
                USER.encode(),
                PASSWORD.encode(),
            )
            return AuthResult(success=right, handled=False)

        is_starttls = self.security == "starttls" and self.context is not None
        with warnings.catch_warnings():
            # It warns of authentication without STARTTLS, not knowing that the whole connection is encrypted.
            warnings.simplefilter("ignore")
            protocol = self._open(check, is_starttls)
        protocol.behaviour, protocol.transports = self.behaviour, self.transports
        return protocol

    def _open(self, check: Callable[..., AuthResult], is_starttls: bool) -> _Protocol:
        return _Protocol(
            _Handler(self),
            hostname="mail.example.org",
            enable_SMTPUTF8=self.utf8,
            tls_context=self.context if is_starttls else None,
            require_starttls=is_starttls,
            authenticator=check if self.auth else None,
            auth_required=self.auth,
            auth_require_tls=is_starttls,
            loop=self._loop,
        )

    def __enter__(self) -> MailServer:
        # All in a thread of its own: where a browser is driven, this one has a loop already.
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(60)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)
        self._loop.close()

    async def _listen(self) -> asyncio.Server:
        context = self.context if self.security == "tls" else None
        return await self._loop.create_server(self._make, "127.0.0.1", 0, ssl=context)

    async def _close(self) -> None:
        self._server.close()
        for transport in self.transports:
            transport.abort()  # type: ignore[attr-defined]
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0.05)

    @property
    def got(self) -> Counter[str]:
        """How many messages each address got."""
        return Counter(address for address, _ in self.mails)

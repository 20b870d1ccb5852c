"""Delivery of messages over sessions that may break, each message at most once.

The delivery log is written before and after each message.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .delivery_log import BEGUN, POSTPONED, REFUSED, SENT, DeliveryLog
from .message import Message
from .recipients import Recipient
from .smtp import Outcome, Server, Session, UnreachableError

# After this many connections that broke during the server's answer, no more messages are sent.
_MOST_UNSURE = 2


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock in seconds, and a function that waits: those of the command line."""

    read: Callable[[], float]
    sleep: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Pace:
    """Rate and retries: messages a minute, first pause in seconds, number of tries.

    The pause before another try doubles each time.
    """

    rate: int
    pause: float
    tries: int

    @property
    def reconnect(self) -> float:
        """The first pause before another connection: shorter, as networks recover sooner than servers."""
        return min(1.0, self.pause)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message for a recipient, composed when sent.

    The delivery log stores `edition` and `papers`.
    """

    recipient: Recipient
    make: Callable[[], Message]
    edition: str = ""
    papers: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """Outcomes of messages: the number sent, and the others by address with reasons."""

    sent: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, str] = field(default_factory=dict)
    unsent: dict[str, str] = field(default_factory=dict)


class Delivery:
    """Sends envelopes, each at most once; reports problems to `say` at once."""

    def __init__(
        self, server: Server, sender: str, log: DeliveryLog, digest: str, at: str, pace: Pace, clock: Clock,
        say: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._server, self._sender, self._log = server, sender, log
        self._digest, self._at, self._pace, self._clock, self._say = digest, at, pace, clock, say
        self._session: Session | None = None
        self._next = clock.read()
        self._broken = 0
        self.tally = Tally()

    def send(self, envelopes: Sequence[Envelope]) -> None:
        """Sends envelopes in order, with pauses and retries.

        Raises InputError if no more messages can be sent.
        """
        waiting = deque(envelopes)
        try:
            for number in range(self._pace.tries):
                postponed: deque[Envelope] = deque()
                while waiting and len(self.tally.unsure) < _MOST_UNSURE:
                    if not self._deliver(waiting[0]):
                        postponed.append(waiting[0])
                    waiting.popleft()
                waiting.extendleft(reversed(postponed))
                if not waiting or len(self.tally.unsure) >= _MOST_UNSURE:
                    break
                if number < self._pace.tries - 1:
                    self._wait(self._pace.pause, number, f"{len(waiting)} to be tried again")
        except UnreachableError as error:
            self._say(f"{self._server.name} does not answer: {error}")
            waiting.extend(postponed)
        finally:
            for envelope in waiting:
                if envelope.recipient.address not in self.tally.unsure:
                    self.tally.unsent.setdefault(envelope.recipient.address, "not tried")
            if self._session:
                self._session.close()

    def _wait(self, first: float, number: int, why: str) -> None:
        seconds = first * 2**number
        self._say(f"{why}, in {seconds:g} s")
        self._clock.sleep(seconds)

    def _deliver(self, envelope: Envelope) -> bool:
        """Sends one message; returns False if it is to be tried again."""
        recipient, tally = envelope.recipient, self.tally
        session = self._connect()
        self._keep_pace()
        message = envelope.make()

        def note(what: str, **more: str) -> None:
            self._log.write(what, recipient.key, self._digest, self._at, **more)

        outcome, answer = session.send(
            self._sender, recipient.address, message.data, lambda: note(BEGUN, message=message.ident)
        )
        tally.unsent.pop(recipient.address, None)
        if outcome is Outcome.ACCEPTED:
            tally.unsure[recipient.address] = "the delivery log could not be written"
            papers = self._log.store_papers(envelope.papers) if envelope.papers else ""
            note(SENT, message=message.ident, edition=envelope.edition, set=papers)
            del tally.unsure[recipient.address]
            tally.sent += 1
        elif outcome is Outcome.REFUSED:
            note(REFUSED, answer=answer)
            tally.refused[recipient.address] = answer
            self._say(f"refused: {recipient.address}: {answer}")
        elif outcome is Outcome.UNSURE:
            tally.unsure[recipient.address] = answer
            self._say(f"the connection broke before the server had answered for {recipient.address}: {answer}")
        else:
            if outcome is Outcome.LATER:
                note(POSTPONED, answer=answer)
            tally.unsent[recipient.address] = answer
        # After each break in a row, the pause is longer.
        self._broken = self._broken + 1 if outcome is Outcome.BROKEN else 0
        if self._broken >= self._pace.tries:
            raise UnreachableError(f"it breaks off each time: {answer}")
        if self._broken:
            self._wait(self._pace.reconnect, self._broken - 1, f"the connection broke ({answer}); another one")
        return outcome not in (Outcome.LATER, Outcome.BROKEN)

    def _connect(self) -> Session:
        number = 0
        while not self._session or not self._session.is_open:
            try:
                self._session = Session(self._server)
            except UnreachableError as error:
                if number == self._pace.tries - 1:
                    raise
                self._wait(self._pace.reconnect, number, f"{self._server.name} does not answer ({error}); another try")
                number += 1
        return self._session

    def _keep_pace(self) -> None:
        now = self._clock.read()
        if now < self._next:
            self._clock.sleep(self._next - now)
        self._next = max(now, self._next) + 60 / self._pace.rate

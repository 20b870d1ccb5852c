"""The HTTP client: names the site, keeps the pace of services, tries again within limits."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from .answers import Answer, AnswerStore
from .faults import SourceError, hide_keys
from .transport import RawAnswer, Transport, TransportError, send

JSON = "application/json"
ATOM = "application/atom+xml"
# Services answer these while they are overloaded: arXiv's edge says 406 where others say 429.
_BUSY = frozenset((406, 408, 425, 429, 500, 502, 503, 504))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PAUSE = 2.0
_LONGEST_PAUSE = 60.0
_MEANINGS = {
    401: "a key is missing or not valid",
    403: "the service refuses us",
    404: "nothing is there",
    406: "the service refuses the request, as it does when it is overloaded",
    410: "nothing is there any more",
    429: "too many requests",
    500: "the service has a fault",
    502: "the service is not reached behind its gateway",
    503: "the service is overloaded or down",
    504: "the service is too slow behind its gateway",
}


class Clock(NamedTuple):
    """Time and chance, given from the command line.

    `seconds` never goes back, `time` is the time in UTC, `sleep` waits, `chance` returns a number from 0 to 1.
    """

    seconds: Callable[[], float]
    time: Callable[[], datetime.datetime]
    sleep: Callable[[float], None]
    chance: Callable[[], float]


class Limits(NamedTuple):
    """Bounds: seconds of a try, of an answer, of a source; tries, redirects."""

    request: float = 30.0
    answer: float = 180.0
    source: float = 900.0
    tries: int = 4
    redirects: int = 5


@dataclass(slots=True)
class Client:
    """A client of one run.

    `site` is the address of the site, which the User-Agent names. `store` keeps answers, where there is one. `last` is
    the time of the last request to a host, `end` that of the last request of a source.
    """

    site: str
    clock: Clock
    store: AnswerStore | None = None
    limits: Limits = field(default_factory=Limits)
    transport: Transport = field(default_factory=Transport)
    last: dict[str, float] = field(default_factory=dict)
    end: float = math.inf

    def begin(self, store: AnswerStore | None) -> None:
        """Begins the requests of a source, with the answers of its last run."""
        self.store, self.end = store, self.clock.seconds() + self.limits.source

    def get(
        self,
        url: str,
        accept: str = JSON,
        *,
        source: str = "",
        pace: float = 0.0,
        check: Callable[[Answer], None] | None = None,
        keys: Mapping[str, str] | None = None,
    ) -> Answer:
        """Gets the answer of an address; raises SourceError.

        Requests to one host are `pace` seconds apart. `check` raises ValueError for a body of another kind. `keys` are
        added to the query, and to nothing that is shown, stored or redirected. Where the service gives no usable
        answer, that of the last run is returned, with a `fault`.
        """
        asked = _Request(self, url, accept, source, pace, check, dict(keys or {}))
        earlier = self.store.find(url, accept) if self.store else None
        try:
            answer = asked.run(earlier)
        except SourceError as fault:
            if earlier is None:
                raise
            fault = SourceError(
                source, fault.address, fault.message, f"its answer of {earlier.read} is used", fault.status
            )
            return Answer(earlier.status, earlier.headers, earlier.body, earlier.address, earlier.read, True, fault)
        if self.store and not answer.from_cache:
            self.store.keep(url, accept, answer)
        return answer


@dataclass(slots=True)
class _Request:
    """The tries of one answer."""

    client: Client
    url: str
    accept: str
    source: str
    pace: float
    check: Callable[[Answer], None] | None
    keys: dict[str, str]

    def run(self, earlier: Answer | None) -> Answer:
        """Tries until there is an answer; raises SourceError."""
        clock, limits = self.client.clock, self.client.limits
        end = min(clock.seconds() + limits.answer, self.client.end)
        for number in range(1, limits.tries + 1):
            wait = 0.0
            try:
                raw, address = self._follow(earlier, end)
                wait = _read_wait(raw.headers.get("retry-after", ""), clock.time())
                return self._accept(raw, address, earlier)
            except TransportError as error:
                message, status, passing = str(error), 0, error.passing
            except _StatusError as error:
                message, status, passing = str(error), error.status, error.status in _BUSY or wait > 0
            except ValueError as error:
                message, status, passing = str(error), raw.status, True
            if not passing:
                raise self._fail(message, "the next run asks again", status)
            # Each pause doubles, and no two clients wait the same time.
            pause = min(max(_PAUSE, self.pace) * 2 ** (number - 1), _LONGEST_PAUSE) * (0.5 + clock.chance())
            pause = max(pause, wait)
            if wait and clock.seconds() + pause >= end:
                what = f"it asks to wait {wait:,.0f} s, which is too long: the next run asks again"
                raise self._fail(message, what, status)
            if number == limits.tries or clock.seconds() + pause >= end:
                raise self._fail(message, f"tried {number} times: the next run asks again", status)
            clock.sleep(pause)
        raise AssertionError("a run has at least one try")

    def _follow(self, earlier: Answer | None, end: float) -> tuple[RawAnswer, str]:
        """Sends the request, and those that redirects lead to."""
        url, public = self._add_keys(), False
        headers = {"User-Agent": name_agent(self.client.site), "Accept": f"{self.accept}, */*;q=0.1"}
        if earlier:
            etag, modified = earlier.headers.get("etag", ""), earlier.headers.get("last-modified", "")
            headers |= {"If-None-Match": etag} if etag else {}
            headers |= {"If-Modified-Since": modified} if modified else {}
        for _ in range(self.client.limits.redirects + 1):
            seconds = self._wait_for_turn(url, end)
            raw = send(url, headers, seconds, self.client.transport, public_only=public)
            if raw.status not in _REDIRECTS or not raw.headers.get("location"):
                return raw, hide_keys(url, self.keys.values())
            url, public = _join(url, raw.headers["location"].strip()), public or raw.public
        raise TransportError(f"more than {self.client.limits.redirects} redirects", passing=False)

    def _wait_for_turn(self, url: str, end: float) -> float:
        """Waits for the pace of the host; returns the seconds that the request may take."""
        clock, host = self.client.clock, urlsplit(url).netloc
        turn = self.client.last.get(host, clock.seconds() - self.pace) + self.pace
        if turn > clock.seconds():
            clock.sleep(turn - clock.seconds())
        self.client.last[host] = clock.seconds()
        left = end - clock.seconds()
        if left <= 0:
            raise TransportError("the time for it is over", passing=False)
        return min(self.client.limits.request, left)

    def _accept(self, raw: RawAnswer, address: str, earlier: Answer | None) -> Answer:
        read = self.client.clock.time().isoformat(timespec="minutes")
        if raw.status == 304 and earlier:
            return Answer(304, earlier.headers, earlier.body, earlier.address, read, from_cache=True)
        if raw.status != 200:
            raise _StatusError(raw.status)
        if "html" not in self.accept and _is_html(raw.body):
            raise ValueError(f"an HTML page came, and no {self.accept}")
        answer = Answer(raw.status, raw.headers, raw.body, address, read)
        if self.check:
            self.check(answer)
        return answer

    def _add_keys(self) -> str:
        pairs = "&".join(f"{name}={quote(value, safe='')}" for name, value in self.keys.items())
        return f"{self.url}{'&' if '?' in self.url else '?'}{pairs}" if pairs else self.url

    def _fail(self, message: str, next_step: str, status: int) -> SourceError:
        address = hide_keys(self.url, self.keys.values())
        return SourceError(self.source, address, hide_keys(message, self.keys.values()), next_step, status)


class _StatusError(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(_MEANINGS.get(status, "the service gives no answer"))
        self.status = status


def name_agent(site: str) -> str:
    """Returns the User-Agent: name, version, and the site's address if it has one."""
    from .. import __version__

    place = f" (+{site})" if site and site.isascii() and site.isprintable() else ""
    return f"paperbound/{__version__}{place}"


def _join(url: str, location: str) -> str:
    """Returns the address of a redirect; raises TransportError for no web address."""
    try:
        target = urljoin(url, location)
        scheme = urlsplit(target).scheme
    except ValueError:
        target, scheme = location, ""
    if scheme not in ("http", "https") or (scheme == "http" and url.startswith("https:")):
        raise TransportError(f"a redirect to {hide_keys(target)} is not followed", passing=False)
    return target


def _is_html(body: bytes) -> bool:
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    return start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<?xml") and b"<html" in start)


def _read_wait(text: str, now: datetime.datetime) -> float:
    """Returns the seconds of a `Retry-After`, 0 for none (RFC 9110, 10.2.3)."""
    if text.isdecimal():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=datetime.UTC)
    return max(0.0, (when - now).total_seconds())

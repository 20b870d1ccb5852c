"""Requests over HTTP by tornado: bounded in time and size, to allowed addresses."""

from __future__ import annotations

import ipaddress
import logging
import ssl
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tornado.httpclient import HTTPClient, HTTPError, HTTPRequest
from tornado.httputil import HTTPInputError
from tornado.iostream import UnsatisfiableReadError
from tornado.netutil import DefaultLoopResolver, Resolver
from tornado.simple_httpclient import HTTPStreamClosedError, HTTPTimeoutError, SimpleAsyncHTTPClient

# The client's own limit counts before our callback; ours names the fault.
_UNBOUNDED = 1 << 40


class TransportError(Exception):
    """Raised for a request without a whole answer.

    A `passing` fault may be absent at another try.
    """

    def __init__(self, message: str, *, passing: bool = True) -> None:
        super().__init__(message)
        self.passing = passing


class RawAnswer(NamedTuple):
    """Status, headers in lower case, body without its encoding; `public` says where the connection went."""

    status: int
    headers: dict[str, str]
    body: bytes
    public: bool


class Transport(NamedTuple):
    """The settings of all requests.

    `size` is the number of bytes of a body, after decompression. `authority` is a file of certificates beside those of
    the system. `is_public` says whether an IP address is one of the internet.
    """

    size: int = 50_000_000
    authority: str = ""
    is_public: Callable[[str], bool] = lambda address: is_public(address)


class _CheckedResolver(Resolver):
    """A resolver whose addresses are those of the connection.

    With `public_only` private addresses are refused. Those of the link are refused always: no service of papers is
    there, and machines of clouds get their keys from one.
    """

    def initialize(self, is_public: Callable[[str], bool], public_only: bool) -> None:
        self._resolver, self._is_public, self._public_only = DefaultLoopResolver(), is_public, public_only
        self.public = True

    async def resolve(self, host: str, port: int, family: Any = 0) -> list[tuple[int, Any]]:
        """Returns the addresses of a host; raises TransportError for a refused one."""
        found: list[tuple[int, Any]] = await self._resolver.resolve(host, port, family)
        if any(is_link_local(place[0]) for _, place in found):
            raise TransportError("an address of the link itself (169.254.…, fe80:…) is no service", passing=False)
        public = [self._is_public(place[0]) for _, place in found]
        self.public = any(public)
        if self._public_only and not all(public):
            raise TransportError("a redirect from a public address to a private one is not followed", passing=False)
        return found


def is_public(address: str) -> bool:
    """Returns whether an IP address belongs to the internet at large."""
    place = _read_address(address)
    return place is not None and place.is_global and not place.is_multicast


def is_link_local(address: str) -> bool:
    """Returns whether an IP address is one of the link alone (RFC 3927, RFC 4291)."""
    place = _read_address(address)
    return place is not None and place.is_link_local


def _read_address(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        place = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return getattr(place, "ipv4_mapped", None) or place


def send(url: str, headers: Mapping[str, str], seconds: float, transport: Transport, *, public_only: bool) -> RawAnswer:
    """Sends a GET request, without following redirects; raises TransportError.

    `seconds` is the time until the last byte of the body, name resolution and TLS included.
    """
    parts: list[bytes] = []
    size = 0

    def take(part: bytes) -> None:
        nonlocal size
        size += len(part)
        if size > transport.size:
            raise HTTPInputError("too large")  # ends the connection
        parts.append(part)

    request = HTTPRequest(
        url,
        headers=dict(headers),
        follow_redirects=False,
        connect_timeout=seconds,
        request_timeout=seconds,
        streaming_callback=take,
        decompress_response=True,
        ca_certs=transport.authority or None,
    )
    # The faults of connections are raised; the library would print them, too.
    for name in ("tornado.general", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    resolver = _CheckedResolver(is_public=transport.is_public, public_only=public_only)
    client = HTTPClient(SimpleAsyncHTTPClient, resolver=resolver, max_body_size=_UNBOUNDED)
    try:
        response = client.fetch(request, raise_error=False)
    except TransportError:
        raise
    except HTTPTimeoutError as error:
        raise TransportError(f"no whole answer within {seconds:.0f} s") from error
    except HTTPStreamClosedError as error:
        if size > transport.size:
            message = f"the answer is larger than {transport.size:,} bytes"
            raise TransportError(message, passing=False) from error
        raise TransportError("the answer broke off, or is no HTTP") from error
    except UnsatisfiableReadError as error:
        raise TransportError("the head of the answer, or a part of it, has no end", passing=False) from error
    except ssl.SSLCertVerificationError as error:
        message = f"the certificate is not valid: {error.verify_message}"
        raise TransportError(message, passing=False) from error
    except (HTTPError, OSError) as error:
        text = getattr(error, "strerror", "") or str(error) or type(error).__name__
        raise TransportError(f"no connection: {text}") from error
    except (ValueError, UnicodeError) as error:
        raise TransportError(f"the address cannot be asked: {error}", passing=False) from error
    finally:
        client.close()
    lowered = {name.lower(): value for name, value in response.headers.get_all()}
    if encoding := lowered.get("content-encoding", "").strip().lower().replace("identity", ""):
        raise TransportError(f"the answer has the encoding {encoding!r}, which was not asked for", passing=False)
    return RawAnswer(response.code, lowered, b"".join(parts), resolver.public)

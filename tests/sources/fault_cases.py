"""Faults of services, for each request of a run."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Mapping

from web_server import Asked, Reply

NEVER = threading.Event()
BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><feed><title>&c;&c;</title></feed>'
Fault = Callable[[Reply, Asked], Reply]


def always(reply: Reply) -> Fault:
    return lambda *_: reply


def cut_body(good: Reply, _: Asked) -> Reply:
    return Reply(good.body[: len(good.body) * 2 // 3], headers=good.headers)


def malform(good: Reply, _: Asked) -> Reply:
    return Reply(good.body.replace(b">", b"", 3).replace(b":", b"", 2), headers=good.headers)


# Faults after which the source has failed.
FATAL: Mapping[str, Fault] = {
    "429": always(Reply(status=429, headers={"Retry-After": "7"})),
    "429-long": always(Reply(status=429, headers={"Retry-After": "86400"})),
    "403": always(Reply(b"Forbidden", 403)),
    "406": always(Reply(status=406)),
    "500": always(Reply(b"{}", 500)),
    "503": always(Reply(b"<html>busy</html>", 503)),
    "time-out": lambda good, _: Reply(good.body, wait=NEVER),
    "html": always(Reply(b"<!DOCTYPE html>\n<title>Maintenance</title>")),
    "text": always(Reply(b"Rate exceeded.", headers={"Content-Type": "text/plain"})),
    "broken-off": lambda good, _: Reply(good.body, headers=good.headers, cut=len(good.body) // 2),
    "cut": cut_body,
    "malformed": malform,
    "entities": always(Reply(BOMB)),
    "bomb": always(Reply(gzip.compress(bytes(60_000_000)), headers={"Content-Encoding": "gzip"})),
    "nothing": always(Reply(b"")),
}


def empty_list(good: Reply, asked: Asked) -> Reply:
    lists = {
        "/arxiv": b'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:o="http://a9.com/-/spec/opensearch/1.1/">'
        b"<o:totalResults>0</o:totalResults></feed>",
        "/daily": b"[]",
        "/openalex": b'{"meta": {"count": 0, "next_cursor": null}, "results": []}',
    }
    return Reply(lists[asked.path])


def other_encoding(good: Reply, _: Asked) -> Reply:
    return Reply(good.body.replace(b"study", "stüdy".encode("latin-1")), headers=good.headers)


# Faults after which the source goes on.
HARMLESS: Mapping[str, Fault] = {"empty": empty_list, "encoding": other_encoding}

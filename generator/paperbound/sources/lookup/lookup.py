"""Lookup of identifiers: each service is sent few requests, and each answer becomes records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from ...model.errors import Fault
from ...model.record import Record
from ..faults import SourceError
from ..kinds.openalex import KEY
from ..reading import Reading
from .identifiers import Identifier
from .services import SERVICES, Service

# After these the service is there: the identifier is wrong.
_ABOUT_ONE = frozenset((200, 400, 404, 410, 414))


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to an identifier: records with service and address, or a fault."""

    identifier: Identifier
    service: str
    address: str
    records: tuple[Record, ...] = ()
    fault: str = ""


def look_up(identifiers: Sequence[Identifier], reading: Reading, urls: Mapping[str, str]) -> Iterator[Result]:
    """Yields a result for each identifier, service by service.

    `urls` are other addresses of services by their names. Warnings about records go to the report of `reading`. After a
    service gave no answer it is sent no further request.
    """
    for service in SERVICES:
        service = replace(service, url=urls.get(service.name, service.url).rstrip("/"))
        mine = [one for one in identifiers if one.kind == service.name]
        down = ""
        for start in range(0, len(mine), service.most):
            some = mine[start : start + service.most]
            if down:
                yield from (Result(one, service.label, "", fault=down) for one in some)
                continue
            for result, is_down in _look_up_some(service, some, reading):
                down = f"{service.label} gave no answer before" if is_down and service.url else down
                yield result


def _look_up_some(service: Service, some: Sequence[Identifier], reading: Reading) -> list[tuple[Result, bool]]:
    """Returns results, each with whether the service gave no answer."""
    url = service.locate(service.url, [one.value for one in some])
    try:
        records, address, why = _request(service, url, reading)
    except SourceError as error:
        is_down = error.status not in _ABOUT_ONE
        if len(some) > 1 and not is_down:  # one wrong id can spoil the answer for all
            return [result for one in some for result in _look_up_some(service, [one], reading)]
        status = f"status {error.status}: " if error.status else ""
        message = f"{service.label}: {status}{error.message} ({error.address})"
        return [(Result(one, service.label, error.address, fault=message), is_down) for one in some]
    if len(some) > 1 and not records:
        return [result for one in some for result in _look_up_some(service, [one], reading)]
    results = []
    for one in some:
        found = tuple(_name(one, record) for record in records if service.has(record, one.value))
        fault = "" if found else f"{service.label} has no such paper{f': {why}' if why else ''} ({address})"
        results.append((Result(one, _name_service(service, address), address, found, fault), False))
    return results


def _request(service: Service, url: str, reading: Reading) -> tuple[tuple[Record, ...], str, str]:
    """Returns records, address and the first warning of an answer; raises SourceError."""
    key = reading.environment.get(KEY, "") if service.name == "openalex" else ""
    keys = {"api_key": key} if key else None
    answer = reading.client.get(url, service.accept, pace=service.pace, check=service.check, keys=keys)
    faults: list[Fault] = []
    try:
        records = replace(reading, report=faults.append).make_records(answer, service.form)
    except ValueError as error:
        raise SourceError("", answer.address, str(error), "", answer.status) from error
    for fault in faults if records else ():
        reading.report(fault)
    return records, answer.address, faults[0].message if faults and not records else ""


def _name(identifier: Identifier, record: Record) -> Record:
    """Returns the record with the identifier that it was looked up by."""
    if identifier.kind == "acl":
        return replace(record, id=identifier.value)
    if identifier.kind == "doi" and not record.doi:
        return replace(record, doi=identifier.value)
    return record


def _name_service(service: Service, address: str) -> str:
    return service.label if service.url else urlsplit(address).netloc

"""Sending: a list, its journal and an order to messages on their way, and to what is said of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..languages.language import Language
from ..model.catalogue import Collection
from ..model.errors import Fault, InputError, Report, name_nearest
from ..model.job import Source
from ..pages.mail import Selection
from ..text.slugs import make_slug
from .composer import Maker, make_subject
from .delivery import Delivery, Envelope, Tally
from .delivery_log import BEGUN, REFUSED, SENT, History, Journal
from .message import Message, Stamp, find_sender
from .pace import Clock, Pace
from .recipients import Recipient, read_recipients
from .selection import Chooser, Known, list_authors
from .smtp import Server


@dataclass(frozen=True, slots=True)
class Round:
    """How a list is sent to: the people that are to get the digest though the journal says that they had it, or may
    have had it; the server, the pace, and when it is."""

    resend: tuple[str, ...]
    server: Server
    pace: Pace
    stamp: Stamp


@dataclass(slots=True)
class Plan:
    """Who gets what: a selection and the words around it for each person whose turn it is; who had it before, who was
    refused before, of whom it is not known; for how many there is nothing new."""

    chosen: list[tuple[Recipient, Selection, Language]] = field(default_factory=list)
    had: list[Recipient] = field(default_factory=list)
    refused: list[Recipient] = field(default_factory=list)
    unsure: list[Recipient] = field(default_factory=list)
    nothing: int = 0


def name_journal(file: Path) -> Path:
    """The journal of a list: beside it, by its whole name."""
    return file.with_name(f"{file.name}.journal")


def read_list(file: Path, maker: Maker, report: Report) -> tuple[Recipient, ...]:
    """The recipients of a list; what they follow that the site does not have is a warning. InputError with all that is
    wrong with the list."""
    try:
        data = file.read_bytes()
    except OSError as error:
        message = f"the list cannot be read: {error.strerror}"
        raise InputError([Fault(str(file), 0, "", message, "Check its name.")]) from error
    errors: list[Fault] = []
    source = Source(str(file), data)
    found = read_recipients(source, lambda fault: (report if fault.warning else errors.append)(fault))
    if errors:
        raise InputError(errors)
    catalogue = maker.site.catalogue
    people = list_authors(maker.site)
    for recipient in found:
        for what, names, known in (
            ("tag", recipient.tags, catalogue.tags.keys()),
            ("author", tuple(map(make_slug, recipient.authors)), people),
        ):
            for name in names:
                if name not in known:
                    message = f"{recipient.address} follows the {what} {name!r}, which the site does not have"
                    remedy = name_nearest(name, known, f"{what}s") if len(known) < 2_000 else "Check the name."
                    report(Fault(str(file), 0, what, message, remedy, warning=True))
    return found


def plan_round(
    recipients: Sequence[Recipient], chooser: Chooser, maker: Maker, journal: Journal, wanted: Round
) -> Plan:
    """Who is to get what now. `InputError` for people to send to again who are not on the list."""
    again = {address.casefold() for address in wanted.resend}
    unknown = again - {recipient.key for recipient in recipients}
    if unknown:
        remedy = "Write it as it stands in the list."
        raise InputError([Fault("--resend", 0, "", f"{one} is not on the list", remedy) for one in sorted(unknown)])
    plan = Plan()
    for recipient in recipients:
        history = journal.recall(recipient.key)
        outcome = "" if recipient.key in again else history.outcomes.get(chooser.key, "")
        if outcome in (SENT, REFUSED, BEGUN):
            {SENT: plan.had, REFUSED: plan.refused, BEGUN: plan.unsure}[outcome].append(recipient)
            continue
        language = maker.find_language(recipient.language)
        known = Known() if recipient.key in again else _recall(recipient, history, journal)
        selection = (
            chooser.choose_for(recipient, language, known, wanted.stamp.date.date())
            if recipient.rich
            else chooser.choose(language)
        )
        if selection and selection.papers:
            plan.chosen.append((recipient, selection, language))
        else:
            plan.nothing += 1
    return plan


def _recall(recipient: Recipient, history: History, journal: Journal) -> Known:
    last = datetime.datetime.fromisoformat(history.last).date() if history.last else None
    return Known(last, frozenset(history.editions), journal.list_seen(recipient.key))


def describe_plan(plan: Plan, server: Server) -> Iterator[str]:
    """What a round would do, in lines: nothing of it is done."""
    for recipient, selection, _ in plan.chosen:
        yield f"would send to {recipient.address}: {make_subject(selection)} ({selection.count:,})"
    yield f"through {server.name}{' as a user' if server.user else ''}: {len(plan.chosen):,} to send, {show_rest(plan)}"


def show_rest(plan: Plan) -> str:
    """Those of a plan that get nothing, and why."""
    return (
        f"{len(plan.had):,} had it before, {plan.nothing:,} with nothing new, "
        f"{len(plan.refused):,} refused before, {len(plan.unsure):,} not known"
    )


def explain_unsure(addresses: Sequence[str]) -> Iterator[str]:
    """What holds for people whose message was handed over when the connection, or the run, broke off."""
    for address in addresses:
        yield (
            f"not known: {address}: the message was handed over, and no answer came; it may have arrived or not, and "
            f"is not sent again unasked. To send it once more: --resend {address}"
        )


def send_round(
    plan: Plan,
    chooser: Chooser,
    maker: Maker,
    journal: Journal,
    wanted: Round,
    clock: Clock,
    say: Callable[[str], None],
) -> tuple[Tally, InputError | None]:
    """Sends; what became of it, and what stopped it, if something did."""
    maker.expect((selection, language) for _, selection, language in plan.chosen)
    edition = chooser.collection
    at = wanted.stamp.date.isoformat()
    _, sender = find_sender(maker.sheet)
    delivery = Delivery(wanted.server, sender, journal, chooser.key, at, wanted.pace, clock, say)
    envelopes = [_make_envelope(maker, wanted, edition, *chosen) for chosen in plan.chosen]
    try:
        delivery.send(envelopes)
    except InputError as error:
        return delivery.tally, error
    return delivery.tally, None


def _make_envelope(
    maker: Maker,
    wanted: Round,
    edition: Collection | None,
    recipient: Recipient,
    selection: Selection,
    language: Language,
) -> Envelope:
    def make() -> Message:
        return maker.make(selection, language, wanted.stamp, recipient)[0]

    papers = selection.papers if recipient.rich else ()
    return Envelope(recipient, make, edition.id if edition and recipient.rich else "", papers)

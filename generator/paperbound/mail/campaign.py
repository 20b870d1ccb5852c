"""A campaign: one digest, sent to one list of recipients."""

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
from .composer import Composer, make_subject
from .delivery import Delivery, Envelope, Tally
from .delivery_log import BEGUN, REFUSED, SENT, DeliveryLog, History
from .message import Message, MessageStamp, find_sender
from .options import Clock, Pace
from .recipients import Recipient, read_recipients
from .selection import Known, Selector, list_authors
from .smtp import Server


@dataclass(frozen=True, slots=True)
class CampaignOptions:
    """Options of a campaign.

    `resend` are addresses that get the digest again, whatever the delivery log says; `stamp` is the time of the
    campaign.
    """

    resend: tuple[str, ...]
    server: Server
    pace: Pace
    stamp: MessageStamp


@dataclass(slots=True)
class Campaign:
    """Messages to send, and recipients without one.

    `selected` has each recipient's selection and language. `already_sent`, `refused` and `unsure` are recipients by the
    outcome in the delivery log; `without_news` is the number of recipients without a new paper.
    """

    selected: list[tuple[Recipient, Selection, Language]] = field(default_factory=list)
    already_sent: list[Recipient] = field(default_factory=list)
    refused: list[Recipient] = field(default_factory=list)
    unsure: list[Recipient] = field(default_factory=list)
    without_news: int = 0


def name_log(file: Path) -> Path:
    """Returns the path of a list's delivery log, beside the list."""
    return file.with_name(f"{file.name}.journal")


def read_list(file: Path, composer: Composer, report: Report) -> tuple[Recipient, ...]:
    """Reads the recipients of a list; raises InputError with all faults of the list.

    Tags and authors that the site does not have are warnings.
    """
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
    catalogue = composer.site.catalogue
    people = list_authors(composer.site)
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


def plan_campaign(
    recipients: Sequence[Recipient], selector: Selector, composer: Composer, log: DeliveryLog, options: CampaignOptions
) -> Campaign:
    """Selects papers for each recipient who has not got the digest.

    Raises InputError for addresses of `resend` that are not on the list.
    """
    again = {address.casefold() for address in options.resend}
    unknown = again - {recipient.key for recipient in recipients}
    if unknown:
        remedy = "Write it as it stands in the list."
        raise InputError([Fault("--resend", 0, "", f"{one} is not on the list", remedy) for one in sorted(unknown)])
    campaign = Campaign()
    for recipient in recipients:
        history = log.recall(recipient.key)
        outcome = "" if recipient.key in again else history.outcomes.get(selector.key, "")
        if outcome in (SENT, REFUSED, BEGUN):
            {SENT: campaign.already_sent, REFUSED: campaign.refused, BEGUN: campaign.unsure}[outcome].append(recipient)
            continue
        language = composer.find_language(recipient.language)
        known = Known() if recipient.key in again else _recall(recipient, history, log)
        selection = (
            selector.select_for(recipient, language, known, options.stamp.date.date())
            if recipient.rich
            else selector.choose(language)
        )
        if selection and selection.papers:
            campaign.selected.append((recipient, selection, language))
        else:
            campaign.without_news += 1
    return campaign


def _recall(recipient: Recipient, history: History, log: DeliveryLog) -> Known:
    last = datetime.datetime.fromisoformat(history.last).date() if history.last else None
    return Known(last, frozenset(history.editions), log.list_seen(recipient.key))


def describe_campaign(campaign: Campaign, server: Server) -> Iterator[str]:
    """Yields lines that say which messages a campaign would send."""
    for recipient, selection, _ in campaign.selected:
        yield f"would send to {recipient.address}: {make_subject(selection)} ({selection.count:,})"
    count, user = len(campaign.selected), " as a user" if server.user else ""
    yield f"through {server.name}{user}: {count:,} to send, {show_rest(campaign)}"


def show_rest(campaign: Campaign) -> str:
    """Returns a summary of the recipients without a message, by reason."""
    return (
        f"{len(campaign.already_sent):,} had it before, {campaign.without_news:,} with nothing new, "
        f"{len(campaign.refused):,} refused before, {len(campaign.unsure):,} not known"
    )


def explain_unsure(addresses: Sequence[str]) -> Iterator[str]:
    """Yields a line for each recipient whose message may or may not have arrived."""
    for address in addresses:
        yield (
            f"not known: {address}: the message was handed over, and no answer came; it may have arrived or not, and "
            f"is not sent again unasked. To send it once more: --resend {address}"
        )


def send_campaign(
    campaign: Campaign,
    selector: Selector,
    composer: Composer,
    log: DeliveryLog,
    options: CampaignOptions,
    clock: Clock,
    say: Callable[[str], None],
) -> tuple[Tally, InputError | None]:
    """Sends a campaign; returns the tally, and the error that stopped it, if any."""
    composer.expect((selection, language) for _, selection, language in campaign.selected)
    edition = selector.collection
    at = options.stamp.date.isoformat()
    _, sender = find_sender(composer.sheet)
    delivery = Delivery(options.server, sender, log, selector.key, at, options.pace, clock, say)
    envelopes = [_make_envelope(composer, options, edition, *selected) for selected in campaign.selected]
    try:
        delivery.send(envelopes)
    except InputError as error:
        return delivery.tally, error
    return delivery.tally, None


def _make_envelope(
    composer: Composer,
    options: CampaignOptions,
    edition: Collection | None,
    recipient: Recipient,
    selection: Selection,
    language: Language,
) -> Envelope:
    def make() -> Message:
        return composer.make(selection, language, options.stamp, recipient)[0]

    papers = selection.papers if recipient.rich else ()
    return Envelope(recipient, make, edition.id if edition and recipient.rich else "", papers)

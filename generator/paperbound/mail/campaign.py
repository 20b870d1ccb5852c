"""A campaign: one digest, sent to one list of recipients."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ..config import DEFAULT_BASE_URL, Mailing, split_server
from ..languages import Language
from ..model.build import Source
from ..model.errors import Fault, Faults, FieldError, InputError, Report, name_nearest
from ..pages.mail import Selection
from ..text.report import list_faults
from .composer import Composer, make_subject
from .delivery import Clock, Delivery, Envelope, Pace, Tally
from .delivery_log import BEGUN, REFUSED, SENT, DeliveryLog, History
from .message import MessageStamp, find_sender
from .recipients import Recipient, read_recipients
from .selection import Known, Selector
from .smtp import Server

# Exit codes: all sent; some refused for good; some unsent or unsure.
DONE, SOME_REFUSED, SOME_LEFT = 0, 3, 4
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CampaignOptions:
    """Options of a campaign. Empty settings of the server are those of site.yaml.

    `resend` are addresses that get the digest again, whatever the delivery log says; `user` and `password` are the mail
    server's; `stamp` is the time of the campaign.
    """

    list: Path
    stamp: MessageStamp
    dry_run: bool
    resend: tuple[str, ...]
    smtp: str
    security: str
    user: str
    password: str = field(repr=False)
    rate: int
    pause: float
    tries: int


@dataclass(frozen=True, slots=True)
class Console:
    """Output functions: `show` prints results (stdout), `say` prints messages (stderr)."""

    show: Callable[[str], None]
    say: Callable[[str], None]


@dataclass(slots=True)
class Campaign:
    """Messages to send, and recipients without one.

    `selected` has each recipient's selection and language; `earlier` has addresses by the outcome in the delivery log;
    `without_news` is the number of recipients without a new paper.
    """

    selected: list[tuple[Recipient, Selection, Language]] = field(default_factory=list)
    earlier: dict[str, list[str]] = field(default_factory=lambda: {SENT: [], REFUSED: [], BEGUN: []})
    without_news: int = 0

    def describe(self, server: Server) -> Iterator[str]:
        """Yields lines that say which messages would be sent."""
        for recipient, selection, _ in self.selected:
            yield f"would send to {recipient.address}: {make_subject(selection)} ({selection.count:,})"
        user = " as a user" if server.user else ""
        yield f"through {server.name}{user}: {len(self.selected):,} to send, {self.show_rest()}"

    def show_rest(self) -> str:
        """Returns a summary of the recipients without a message, by reason."""
        return (
            f"{len(self.earlier[SENT]):,} had it before, {self.without_news:,} with nothing new, "
            f"{len(self.earlier[REFUSED]):,} refused before, {len(self.earlier[BEGUN]):,} not known"
        )


def run_campaign(
    options: CampaignOptions, composer: Composer, selector: Selector, clock: Clock, console: Console
) -> int:
    """Sends the digest, or describes the campaign; returns the exit code.

    Raises InputError if nothing can be sent.
    """
    mailing = composer.site.config.digest
    faults = Faults()
    if not mailing.sender:
        remedy = "Write `digest: {from: Name <name@example.org>}`, an address that you may send from."
        faults.report(Fault("site.yaml", 0, "digest", "it does not say who digests are from", remedy))
    if composer.site.config.base_url == DEFAULT_BASE_URL:
        message = f"the links of the mail lead to {DEFAULT_BASE_URL}, which only this machine knows"
        remedy = "Write `base_url: https://example.org/papers/`, or say --base-url URL."
        faults.report(Fault("site.yaml", 0, "base_url", message, remedy))
    if "{token}" in mailing.unsubscribe and not composer.sheet.secret:
        message = "links to unsubscribe hold a token, and there is no secret to make it by"
        faults.report(Fault("site.yaml", 0, "digest", message, "Set PAPERBOUND_UNSUBSCRIBE_SECRET."))
    server = _find_server(options, mailing, faults.report)
    site = composer.site
    languages = [one.code for one in site.config.own_languages]
    recipients = _read_list(options.list, site.catalogue.tags.keys(), languages, selector, faults.report)
    for line in list_faults(sorted(faults.warnings), "warning"):
        console.say(line)
    faults.raise_errors()
    assert server, "without a server there was a fault"
    log_file = options.list.with_name(f"{options.list.name}.journal")
    with DeliveryLog(log_file, writable=not options.dry_run) as log:
        campaign = plan_campaign(recipients, selector, composer, log, options)
        if options.dry_run:
            for line in campaign.describe(server):
                console.show(line)
            for line in _explain_unsure(campaign.earlier[BEGUN]):
                console.say(line)
            return DONE
        composer.expect((selection, language) for _, selection, language in campaign.selected)
        edition = selector.collection.id if selector.collection else ""
        envelopes = [_make_envelope(composer, options.stamp, edition, *selected) for selected in campaign.selected]
        pace = Pace(options.rate or mailing.rate, options.pause, options.tries)
        sender, _ = find_sender(composer.sheet)
        at = options.stamp.date.isoformat()
        delivery = Delivery(server, sender, log, selector.key, at, pace, clock, console.say)
        stopped: InputError | None = None
        try:
            delivery.send(envelopes)
        except InputError as error:
            stopped = error
    return _conclude(campaign, delivery.tally, stopped, console)


def _find_server(options: CampaignOptions, mailing: Mailing, report: Report) -> Server | None:
    smtp, security = options.smtp or mailing.smtp, options.security or mailing.security
    try:
        host, port = split_server(smtp)
        server = Server(host, port, security or ("tls" if port == 465 else "starttls"), options.user, options.password)
        server.check()
    except FieldError as error:
        message = error.message if smtp else "nothing says which mail server is to be used"
        remedy = "Say --smtp HOST:PORT, or write `digest: {smtp: HOST:PORT}` in site.yaml."
        report(Fault("--smtp", 0, "", message, remedy))
        return None
    except InputError as error:
        for fault in error.faults:
            report(fault)
        return None
    return server


def _read_list(
    file: Path, tags: Collection[str], languages: Collection[str], selector: Selector, report: Report
) -> tuple[Recipient, ...]:
    """Reads the recipients of a list. Tags and authors that the site does not have are warnings."""
    try:
        data = file.read_bytes()
    except OSError as error:
        report(Fault(str(file), 0, "", f"the list cannot be read: {error.strerror}", "Check its name."))
        return ()
    found = read_recipients(Source(str(file), data), report, languages)
    for recipient in found:
        for tag in (tag for tag in recipient.tags if tag not in tags):
            message = f"{recipient.address} follows the tag {tag!r}, which the site does not have"
            remedy = name_nearest(tag, tags, "tags") if len(tags) < 2_000 else "Check the name."
            report(Fault(str(file), 0, "tag", message, remedy, warning=True))
        for author in recipient.authors:
            problem, remedy = selector.followed.check(author)
            if problem:
                message = f"{recipient.address} follows the author {author!r}, who {problem}"
                report(Fault(str(file), 0, "author", message, remedy, warning=True))
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
        history = History() if recipient.key in again else log.recall(recipient.key)
        outcome = history.outcomes.get(selector.key, "")
        if outcome in campaign.earlier:
            campaign.earlier[outcome].append(recipient.address)
            continue
        language = composer.find_language(recipient.language)
        if recipient.rich:
            last = datetime.datetime.fromisoformat(history.last).date() if history.last else None
            known = Known(last, frozenset(history.editions), log.list_seen(history))
            selection = selector.select_for(recipient, language, known, options.stamp.date.date())
        else:
            selection = selector.choose(language)
        if selection and selection.papers:
            campaign.selected.append((recipient, selection, language))
        else:
            campaign.without_news += 1
    return campaign


def _make_envelope(
    composer: Composer,
    stamp: MessageStamp,
    edition: str,
    recipient: Recipient,
    selection: Selection,
    language: Language,
) -> Envelope:
    make = partial(composer.make, selection, language, stamp, recipient)
    return Envelope(recipient, make, edition, selection.papers) if recipient.rich else Envelope(recipient, make)


def _explain_unsure(addresses: Sequence[str]) -> Iterator[str]:
    """Yields a line for each recipient whose message may or may not have arrived."""
    for address in addresses:
        yield (
            f"not known: {address}: the message was handed over, and no answer came; it may have arrived or not, and "
            f"is not sent again unasked. To send it once more: --resend {address}"
        )


def _conclude(campaign: Campaign, tally: Tally, stopped: InputError | None, console: Console) -> int:
    """Reports the outcomes, and returns the exit code."""
    unsure = [*campaign.earlier[BEGUN], *tally.unsure]
    for line in _explain_unsure(unsure):
        console.say(line)
    for address, answer in list(tally.unsent.items())[:_MOST_SHOWN]:
        console.say(f"left: {address}: {answer}")
    if len(tally.unsent) > _MOST_SHOWN:
        console.say(f"and {len(tally.unsent) - _MOST_SHOWN:,} more are left")
    console.show(
        f"{tally.sent:,} sent, {len(tally.refused):,} refused, {len(tally.unsent):,} left, "
        f"{len(tally.unsure):,} not known; {campaign.show_rest()}"
    )
    if stopped and not tally.sent and not tally.unsure:
        raise stopped
    for line in list_faults(stopped.faults if stopped else (), "error"):
        console.say(line)
    if tally.unsent:
        console.say("Run the same command again: it sends to those who are left, and to nobody twice.")
    if tally.unsent or unsure or stopped:
        return SOME_LEFT
    return SOME_REFUSED if tally.refused else DONE

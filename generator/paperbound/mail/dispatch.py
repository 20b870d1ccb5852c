"""Dispatch of a digest to a list: checks, campaign, summary and exit code."""

from __future__ import annotations

from ..config import Mailing, split_server
from ..model.errors import Fault, Faults, FieldError, InputError
from ..text.report import list_faults
from .campaign import (
    Campaign,
    CampaignOptions,
    describe_campaign,
    explain_unsure,
    name_log,
    plan_campaign,
    read_list,
    send_campaign,
    show_rest,
)
from .composer import Composer
from .delivery import Tally
from .delivery_log import DeliveryLog
from .options import Clock, Console, DigestOptions, Pace, Secrets
from .recipients import Recipient
from .selection import Selector
from .smtp import Server

# Exit codes: all sent; some refused for good; some unsent or unsure.
DONE, SOME_REFUSED, SOME_LEFT = 0, 3, 4


def dispatch_digest(
    options: DigestOptions,
    secrets: Secrets,
    composer: Composer,
    selector: Selector,
    mailing: Mailing,
    clock: Clock,
    console: Console,
) -> int:
    """Sends the digest, or describes the campaign; returns the exit code.

    Raises InputError if nothing can be sent.
    """
    assert options.list, "a digest is sent to a list"
    faults = Faults()
    _check_settings(mailing, secrets, faults)
    server: Server | None = None
    recipients: tuple[Recipient, ...] = ()
    try:
        server = _find_server(options.smtp or mailing.smtp, options.security or mailing.security, secrets)
    except InputError as error:
        faults.errors.extend(error.faults)
    try:
        recipients = read_list(options.list, composer, faults.report)
    except InputError as error:
        faults.errors.extend(error.faults)
    for line in list_faults(sorted(faults.warnings), "warning"):
        console.say(line)
    faults.raise_errors()
    assert server, "without a server there was a fault"
    pace = Pace(options.rate or mailing.rate, options.pause, options.tries)
    settings = CampaignOptions(options.resend, server, pace, options.stamp)
    with DeliveryLog(name_log(options.list), writable=not options.dry_run) as log:
        campaign = plan_campaign(recipients, selector, composer, log, settings)
        if options.dry_run:
            for line in describe_campaign(campaign, server):
                console.show(line)
            for line in explain_unsure([one.address for one in campaign.unsure]):
                console.say(line)
            return DONE
        tally, stopped = send_campaign(campaign, selector, composer, log, settings, clock, console.say)
    return _conclude(campaign, tally, stopped, console)


def _check_settings(mailing: Mailing, secrets: Secrets, faults: Faults) -> None:
    if not mailing.sender:
        remedy = "Write `digest: {from: Name <name@example.org>}`, an address that you may send from."
        faults.report(Fault("site.yaml", 0, "digest", "it does not say who digests are from", remedy))
    if "{token}" in mailing.unsubscribe and not secrets.unsubscribe:
        message = "links to unsubscribe hold a token, and there is no secret to make it by"
        faults.report(Fault("site.yaml", 0, "digest", message, "Set PAPERBOUND_UNSUBSCRIBE_SECRET."))


def _find_server(smtp: str, security: str, secrets: Secrets) -> Server:
    try:
        host, port = split_server(smtp)
    except FieldError as error:
        message = error.message if smtp else "nothing says which mail server is to be used"
        remedy = "Say --smtp HOST:PORT, or write `digest: {smtp: HOST:PORT}` in site.yaml."
        raise InputError([Fault("--smtp", 0, "", message, remedy)]) from error
    server = Server(host, port, security or ("tls" if port == 465 else "starttls"), secrets.user, secrets.password)
    server.check()
    return server


def _conclude(campaign: Campaign, tally: Tally, stopped: InputError | None, console: Console) -> int:
    """Reports the outcomes, and returns the exit code."""
    unsure = [*(one.address for one in campaign.unsure), *tally.unsure]
    for line in explain_unsure(unsure):
        console.say(line)
    for address, answer in list(tally.unsent.items())[:20]:
        console.say(f"left: {address}: {answer}")
    if len(tally.unsent) > 20:
        console.say(f"and {len(tally.unsent) - 20:,} more are left")
    console.show(
        f"{tally.sent:,} sent, {len(tally.refused):,} refused, {len(tally.unsent):,} left, "
        f"{len(tally.unsure):,} not known; {show_rest(campaign)}"
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

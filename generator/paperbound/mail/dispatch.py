"""Dispatch: a digest to the people of a list, from the server's name to the code that tells how it went."""

from __future__ import annotations

from ..config import Mailing, split_server
from ..content.load import Faults
from ..model.errors import Fault, FieldError, InputError
from ..text.report import list_faults
from .campaign import (
    Plan,
    Round,
    describe_plan,
    explain_unsure,
    name_journal,
    plan_round,
    read_list,
    send_round,
    show_rest,
)
from .composer import Maker
from .delivery import Tally
from .delivery_log import Journal
from .options import DigestOptions, Secrets, Voices
from .pace import Clock, Pace
from .recipients import Recipient
from .selection import Chooser
from .smtp import Server

# Everybody was served; some addresses were refused for good; somebody is left, or not known.
DONE, SOME_REFUSED, SOME_LEFT = 0, 3, 4


def dispatch_digest(
    options: DigestOptions,
    secrets: Secrets,
    maker: Maker,
    chooser: Chooser,
    mailing: Mailing,
    clock: Clock,
    voices: Voices,
) -> int:
    """Sends, or says what it would do; returns the exit code. InputError where nothing can be sent."""
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
        recipients = read_list(options.list, maker, faults.report)
    except InputError as error:
        faults.errors.extend(error.faults)
    for line in list_faults(sorted(faults.warnings), "warning"):
        voices.say(line)
    faults.raise_errors()
    assert server, "without a server there was a fault"
    pace = Pace(options.rate or mailing.rate, options.pause, options.tries)
    wanted = Round(options.resend, server, pace, options.stamp)
    with Journal(name_journal(options.list), writable=not options.dry_run) as journal:
        plan = plan_round(recipients, chooser, maker, journal, wanted)
        if options.dry_run:
            for line in describe_plan(plan, server):
                voices.show(line)
            for line in explain_unsure([one.address for one in plan.unsure]):
                voices.say(line)
            return DONE
        tally, stopped = send_round(plan, chooser, maker, journal, wanted, clock, voices.say)
    return _conclude(plan, tally, stopped, voices)


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


def _conclude(plan: Plan, tally: Tally, stopped: InputError | None, voices: Voices) -> int:
    """Says what became of everybody, and the code that tells it."""
    unsure = [*(one.address for one in plan.unsure), *tally.unsure]
    for line in explain_unsure(unsure):
        voices.say(line)
    for address, answer in list(tally.left.items())[:20]:
        voices.say(f"left: {address}: {answer}")
    if len(tally.left) > 20:
        voices.say(f"and {len(tally.left) - 20:,} more are left")
    voices.show(
        f"{tally.sent:,} sent, {len(tally.refused):,} refused, {len(tally.left):,} left, "
        f"{len(tally.unsure):,} not known; {show_rest(plan)}"
    )
    if stopped and not tally.sent and not tally.unsure:
        raise stopped
    for line in list_faults(stopped.faults if stopped else (), "error"):
        voices.say(line)
    if tally.left:
        voices.say("Run the same command again: it sends to those who are left, and to nobody twice.")
    if tally.left or unsure or stopped:
        return SOME_LEFT
    return SOME_REFUSED if tally.refused else DONE

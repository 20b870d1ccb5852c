"""The command: an order to a file, or to the people of a list; what is said, and the code that it ends with."""

from __future__ import annotations

from pathlib import Path

from ..content.load import Faults, read_site
from ..mail.composer import Maker
from ..mail.options import DigestOptions, Secrets, Voices
from ..mail.pace import Clock
from ..mail.saved_queries import SavedQueries
from ..mail.selection import Chooser
from ..storage.cache_files import write_atomically


def run_digest(options: DigestOptions, secrets: Secrets, clock: Clock, voices: Voices) -> int:
    """Writes the digest to a file, or sends it; returns the exit code. InputError where it cannot be made."""
    reading = read_site(options.site, Faults())
    maker = Maker(reading, secrets.unsubscribe)
    saved = SavedQueries(options.site.output, maker.site)
    chooser = Chooser(maker.site, options.order, saved.find)
    if options.output:
        _write(options, options.output, maker, chooser, voices)
    if not options.list:
        return 0
    from ..mail.dispatch import dispatch_digest  # speaks SMTP, which a digest for a file has no use for

    return dispatch_digest(options, secrets, maker, chooser, reading.config.digest, clock, voices)


def _write(options: DigestOptions, output: Path, maker: Maker, chooser: Chooser, voices: Voices) -> None:
    language = maker.find_language()
    selection = chooser.choose(language)
    if not selection.papers:
        voices.show(f"no papers, and so no message: {output} was not written")
        return
    message, sent = maker.make(selection, language, options.stamp, None)
    output.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(output, message.data)
    voices.show(f"{output}: {sent.subject}, {sent.shown:,} of {sent.count:,} papers, {len(message.data):,} bytes")

"""The command: an order to a file, or to the people of a list; what is said, and the code that it ends with."""

from __future__ import annotations

from pathlib import Path

from ..content.load import Faults, read_site
from ..mail.composer import Composer
from ..mail.options import Clock, Console, DigestOptions, Secrets
from ..mail.saved_queries import SavedQueries
from ..mail.selection import Selector
from ..storage.cache_files import write_atomically


def run_digest(options: DigestOptions, secrets: Secrets, clock: Clock, console: Console) -> int:
    """Writes the digest to a file, or sends it; returns the exit code. InputError where it cannot be made."""
    reading = read_site(options.site, Faults())
    composer = Composer(reading, secrets.unsubscribe)
    saved = SavedQueries(options.site.output, composer.site)
    selector = Selector(composer.site, options.order, saved.find)
    if options.output:
        _write(options, options.output, composer, selector, console)
    if not options.list:
        return 0
    from ..mail.dispatch import dispatch_digest  # speaks SMTP, which a digest for a file has no use for

    return dispatch_digest(options, secrets, composer, selector, reading.config.digest, clock, console)


def _write(options: DigestOptions, output: Path, composer: Composer, selector: Selector, console: Console) -> None:
    language = composer.find_language()
    selection = selector.choose(language)
    if not selection.papers:
        console.show(f"no papers, and so no message: {output} was not written")
        return
    message, sent = composer.make(selection, language, options.stamp, None)
    output.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(output, message.data)
    console.show(f"{output}: {sent.subject}, {sent.shown:,} of {sent.count:,} papers, {len(message.data):,} bytes")

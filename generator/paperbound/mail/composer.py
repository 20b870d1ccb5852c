"""Composer of messages: from a site and a selection of papers to bytes.

Equal selections are rendered once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ..content.folder import SiteInput
from ..languages import Language, find_language
from ..library.make_site import make_site
from ..library.site import Site
from ..model.errors import Fault, FieldError, InputError
from ..pages.mail import Mail, MailWriter, Selection, render_mail
from ..pages.sections import SECTIONS
from ..themes.loader import collect_assets
from ..themes.scripts import name_assets
from ..urls import listing
from .message import UNSUBSCRIBE, Message, MessageStamp, Sheet, find_sender, make_link, write_message
from .recipients import Recipient, read_address


class Composer:
    """Composes the messages of one site.

    Raises InputError for faulty settings of the digest.
    """

    def __init__(self, loaded: SiteInput, secret: str = "") -> None:
        config = loaded.config
        self._theme = loaded.theme
        assets = name_assets(collect_assets(loaded.theme))
        self.site: Site = make_site(loaded.catalogue, config, assets, SECTIONS, loaded.theme.options)
        addresses = self.site.addresses
        self.sheet = Sheet(
            title=config.title,
            base_url=config.base_url,
            archive=addresses.absolute(listing("collections")),
            sender=config.digest.sender,
            reply_to=config.digest.reply_to,
            unsubscribe=config.digest.unsubscribe,
            secret=secret,
            otherwise=addresses.absolute(listing("subscribe")),
        )
        self._writers: dict[str, MailWriter] = {}
        self._mails: dict[tuple[Selection, str], Mail] = {}
        self._uses: Counter[tuple[Selection, str]] = Counter()
        self._check()

    def _check(self) -> None:
        sheet = self.sheet
        faults = []
        for check in (
            lambda: find_sender(sheet),
            lambda: sheet.reply_to and read_address(sheet.reply_to),
            lambda: make_link(sheet, None),
        ):
            try:
                check()
            except FieldError as error:
                faults.append(Fault("site.yaml", 0, "digest", error.message, error.remedy))
        if faults:
            raise InputError(faults)

    def find_language(self, tag: str = "") -> Language:
        """Returns a language, or the site's."""
        config = self.site.config
        return find_language(tag or config.language, config.own_languages)

    def expect(self, selections: Iterable[tuple[Selection, Language]]) -> None:
        """Announces the messages to come, so that shared renderings are cached until their last use."""
        self._uses.update((selection, language.code) for selection, language in selections)

    def make(self, selection: Selection, language: Language, stamp: MessageStamp, to: Recipient | None) -> Message:
        """Composes a message of these papers; without a recipient, to undisclosed recipients."""
        key = (selection, language.code)
        mail = self._mails.pop(key, None) or self._render(selection, language)
        self._uses[key] -= 1
        if self._uses[key] > 0:
            self._mails[key] = mail
        return write_message(self.sheet, make_subject(selection), language.code, mail, stamp, to)

    def _render(self, selection: Selection, language: Language) -> Mail:
        writer = self._writers.setdefault(language.code, MailWriter(self.site, language))
        theme = replace(self._theme, language=language)
        return render_mail(theme, replace(writer.write(selection), unsubscribe=UNSUBSCRIBE))


def make_subject(selection: Selection) -> str:
    """Returns the subject of a message: its title, and the edition's date."""
    return f"{selection.title}, {selection.date}" if selection.date else selection.title

"""Phrases in English: the reading list, and a paper by chance."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "reading_list.title": "Reading list",
    "reading_list.description": "Papers that you saved in this browser, with your notes and tags.",
    "reading_list.deck": "Papers that you saved, with your notes and tags. They are kept in this browser alone.",
    "reading_list.noscript": (
        "Your browser keeps the reading list, and needs JavaScript for it. Without it, browse by {places}."
    ),
    "reading_list.empty": (
        "Nothing is saved yet. Save a paper on its page, by the bookmark below its title in a list, or with the key "
        "{key}."
    ),
    "reading_list.nothing": "No paper of the list fits.",
    "reading_list.show": "Show",
    "reading_list.all": "All",
    "reading_list.unread": "Unread",
    "reading_list.starred": "Starred",
    "reading_list.filter": "Words in the list",
    "reading_list.read": "Read",
    "reading_list.star": "Star",
    "reading_list.edit": "Note and tags",
    "reading_list.up": "Up",
    "reading_list.down": "Down",
    "reading_list.remove": "Remove",
    "reading_list.note": "Note",
    "reading_list.tags": "Tags, with commas between",
    "reading_list.drag": "Drag to move",
    "reading_list.action": "{action}: {title}",
    "reading_list.moved": "Place {place} of {total}",
    "reading_list.save": "Save",
    "reading_list.save_this": "Save to the reading list",
    "reading_list.save_title": "Save to the reading list: {title}",
    "reading_list.saved": "Saved",
    "reading_list.removed": "Removed",
    "reading_list.undo": "Undo",
    "reading_list.new": "New",
    "reading_list.share": "Copy a link to the list",
    "reading_list.share_hint": "The link holds the papers, but no note and no tag.",
    "reading_list.link": "A link to the list",
    "reading_list.print": "Print",
    "reading_list.files": "Export and import",
    "reading_list.import": "Import a file",
    "reading_list.import_hint": "One saved here, or any with identifiers or addresses of papers of this site.",
    "reading_list.imported": "Added: {count}.",
    "reading_list.unknown": "Not on this site: {count}.",
    "reading_list.failed": "The papers could not be loaded. Check the connection.",
    "reading_list.shared_note": "This list came with the link. It is not part of yours until you add it.",
    "reading_list.take_over": "Add all",
    "reading_list.mine": "My own list",
    "reading_list.off": (
        "This browser stores nothing for this site: the list is gone when you leave this page. Take it along as a file."
    ),
    "reading_list.full": (
        "The storage of this browser is full: the last change is gone when you leave this page. Take the list "
        "along as a file, or remove something."
    ),
    "reading_list.unread_part": (
        "Part of what was stored could not be read, and is put aside. What could be read is in the list."
    ),
    "reading_list.save_unread": "Save what was stored",
    "reading_list.forget_unread": "Forget it",
    "reading_list.off_short": "Not kept: storage is off",
    "reading_list.full_short": "Not kept: storage is full",
    "reading_list.browser": "Kept in this browser",
    "reading_list.visits": "Mark papers that are new since my last visit, and remember what I read today",
    "reading_list.forget": "Forget my visits",
    "reading_list.forgotten": "Forgotten",
    "reading_list.clear": "Empty the list",
    "reading_list.read_today": "Read today",
    "reading_list.today": "Read today: {count}",
    "reading_list.today_of": "Read today of this list: {count} of {total}",
    "random.title": "Random paper",
    "random.description": "Opens a random paper.",
    "random.choosing": "A paper is being chosen.",
    "random.failed": "The list of papers could not be loaded. Check the connection.",
    "random.noscript": (
        "Choosing at random needs JavaScript. Without it, here are a few papers from all parts of the list."
    ),
}

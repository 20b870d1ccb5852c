"""Phrases in Arabic: reading offline."""

from __future__ import annotations

from .. import Phrases
from .nouns import count_forms

_PAGES = (
    "لا صفحات محفوظة",
    "صفحة واحدة محفوظة",
    "صفحتان محفوظتان",
    "{count} صفحات محفوظة",
    "{count} صفحة محفوظة",
    "{count} صفحة محفوظة",
)

PHRASES: Phrases = {
    "offline.choice": "احتفظ بالصفحات التي أقرؤها",
    "offline.deck": "يحتفظ هذا المتصفح بالصفحات التي تقرؤها هنا، ويفتحها دون شبكة.",
    "offline.empty": "احذف الكل",
    "offline.hint": "الصفحة غير المحفوظة والبحث عن كلمات جديدة في موقع كبير يحتاجان إلى شبكة.",
    "offline.noscript": "القراءة دون اتصال تحتاج إلى JavaScript.",
    "offline.pages": count_forms(_PAGES),
    "offline.refused": "لا يحتفظ هذا المتصفح بصفحات من هذا الموقع.",
    "offline.title": "القراءة دون اتصال",
}

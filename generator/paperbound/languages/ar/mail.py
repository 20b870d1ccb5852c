"""Phrases in Arabic: subscriptions and mail."""

from __future__ import annotations

from .. import Phrases
from .nouns import PAPERS, count_forms, same_forms

PHRASES: Phrases = {
    "subscribe.address": "عنوان بريدك",
    "subscribe.all": "جميعها",
    "subscribe.all_feeds": "تلقيمات لكل قائمة في هذا الموقع.",
    "subscribe.all_hint": "أحدث أوراق الموقع كله.",
    "subscribe.editions_hint": "مدخل لكل عدد، بكل أوراقه بترتيبها: واحد في اليوم، أو كلما صدر عدد.",
    "subscribe.by_feed": "بالتلقيمات",
    "subscribe.by_mail": "بالبريد",
    "subscribe.deck": "تابع هذا الموقع، أو أي جزء منه، في قارئ تلقيمات. بلا حساب ولا عنوان ولا شيء تلغي الاشتراك فيه.",
    "subscribe.deck_mail": "بالبريد أو في قارئ تلقيمات: الموقع كله، أو أي جزء منه.",
    "subscribe.example": "you@example.org",
    "subscribe.feeds": (
        "التلقيمة قائمة بأحدث الأوراق يستطيع برنامج قراءتها. انسخ أحد العناوين أدناه إلى قارئ تلقيمات، مثل NetNewsWire "
        "أو Feedly أو Thunderbird أو القارئ الذي في متصفحك؛ فيعرض الأوراق الجديدة حين تظهر. ومعظم القارئات تجد "
        "التلقيمة بنفسها إذا أعطيتها عنوان صفحة."
    ),
    "subscribe.exports": "كل الأوراق، لبرامج إدارة المراجع وجداول البيانات. ولصفحات القوائم أوراقها في ملفات كهذه.",
    "subscribe.formats": "الصيغ",
    "subscribe.formats_hint": (
        "هذه العناوين بصيغة RSS. ولكل صفحة لها تلقيمة صيغتا Atom وJSON Feed أيضًا: عنوانها متبوعًا بـ {atom} أو {json}."
    ),
    "subscribe.more": same_forms("{names} الأخرى ({count}) لها تلقيمات أيضًا، وروابطها في صفحاتها: {link}."),
    "subscribe.title": "الاشتراك",
    "mail.months": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "mail.day": "{day} {month} {year}",
    "mail.month": "{month} {year}",
    "mail.papers": count_forms(PAPERS),
    "mail.more": same_forms("وأوراق أخرى في الموقع: {count}"),
    "mail.others": "و{count} آخرون",
    "mail.since": "أوراق جديدة منذ {date}",
    "mail.personal": "أوراق جديدة لك",
    "mail.move_up": "صعدت {places}",
    "mail.move_down": "هبطت {places}",
    "mail.move_new": "جديدة",
    "mail.move_back": "عائدة",
    "mail.move_same": "بلا تغيير",
    "mail.web": "اقرأ على الويب",
    "mail.archive": "كل الأعداد",
    "mail.home": "الموقع كله",
    "mail.why": "تصلك هذه الرسالة لأنك اشتركت فيها.",
    "mail.unsubscribe": "إلغاء الاشتراك",
    "mail.retracted": "مسحوبة",
    "mail.anonymous": "المؤلفون غير مذكورين",
}

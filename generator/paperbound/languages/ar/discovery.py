"""Phrases in Arabic: the map and the statistics."""

from __future__ import annotations

from .. import Phrases
from .nouns import PAPERS, count_forms

PHRASES: Phrases = {
    "map.title": "الخريطة",
    "map.deck": "{papers}، تتقارب حيث تتشابه.",
    "map.region": "المنطقة {number}",
    "map.region_deck": "أوراق منطقة من خريطة {title}.",
    "map.all_of_region": count_forms(PAPERS, "في هذه المنطقة: *"),
    "map.colours": "الألوان",
    "map.others": "غيرها",
    "map.find": "إبراز أوراق",
    "map.found": count_forms(PAPERS, "أُبرز: *"),
    "map.none": "لا توجد ورقة فيها هذه الكلمات.",
    "map.zoom_in": "تكبير",
    "map.zoom_out": "تصغير",
    "map.whole": "الخريطة كلها",
    "map.show": "إظهار على الخريطة",
    "map.drawing": "الأوراق نقاطًا",
    "map.hint": (
        "اسحب للتحريك، ومفتاح Ctrl مع العجلة للتكبير. المفاتيح: الأسهم من ورقة إلى ورقة، ومع Shift "
        "للتحريك، و+ و− للتكبير، و0 للخريطة كلها، وEnter للفتح."
    ),
    "map.label": "خريطة الأوراق. تنقل الأسهم من ورقة إلى ورقة، ويفتح Enter الورقة.",
    "map.failed": "تعذّر تحميل النقاط. تذكر المناطق أدناه الأوراق.",
    "stats.table": "في جدول",
    "stats.value": "{name}: {number}",
    "stats.over_time": "المواضيع عبر الزمن",
    "stats.together": "من يكتبون معًا",
    "stats.together_hint": "يصل خط بين شخصين كتبا معًا، ويزداد سمكه بعدد الأوراق.",
}

"""The phrases of the interface in Chinese: those of mail."""

from __future__ import annotations

from . import Phrases

PHRASES: Phrases = {
    "mail.months": "1 2 3 4 5 6 7 8 9 10 11 12",
    "mail.day": "{year}年{month}月{day}日",
    "mail.month": "{year}年{month}月",
    "mail.papers": {"other": "{count} 篇论文"},
    "mail.more": {"other": "网站上还有 {count} 篇论文"},
    "mail.others": "等另外 {count} 人",
    "mail.since": "{date}以来的新论文",
    "mail.personal": "为您挑选的新论文",
    "mail.move_up": "上升 {places} 位",
    "mail.move_down": "下降 {places} 位",
    "mail.move_new": "新上榜",
    "mail.move_back": "重新上榜",
    "mail.move_same": "不变",
    "mail.web": "在网页上阅读",
    "mail.archive": "所有期次",
    "mail.home": "整个网站",
    "mail.why": "您收到此邮件，是因为您订阅了它。",
    "mail.unsubscribe": "退订",
    "mail.retracted": "已撤稿",
    "mail.anonymous": "未列出作者",
}

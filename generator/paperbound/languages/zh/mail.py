"""Phrases in Chinese: subscriptions and mail."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "subscribe.address": "您的邮箱地址",
    "subscribe.all": "全部",
    "subscribe.all_feeds": "本站每个列表都有订阅源。",
    "subscribe.all_hint": "全站最新论文。",
    "subscribe.editions_hint": "每期一条，按顺序包含该期所有论文：每天一条，或随出版频率而定。",
    "subscribe.by_feed": "订阅源",
    "subscribe.by_mail": "邮件",
    "subscribe.deck": "在订阅阅读器中关注本站或其中任意部分。无需账号，无需地址，也无需退订。",
    "subscribe.deck_mail": "通过邮件或订阅阅读器关注：整个网站或其中任意部分。",
    "subscribe.example": "you@example.org",
    "subscribe.feeds": (
        "订阅源是程序可以读取的最新论文列表。将下面的某个网址复制到订阅阅读器中，例如 NetNewsWire、Feedly、Thunderbird "
        "或浏览器自带的阅读器，新论文发表后即会显示。多数阅读器只需一个页面的网址，就能自动找到订阅源。"
    ),
    "subscribe.exports": "全部论文，供文献管理软件和电子表格使用。列表页面也以这些文件提供各自的论文。",
    "subscribe.formats": "格式",
    "subscribe.formats_hint": (
        "这些网址是 RSS。每个有订阅源的页面还提供 Atom 和 JSON Feed：在其网址后加上 {atom} 或 {json}。"
    ),
    "subscribe.more": {"other": "另有 {names} 也有订阅源，链接在各自的页面上：{link}。"},
    "subscribe.title": "订阅",
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

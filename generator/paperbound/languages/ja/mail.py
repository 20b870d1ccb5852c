"""Phrases in Japanese: subscriptions and mail."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "subscribe.address": "メールアドレス",
    "subscribe.all": "すべて",
    "subscribe.all_feeds": "このサイトのすべての一覧にフィードがあります。",
    "subscribe.all_hint": "サイト全体の新着論文。",
    "subscribe.editions_hint": "号ごとに 1 件、その号のすべての論文を順に。毎日、または発行のたびに届きます。",
    "subscribe.by_feed": "フィードで",
    "subscribe.by_mail": "メールで",
    "subscribe.deck": (
        "このサイトの全体または一部をフィードリーダーで購読できます。アカウントもアドレスも解約も不要です。"
    ),
    "subscribe.deck_mail": "メールまたはフィードリーダーで、サイトの全体または一部を購読できます。",
    "subscribe.example": "you@example.org",
    "subscribe.feeds": (
        "フィードは、プログラムが読める新着論文の一覧です。下のアドレスのどれかを、NetNewsWire、Feedly、Thunderbird や"
        "ブラウザーのフィードリーダーにコピーすると、新しい論文が公開されるたびに表示されます。多くのリーダーは、ページ"
        "のアドレスを入力すればフィードを自動で見つけます。"
    ),
    "subscribe.exports": (
        "すべての論文。文献管理ソフトや表計算ソフト用です。一覧のページにも、その論文のファイルがあります。"
    ),
    "subscribe.formats": "形式",
    "subscribe.formats_hint": (
        "これらのアドレスは RSS です。フィードのあるページには Atom と JSON Feed もあり、そのアドレスの後に {atom} また"
        "は {json} を付けたものです。"
    ),
    "subscribe.more": {"other": "ほか{names}にもフィードがあり、それぞれのページにリンクがあります：{link}。"},
    "subscribe.title": "購読",
    "mail.months": "1 2 3 4 5 6 7 8 9 10 11 12",
    "mail.day": "{year}年{month}月{day}日",
    "mail.month": "{year}年{month}月",
    "mail.papers": {"other": "{count} 件の論文"},
    "mail.more": {"other": "サイトにほか {count} 件の論文があります"},
    "mail.others": "ほか {count} 名",
    "mail.since": "{date}以降の新着論文",
    "mail.personal": "あなたへの新着論文",
    "mail.move_up": "{places} つ上昇",
    "mail.move_down": "{places} つ下降",
    "mail.move_new": "新規",
    "mail.move_back": "再登場",
    "mail.move_same": "変動なし",
    "mail.web": "ウェブで読む",
    "mail.archive": "すべての号",
    "mail.home": "サイト全体",
    "mail.why": "このメールは、購読のお申し込みに基づきお送りしています。",
    "mail.unsubscribe": "購読を解除",
    "mail.retracted": "撤回",
    "mail.anonymous": "著者の記載なし",
}

"""Phrases in Japanese: reading offline."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "offline.choice": "読んだページを保存する",
    "offline.deck": "このブラウザーは、ここで読んだページを保存し、ネットワークなしで開きます。",
    "offline.empty": "すべて削除",
    "offline.hint": "保存されていないページと、大きなサイトでの新しい語の検索には、ネットワークが必要です。",
    "offline.noscript": "オフラインで読むには JavaScript が必要です。",
    "offline.pages": {"other": "{count} ページを保存済み"},
    "offline.refused": "このブラウザーは、このサイトのページを保存しません。",
    "offline.title": "オフラインで読む",
}

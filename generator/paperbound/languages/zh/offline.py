"""Phrases in Chinese: reading offline."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "offline.choice": "保留我读过的页面",
    "offline.deck": "此浏览器会保留您在这里读过的页面，没有网络时也能打开。",
    "offline.empty": "全部删除",
    "offline.hint": "未保留的页面，以及在大型网站上搜索新词，都需要网络。",
    "offline.noscript": "离线阅读需要 JavaScript。",
    "offline.pages": {"other": "已保留 {count} 个页面"},
    "offline.refused": "此浏览器不保留本网站的页面。",
    "offline.title": "离线阅读",
}

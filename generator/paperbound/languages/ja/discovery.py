"""Phrases in Japanese: the map and the statistics."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "map.title": "地図",
    "map.deck": "{papers}。内容の近いものほど近くにあります。",
    "map.region": "領域 {number}",
    "map.region_deck": "{title}の地図のひとつの領域にある論文。",
    "map.all_of_region": {"other": "この領域の論文 {count} 件すべて"},
    "map.colours": "色",
    "map.others": "その他",
    "map.find": "論文を強調",
    "map.found": {"other": "{count} 件の論文を強調しました"},
    "map.none": "これらの語を含む論文はありません。",
    "map.zoom_in": "拡大",
    "map.zoom_out": "縮小",
    "map.whole": "地図全体",
    "map.show": "地図で見る",
    "map.drawing": "点で表した論文",
    "map.hint": (
        "ドラッグで移動、Ctrl とホイールで拡大縮小。キー：矢印で論文から論文へ、"
        "Shift を加えると地図が移動、+ と − で拡大縮小、0 で地図全体、"
        "Enter で開く。"
    ),
    "map.label": "論文の地図。矢印で論文から論文へ移り、Enter で論文を開きます。",
    "map.failed": "点を読み込めませんでした。下の領域に論文があります。",
    "stats.table": "表で見る",
    "stats.value": "{name}：{number}",
    "stats.over_time": "トピックの推移",
    "stats.together": "共著の関係",
    "stats.together_hint": "線は共著のある二人を結びます。共著が多いほど太くなります。",
}

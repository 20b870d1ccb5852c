"""Phrases in Chinese: the map and the statistics."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "map.title": "地图",
    "map.deck": "{papers}，内容相近者彼此靠近。",
    "map.region": "区域 {number}",
    "map.region_deck": "{title}地图中一个区域的论文。",
    "map.all_of_region": {"other": "该区域全部 {count} 篇论文"},
    "map.colours": "颜色",
    "map.others": "其他",
    "map.find": "突出显示论文",
    "map.found": {"other": "已突出显示 {count} 篇论文"},
    "map.none": "没有论文包含这些词。",
    "map.zoom_in": "放大",
    "map.zoom_out": "缩小",
    "map.whole": "整张地图",
    "map.show": "在地图上显示",
    "map.drawing": "以点表示的论文",
    "map.hint": (
        "拖动可移动，Ctrl 加滚轮可缩放。按键：方向键在论文间移动，加 Shift 平移地图，"
        "+ 与 − 缩放，0 显示整张地图，回车打开。"
    ),
    "map.label": "论文地图。方向键在论文间移动，回车打开论文。",
    "map.failed": "无法载入各点。下方的区域列有论文。",
    "stats.table": "以表格显示",
    "stats.value": "{name}：{number}",
    "stats.over_time": "主题随时间的变化",
    "stats.together": "合作者",
    "stats.together_hint": "连线表示两人合写过论文；合写越多，线越粗。",
}

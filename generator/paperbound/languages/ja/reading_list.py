"""Phrases in Japanese: the reading list, and a paper by chance."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "reading_list.title": "リーディングリスト",
    "reading_list.description": "このブラウザに保存した論文と、そのメモとタグ。",
    "reading_list.deck": "保存した論文と、そのメモとタグ。このブラウザの中だけに残ります。",
    "reading_list.noscript": (
        "リーディングリストはブラウザが保存し、JavaScript が必要です。使わない場合はこちらから：{places}。"
    ),
    "reading_list.empty": (
        "まだ何も保存されていません。論文のページ、一覧のタイトルの下の印、またはキー {key} で保存できます。"
    ),
    "reading_list.nothing": "一覧に該当する論文はありません。",
    "reading_list.show": "表示",
    "reading_list.all": "すべて",
    "reading_list.unread": "未読",
    "reading_list.starred": "スター付き",
    "reading_list.filter": "一覧の中の語",
    "reading_list.read": "既読",
    "reading_list.star": "スター",
    "reading_list.edit": "メモとタグ",
    "reading_list.up": "上へ",
    "reading_list.down": "下へ",
    "reading_list.remove": "削除",
    "reading_list.note": "メモ",
    "reading_list.tags": "タグ（コンマ区切り）",
    "reading_list.drag": "ドラッグで移動",
    "reading_list.action": "{action}：{title}",
    "reading_list.moved": "{total} 件中 {place} 番目",
    "reading_list.save": "保存",
    "reading_list.save_this": "保存（リーディングリストへ）",
    "reading_list.save_title": "リーディングリストに保存：{title}",
    "reading_list.saved": "保存しました",
    "reading_list.removed": "削除しました",
    "reading_list.undo": "元に戻す",
    "reading_list.new": "新着",
    "reading_list.share": "一覧へのリンクをコピー",
    "reading_list.share_hint": "リンクに含まれるのは論文だけで、メモとタグは含まれません。",
    "reading_list.link": "一覧へのリンク",
    "reading_list.print": "印刷",
    "reading_list.files": "書き出しと読み込み",
    "reading_list.import": "ファイルを読み込む",
    "reading_list.import_hint": "ここで保存したファイル、または本サイトの論文の識別子やアドレスを含むファイル。",
    "reading_list.imported": "取り込み：{count} 件。",
    "reading_list.unknown": "本サイトにないもの：{count} 件。",
    "reading_list.failed": "論文を読み込めませんでした。接続を確認してください。",
    "reading_list.shared_note": "この一覧はリンクから来たものです。取り込むまで自分の一覧には入りません。",
    "reading_list.take_over": "すべて取り込む",
    "reading_list.mine": "自分の一覧",
    "reading_list.off": (
        "このブラウザは本サイトのために何も保存しません。ページを離れると一覧は消えます。ファイルに書き出してください。"
    ),
    "reading_list.full": (
        "このブラウザの保存領域がいっぱいです。ページを離れると最後の変更は消えます。ファイルに書き出すか、"
        "何かを削除してください。"
    ),
    "reading_list.unread_part": (
        "保存内容の一部を読み取れなかったため、別に残してあります。読み取れたものは一覧にあります。"
    ),
    "reading_list.save_unread": "保存内容をファイルに",
    "reading_list.forget_unread": "破棄",
    "reading_list.off_short": "保存できません（保存が無効）",
    "reading_list.full_short": "保存できません（容量不足）",
    "reading_list.browser": "このブラウザに残るもの",
    "reading_list.visits": "前回の訪問以降の新着に印を付け、今日読んだ論文を記録する",
    "reading_list.forget": "訪問の記録を消す",
    "reading_list.forgotten": "消しました",
    "reading_list.clear": "一覧を空にする",
    "reading_list.read_today": "今日読んだもの",
    "reading_list.today": "今日読んだもの：{count}",
    "reading_list.today_of": "今日この一覧で読んだもの：{count} / {total}",
    "random.title": "ランダムな論文",
    "random.description": "論文をランダムに開きます。",
    "random.choosing": "論文を選んでいます。",
    "random.failed": "論文の一覧を読み込めませんでした。接続を確認してください。",
    "random.noscript": "ランダムに選ぶには JavaScript が必要です。使わない場合は、一覧の各所からの論文をご覧ください。",
}

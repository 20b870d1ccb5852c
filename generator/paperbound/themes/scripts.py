"""Scripts: ES modules, joined into one file for each page's script, and minified.

The search as ten modules took 17.5 kB gzipped and ten round trips, joined and minified it takes less than 12 kB.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from string import Formatter

import minify

from ..languages import Language, PhraseError
from ..model.digests import name_bytes
from ..model.errors import Fault, InputError
from ..urls import asset

_IMPORT = re.compile(r'^import \{([^{}]*)\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^[^\S\n]*(?:import|export)\b|^await\b|^[a-z][^\n]*= await\b", re.MULTILINE)
_PHRASE = re.compile(r"""(?<![\w.$])t\(\s*"((?:[a-z_]+\.)+[a-z_]+)"\s*(\)|,\s*\{([\w$.,:\[\]\s]*)\}\s*\)|(?=,))""")
# Values of phrases that are numbers.
_NUMBERS = ("count", "total")
# A stylesheet names other files by `url(./name)`.
_STYLE_LINK = re.compile(r"url\(\./([\w.-]+)\)")
_LINK = re.compile(r"(?<=[\"'])\./([\w-]+\.js)(?=[\"'])")


def name_assets(assets: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """Names assets by their bytes; returns the path and the bytes of each.

    Scripts are joined (see `join_scripts`), or import each other by these paths; stylesheets name files by them.
    """
    sources = {name: data for name, data in assets.items() if not name.endswith(".js")} | join_scripts(assets)
    named: dict[str, tuple[str, bytes]] = {}
    for name in sorted(sources):
        _name(name, sources, named, ())
    return named


def _name(name: str, assets: Mapping[str, bytes], named: dict[str, tuple[str, bytes]], above: tuple[str, ...]) -> str:
    if name not in named:
        data = assets[name]
        if name.endswith(".css"):
            styles = data.decode()
            linked = {match[1] for match in _STYLE_LINK.finditer(styles)} & assets.keys() - {name}
            hrefs = {other: f"url({_name(other, assets, named, above).rpartition('/')[2]})" for other in sorted(linked)}
            data = _STYLE_LINK.sub(lambda match: hrefs.get(match[1], match[0]), styles).encode()
        elif name.endswith(".js"):
            script = data.decode()
            others = [
                match[1] for match in _LINK.finditer(script) if match[1] in assets and match[1] not in (*above, name)
            ]
            paths = {other: _name(other, assets, named, (*above, name)).rpartition("/")[2] for other in others}
            data = _LINK.sub(lambda match: f"./{paths[match[1]]}" if match[1] in paths else match[0], script).encode()
        named[name] = (asset(name, name_bytes(data)), data)
    return named[name][0]


def join_scripts(assets: Mapping[str, bytes]) -> dict[str, bytes]:
    """Joins the scripts that pages load with their imports, minified; returns them by name.

    Only the plainest forms can be joined: `import { a, b } from "./c.js";` and `export function|class|const a`. If any
    script has another form, all remain separate, and import each other.
    """
    scripts = {name: data.decode() for name, data in assets.items() if name.endswith(".js")}
    imported = {name: [match[2] for match in _IMPORT.finditer(text)] for name, text in scripts.items()}
    if not _can_join(scripts, imported):
        return {name: data for name, data in assets.items() if name in scripts}
    parts = {part for parts in imported.values() for part in parts}
    return {
        name: _minify(_join(name, scripts, imported) if imported[name] else text)
        for name, text in scripts.items()
        if name not in parts
    }


def put_phrases(script: str, language: Language, file: str) -> str:
    """Replaces each `t("key")` and `t("key", { name, other: value.member })` by its phrase.

    Raises InputError, with file and line, for an unknown key and for values that are not the phrase's.
    """

    def put(match: re.Match[str]) -> str:
        key, rest, pairs = match.groups()
        try:
            if not rest:
                raise PhraseError(f"the values of {key!r} are no names and members of names")
            parts = (pair.partition(":") for pair in (pairs or "").split(",") if pair.strip())
            values = {name.strip(): (value or name).strip() for name, _, value in parts}
            text = language.check(key, frozenset(values))
        except PhraseError as error:
            line = script.count("\n", 0, match.start()) + 1
            fault = Fault(
                file,
                line,
                "",
                str(error),
                "Phrases are in languages/, of Paperbound or of the site, with these keys and values.",
            )
            raise InputError([fault]) from error
        return _write_phrase(language, key, values) if values else json.dumps(text, ensure_ascii=False)

    return _PHRASE.sub(put, script)


def _write_phrase(language: Language, key: str, values: Mapping[str, str]) -> str:
    phrase = language.phrases[key]
    if isinstance(phrase, str):
        return _write_text(phrase, values, language)
    forms = ",".join(
        f"{name}:{_write_text(form, values, language)}" for name, form in phrase.items() if name != "other"
    )
    choice = f'{{{forms}}}[new Intl.PluralRules("{language.code}").select({values["count"]})]'
    return f"({choice}||{_write_text(phrase['other'], values, language)})"


def _write_text(form: str, values: Mapping[str, str], language: Language) -> str:
    """Returns a template literal, with numbers grouped as `Language.t` groups them."""
    # Spanish and Polish, other than English, would leave four digits together: pages do not.
    options = "" if language.code == "en" else ',{useGrouping:"always"}'
    group, pieces = f'.toLocaleString("{language.code}"{options})', []
    for text, name, _, _ in Formatter().parse(form):
        pieces.append(re.sub(r"[\\`$]", r"\\\g<0>", text))
        if name:
            pieces.append(f"${{{values[name]}{group if name in _NUMBERS else ''}}}")
    return f"`{''.join(pieces)}`"


def _can_join(scripts: Mapping[str, str], imported: Mapping[str, list[str]]) -> bool:
    plain = all(" as " not in match[1] for text in scripts.values() for match in _IMPORT.finditer(text))
    rests = [_LINK.search(rest) or _OTHER.search(rest) for rest in map(_strip, scripts.values())]
    exports = [match[1] for name in scripts for match in _EXPORT.finditer(scripts[name])]
    known = all(part in scripts for parts in imported.values() for part in parts)
    return plain and known and not any(rests) and len(exports) == len(set(exports)) and _order(scripts, imported)


def _order(scripts: Mapping[str, str], imported: Mapping[str, list[str]]) -> bool:
    left = set(scripts)
    while ready := {name for name in left if not left & set(imported[name])}:
        left -= ready
    return not left


def _strip(text: str) -> str:
    return _EXPORT.sub("", _IMPORT.sub("", text))


def _join(name: str, scripts: Mapping[str, str], imported: Mapping[str, list[str]]) -> str:
    order: dict[str, None] = {}

    def visit(part: str) -> None:
        for other in imported[part]:
            visit(other)
        order.setdefault(part)

    visit(name)
    pieces = []
    for part in order:
        names = ",".join(match[1] for match in _EXPORT.finditer(scripts[part]))
        # A function of its own for each: what a module does not export stays unseen.
        pieces.append(f"const {{{names}}} = (()=>{{\n{_strip(scripts[part])}\nreturn {{{names}}}}})();\n")
    # The last part is the script itself.
    return "".join(pieces) + (f"export {{{names}}};\n" if names else "")


def _minify(script: str) -> bytes:
    try:
        text: str = minify.string("application/javascript", script)
    except minify.MinifyError:
        # Syntax newer than the minifier, or an error that the browser reports.
        return script.encode()
    return text.encode()

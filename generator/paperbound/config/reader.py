"""site.yaml to Config: each setting checked, with a fault that says what to write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any
from urllib.parse import urlsplit

from ..model.build import Source
from ..model.errors import Fault, FieldError, Report, convert_each, merge_errors, name_nearest
from ..model.links import check_link
from ..shape import LANGUAGE, convert_home, convert_languages, convert_logo, convert_menu, convert_redirects
from ..text.characters import clean, collapse, read_number
from ..text.yamltext import YamlError, load_entries, require_text
from .settings import Config, Mailing, Subscription

_NUMBERS = ("page_size", "team_size", "rate")
# Numbers, or auto: by the number of papers.
_SIZES = ("feed_size", "author_pages", "author_feeds")
_LINKS = ("repository", "action")
CHOICES = {
    "markdown_pages": ("yes", "no", "auto"),
    "metadata": ("full", "lean", "auto"),
    "api": ("yes", "no", "auto"),
    "offline": ("yes", "no"),
    "cards": ("yes", "no"),
    "thumbnails": ("yes", "no"),
    "feed_texts": ("full", "short", "auto"),
    "feeds": ("all", "site"),
    "search": ("yes", "no"),
    "exports": ("all", "site", "no", "auto"),
    "related_papers": ("yes", "no"),
    "map": ("yes", "no", "auto"),
    "future_papers": ("yes", "no"),
    "security": ("starttls", "tls", "none"),
}
# Regular expressions, with the name and an example of a text that matches.
_PATTERNS = {
    "pages": (r"\.|[\w-]+(?:/[\w-]+)*", "a folder", "guide, or a point for the content folder"),
    "language": (LANGUAGE.pattern, "a language", "a code such as en or pt-BR"),
    "unsubscribe": (
        r"(?:https://[^\s/<>\"]+|mailto:[^\s<>\"@]+@)[^\s<>\"]*",
        "a link to unsubscribe by",
        "https://example.org/unsubscribe?address={address} or mailto:name@example.org",
    ),
}
SEVERITIES = ("error", "warning", "note", "off")
STYLES = ("apa", "ieee", "acm", "mla", "chicago")
_STYLE_FILE = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.csl")
_SERVER = re.compile(r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>\d{1,5})")
KEYS = tuple(item.name for item in fields(Config) if item.name not in ("style_texts", "own_languages"))
_MAPPINGS: Mapping[str, tuple[type[Any], str]] = {
    "subscribe": (Subscription, "{action: https://…, field: email, privacy: …}"),
    "digest": (Mailing, "{from: Name <name@example.org>}"),
}


# Labels of letters, digits and hyphens, as RFC 1123 has them, in any script.
_HOST = re.compile(r"(?=.{1,253}\Z)(?!-)[\w-]{1,63}(?<!-)(?:\.(?!-)[\w-]{1,63}(?<!-))*\.?")


def _is_encoded(host: str) -> bool:
    """Returns whether a host can be written in ASCII, as mail and requests do."""
    try:
        return bool(host.encode("idna"))
    except UnicodeError:
        return False


def normalize_base_url(url: str) -> str:
    """Returns the address with one slash at its end.

    Raises FieldError unless it is http(s) with a valid host, without user, query and fragment.
    """
    check_link("base_url", url)
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise FieldError(
            "base_url", "the address holds a user, whom all pages would show", "Write https://example.org/."
        )
    if not _HOST.fullmatch(parts.hostname or "") or not _is_encoded(parts.hostname or "") or parts.port == 0:
        raise FieldError("base_url", f"{url!r} has a host or a port that is none", "Write https://example.org/papers/.")
    if parts.query or parts.fragment or "?" in url or "#" in url:
        raise FieldError("base_url", f"{url!r} has a query or a fragment", "Write https://example.org/papers/.")
    if (
        not re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-Fa-f]{2})*", parts.path)
        or ".." in parts.path
        or "//" in parts.path
    ):
        raise FieldError("base_url", f"{url!r} has a path that is none", "Write https://example.org/papers/.")
    return url.rstrip("/") + "/"


def read_config(source: Source, report: Report) -> Config | None:
    """Reads site.yaml; reports all faults with their lines, and then returns None."""
    try:
        text = source.data.removeprefix(b"\xef\xbb\xbf").decode()
        is_list, entries = load_entries(text)
    except UnicodeDecodeError:
        report(Fault(source.file, 0, "", "the file is not UTF-8", "Save it as UTF-8."))
        return None
    except YamlError as error:
        report(Fault(source.file, error.line, error.field, error.message, error.remedy))
        return None
    if is_list or not entries:
        report(Fault(source.file, 1, "", "site.yaml holds no settings", "Write at least: title: My papers"))
        return None
    entry = entries[0]
    typed: dict[str, Any] = {}
    failed = False
    for key, value in entry.values.items():
        try:
            if value is not None:
                typed[key] = _convert(key, value)
        except FieldError as error:
            failed = True
            line = entry.lines.get(key, 1)
            report(Fault(source.file, line, key, error.message, error.remedy))
    if "title" not in typed and "title" not in entry.values:
        failed = True
        report(Fault(source.file, 1, "title", "the site has no title", "Add a line such as: title: My papers"))
    languages = typed.get("languages", ())
    if languages and typed.setdefault("language", languages[0].code) != languages[0].code:
        failed = True
        line, message = entry.lines.get("language", 1), "the language is not the first of `languages`"
        report(Fault(source.file, line, "language", message, "Leave it out, or write it first there."))
    return None if failed else Config(**typed).versions[0]


def _convert(key: str, value: Any, known: Iterable[str] = KEYS, owner: str = "a site") -> Any:
    """Returns the value of a setting; raises FieldError."""
    if key not in known:
        raise FieldError(key, f"{key!r} is no setting of {owner}", name_nearest(key, known, "settings"))
    if key in _MAPPINGS:
        return _convert_mapping(key, value)
    if key == "theme_options":
        return _convert_options(key, value)
    if key == "checks":
        return _convert_checks(key, value)
    if key in ("nav", "footer"):
        return convert_menu(key, value)
    if key == "languages":
        return convert_languages(key, value)
    if key == "home":
        return convert_home(key, value)
    if key == "redirects":
        return convert_redirects(key, value)
    if key == "citation_styles":
        return _convert_styles(key, value)
    text = collapse(clean(require_text(key, value))[0])
    if key in _NUMBERS or (key in _SIZES and text != "auto"):
        if read_number(text, 1, 1_000_000) is None:
            raise FieldError(key, f"{text!r} is not a number", "Write a whole number from 1 up.")
        return int(text) if key in _NUMBERS else text
    if key in CHOICES and text not in CHOICES[key]:
        raise FieldError(key, f"{text!r} is not a choice", f"Write {' or '.join(CHOICES[key])}.")
    if key in _PATTERNS:
        pattern, what, example = _PATTERNS[key]
        if not re.fullmatch(pattern, text):
            raise FieldError(key, f"{text!r} is not {what}", f"Write {example}.")
    if key == "logo":
        return convert_logo(key, text)
    if key == "base_url":
        return normalize_base_url(text)
    if key in _LINKS:
        check_link(key, text)
    if key == "smtp":
        split_server(text)
    return text.rstrip("/") if key == "repository" else text


def _convert_options(key: str, value: Any) -> dict[str, str]:
    remedy = 'Write `theme_options: {accent: "#0a6b4f"}`.'
    if not isinstance(value, dict):
        raise FieldError(key, "a mapping is expected here", remedy)

    def convert(item: tuple[str, Any]) -> tuple[str, str]:
        name, inner = item
        if not isinstance(inner, (str, list)):
            raise FieldError(key, f"{name!r} is a text or a list, not a mapping and not empty", remedy)
        return name, collapse(inner if isinstance(inner, str) else " ".join(map(str, inner)))

    return dict(convert_each(value.items(), convert))


def _convert_checks(key: str, value: Any) -> dict[str, str]:
    remedy = f"Write `checks: {{missing-date: off}}`; {', '.join(SEVERITIES)} are known."
    if not isinstance(value, dict):
        raise FieldError(key, "a mapping of rules to severities is expected here", remedy)

    def convert(item: tuple[str, Any]) -> tuple[str, str]:
        rule, severity = item
        if severity not in SEVERITIES:
            raise FieldError(key, f"{rule}: {severity!r} is no severity", remedy)
        return rule, severity

    return dict(convert_each(value.items(), convert))


def _convert_styles(key: str, value: Any) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise FieldError(key, "a list of names is expected here", "Write `citation_styles: [apa, ieee, acm]`.")

    def check(name: str) -> None:
        if name not in STYLES and not _STYLE_FILE.fullmatch(name):
            remedy = name_nearest(name, STYLES, "styles")
            raise FieldError(key, f"{name!r} is no style", f"{remedy} Or name a file such as styles/journal.csl.")

    convert_each(names, check)
    return tuple(dict.fromkeys(names))


def _convert_mapping(key: str, value: Any) -> Any:
    kind, example = _MAPPINGS[key]
    # `from` is a keyword of Python.
    names = {"from" if item.name == "sender" else item.name: item for item in fields(kind)}
    missing = [name for name, item in names.items() if item.default is MISSING]
    message = f"a mapping{''.join(f' with {name!r}' for name in missing)} is expected here"
    lacking = FieldError(key, message, f"Write `{key}: {example}`.")
    if not isinstance(value, dict):
        raise lacking

    def convert(item: tuple[str, Any]) -> tuple[str, Any]:
        try:
            return names[item[0]].name if item[0] in names else "", _convert(*item, names, key)
        except FieldError as error:
            raise FieldError(key, f"{error.field}: {error.message}", error.remedy) from error

    errors = [] if all(value.get(name) for name in missing) else [lacking]
    try:
        found = convert_each((item for item in value.items() if item[1]), convert)
    except FieldError as error:
        errors.append(error)
    if errors:
        raise merge_errors(errors)
    return kind(**dict(found))


def split_server(text: str) -> tuple[str, int]:
    """Splits HOST:PORT of a mail server, such as `[::1]:25`; raises FieldError for others."""
    match = _SERVER.fullmatch(text)
    port = read_number(match["port"], 1, 65535) if match else None
    if not match or port is None:
        raise FieldError("smtp", f"{text!r} is not a mail server", "Write smtp.example.org:587.")
    return match["host"].strip("[]"), port

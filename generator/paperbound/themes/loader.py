"""Themes on disk: a chain of folders to a Theme value, its options checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..config import Config
from ..languages import find_language
from ..model.errors import Fault, InputError, name_nearest
from ..storage.places import find_builtin_themes
from ..storage.sources import leads_outside, walk_files
from ..text.yamltext import Entry, YamlError, load_entries
from .theme import Layer, Theme

_KEYS = ("name", "parent", "styles", "options")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_DEFAULT = "default"
# What the default theme's accent stands on: paper and wash, light and dark, and the text on a filled accent.
_GROUNDS = {"accent": ("#f9faf8", "#edf1ed", "#ffffff"), "accent_dark": ("#101413", "#1b2220", "#07120e")}
_CONTRAST = 4.5


def load_theme(config: Config, content: Path, folders: Sequence[Path]) -> Theme:
    """The Theme that site.yaml asks for, looked up in `folders` and among those that come with Paperbound.

    InputError for a theme that does not exist, a loop of parents, and options that the theme lacks.
    """
    places = [*folders, find_builtin_themes()]
    layers: list[Layer] = []
    styles: list[str] = []
    options: dict[str, str] = {}
    site = content / "templates"
    if site.is_dir():
        layers.append(Layer(f"{content.resolve().name}", _read_templates(site), {}))
    name, seen = config.theme, []
    while True:
        folder = _find(name, places)
        if name in seen:
            raise _fault(folder, "parent", f"the theme {name!r} is its own parent", "Name another parent, or none.")
        seen.append(name)
        entry = _read_yaml(folder)
        layers.append(Layer(f"themes/{name}", _read_templates(folder / "templates"), _read_assets(folder / "assets")))
        styles[:0] = [str(style) for style in entry.values.get("styles") or []]
        declared = entry.values.get("options") or {}
        if isinstance(declared, dict):
            options = {option: str(value) for option, value in declared.items()} | options
        if name == _DEFAULT:
            break
        name = str(entry.values.get("parent") or _DEFAULT)
    chosen = _check_options(config, options, content)
    return Theme(
        config.theme,
        tuple(layers),
        tuple(dict.fromkeys(styles)),
        language=find_language(config.language).code,
        **chosen,
    )


def collect_assets(theme: Theme) -> dict[str, bytes]:
    """The theme's files by name, with all its styles and the site's accent in one `site.css`."""
    assets = {name: data for name in theme.asset_names if (data := theme.find_asset(name)) is not None}
    styles = [assets.pop(name) for name in theme.styles if name in assets]
    sheet = b"".join(style.rstrip() + b"\n" for style in styles)
    if theme.accent:
        sheet += f":root{{--thread:{theme.accent}}}\n".encode()
    if theme.accent_dark:
        dark = f"--thread:{theme.accent_dark}"
        media = f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
        sheet += f"{media}:root[data-theme=dark]{{{dark}}}\n".encode()
    return {**assets, "site.css": sheet}


def _fault(folder: Path, field: str, message: str, remedy: str) -> InputError:
    return InputError([Fault(f"themes/{folder.name}/theme.yaml", 0, field, message, remedy)])


def _find(name: str, places: Sequence[Path]) -> Path:
    for place in places:
        if re.fullmatch(r"[A-Za-z0-9_-]+", name) and (place / name / "theme.yaml").is_file():
            return place / name
    known = {file.parent.name for place in places if place.is_dir() for file in place.glob("*/theme.yaml")}
    message = f"there is no theme {name!r}"
    raise InputError([Fault("site.yaml", 0, "theme", message, name_nearest(name, known, "themes"))])


def _read_yaml(folder: Path) -> Entry:
    try:
        entries = load_entries((folder / "theme.yaml").read_text("utf-8"))[1]
    except YamlError as error:
        raise _fault(folder, error.field, error.message, error.remedy) from error
    entry = entries[0] if entries else Entry({}, {}, 1)
    for key in entry.values:
        if key not in _KEYS:
            raise _fault(folder, key, f"{key!r} is no key of a theme", name_nearest(key, _KEYS, "keys"))
    return entry


def _check_options(config: Config, declared: dict[str, str], content: Path) -> dict[str, str]:
    chosen = {}
    file = f"{content.resolve().name}/site.yaml"
    for option, value in config.theme_options.items():
        if option not in declared:
            message = f"the theme has no option {option!r}"
            raise InputError([Fault(file, 0, "theme_options", message, name_nearest(option, declared, "options"))])
        if not _COLOUR.fullmatch(value):
            message = f"{option}: {value!r} is not a colour"
            raise InputError([Fault(file, 0, "theme_options", message, 'Write it as "#0a6a54".')])
        low = min(_measure_contrast(value, ground) for ground in _GROUNDS[option])
        if low < _CONTRAST:
            message = f"{option}: {value} has a contrast of {low:.1f}:1 where text needs {_CONTRAST}:1"
            remedy = "Choose a darker colour." if option == "accent" else "Choose a lighter colour."
            raise InputError([Fault(file, 0, "theme_options", message, remedy)])
        chosen[option] = value
    return chosen


def _measure_contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    light, dark = sorted((_measure_luminance(first), _measure_luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _measure_luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _read_templates(folder: Path) -> dict[str, str]:
    files = {
        file.relative_to(folder).as_posix(): file for file in walk_files(folder) if not leads_outside(file, folder)
    }
    try:
        return {name: file.read_text("utf-8") for name, file in files.items()}
    except UnicodeDecodeError as error:
        raise InputError([Fault(str(folder), 0, "", "a template is not UTF-8", "Save it as UTF-8.")]) from error


def _read_assets(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in walk_files(folder) if not leads_outside(file, folder)}

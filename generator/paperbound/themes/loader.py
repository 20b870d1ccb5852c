"""Themes on disk: a chain of folders to a Theme value, its options checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..config import Config
from ..languages import find_language
from ..model.errors import Fault, FieldError, InputError, name_nearest
from ..storage.plugins import Plugin, load_plugins
from ..storage.sources import find_builtin_themes, leads_outside, walk_files
from ..text.yamltext import Entry, YamlError, load_entries
from .options import SYSTEM, Option, choose_options, declare_options, list_typefaces, write_properties
from .scripts import put_phrases
from .theme import Layer, Theme

_KEYS = ("name", "parent", "styles", "options")
_DEFAULT = "default"


def _check_folder(plugin: Plugin) -> Plugin:
    """Returns the plugin, whose folder of themes is a fault where it does not exist."""
    if plugin.fault or Path(plugin.value).is_dir():
        return plugin
    return plugin._replace(value=None, fault=f"the folder {plugin.value} does not exist")


# Folders of themes, as texts.
PLUGINS = tuple(map(_check_folder, load_plugins("paperbound.themes", str)))


def load_theme(config: Config, content: Path, folders: Sequence[Path]) -> Theme:
    """Loads the theme of site.yaml from `folders`, or from the built-in themes.

    Raises InputError for a theme that does not exist, a loop of parents, and options that the theme lacks.
    """
    places = [*folders, find_builtin_themes(), *(Path(one.value) for one in PLUGINS if one.value)]
    layers: list[Layer] = []
    styles: list[str] = []
    chain: list[tuple[Path, Entry]] = []
    site = content / "templates"
    if site.is_dir():
        layers.append(Layer(f"{content.resolve().name}", _read_templates(site), {}))
    name = config.theme
    seen: list[str] = []
    while True:
        folder = _find(name, places, content, seen)
        if name in seen:
            raise _fault(folder, "parent", f"the theme {name!r} is its own parent", "Name another parent, or none.")
        seen.append(name)
        entry = _read_yaml(folder)
        layers.append(Layer(f"themes/{name}", _read_templates(folder / "templates"), _read_assets(folder / "assets")))
        styles[:0] = [str(style) for style in entry.values.get("styles") or []]
        chain.append((folder, entry))
        if name == _DEFAULT:
            break
        name = str(entry.values.get("parent") or _DEFAULT)
    options, values, properties = _read_options(config, chain, content)
    typefaces = list_typefaces(options, values)
    layers = [replace(one, assets=_leave_out(one.assets, typefaces)) for one in layers]
    for typeface in (name for name, chosen in typefaces.items() if chosen):
        styles.append(f"{typeface}.css")
        for file in (f"{typeface}.css", f"{typeface}.woff2"):
            if not any(file in layer.assets for layer in layers):
                remedy = f"Put it there, or choose the typeface `{SYSTEM}`. `make setup` writes that of Paperbound."
                raise _fault(chain[0][0], "options", f"the typeface {typeface!r} has no file assets/{file}", remedy)
    language = find_language(config.language, config.own_languages)
    return Theme(config.theme, tuple(layers), tuple(dict.fromkeys(styles)), values, properties, language)


def collect_assets(theme: Theme) -> dict[str, bytes]:
    """Returns the theme's files by name, with all styles and properties in one `site.css`."""
    assets = {}
    first = {name: layer for layer in reversed(theme.layers) for name in layer.assets}
    for name in sorted(first):
        data, file = first[name].assets[name], f"{first[name].folder}/assets/{name}"
        assets[name] = put_phrases(data.decode(), theme.language, file).encode() if name.endswith(".js") else data
    styles = [assets.pop(name) for name in theme.styles if name in assets]
    sheet = b"".join(style.rstrip() + b"\n" for style in styles)
    return {**assets, "site.css": sheet + theme.properties.encode()}


def _leave_out(assets: Mapping[str, bytes], typefaces: Mapping[str, bool]) -> dict[str, bytes]:
    """Returns the assets without the files of typefaces that are not chosen."""
    return {name: data for name, data in assets.items() if typefaces.get(name.partition(".")[0], True)}


def _read_options(
    config: Config, chain: Sequence[tuple[Path, Entry]], content: Path
) -> tuple[dict[str, Option], dict[str, str], str]:
    """Returns all options, their values, and rules that the default styles lack."""
    options: dict[str, Option] = {}
    written = set(config.theme_options)
    for folder, entry in reversed(chain):
        try:
            declared = entry.values.get("options") or {}
            options = declare_options(declared, options)
        except FieldError as error:
            line = entry.lines.get("options", 0)
            raise _fault(folder, error.field, error.message, error.remedy, line) from error
        if folder.name != _DEFAULT:
            written.update(str(name) for name in declared)
    try:
        values = choose_options(options, config.theme_options)
    except FieldError as error:
        line = load_entries((content / "site.yaml").read_text("utf-8"))[1][0].lines.get("theme_options", 0)
        place = f"{content.resolve().name}/site.yaml"
        raise InputError([Fault(place, line, error.field, error.message, error.remedy)]) from error
    return options, values, write_properties(options, values, written)


def _fault(folder: Path, field: str, message: str, remedy: str, line: int = 0) -> InputError:
    return InputError([Fault(f"themes/{folder.name}/theme.yaml", line, field, message, remedy)])


def _find(name: str, places: Sequence[Path], content: Path, children: Sequence[str]) -> Path:
    """Returns the folder of a theme, named by the settings or by a child."""
    for place in places:
        if re.fullmatch(r"[A-Za-z0-9_-]+", name) and (place / name / "theme.yaml").is_file():
            return place / name
    known = {file.parent.name for place in places if place.is_dir() for file in place.glob("*/theme.yaml")}
    message, remedy = f"there is no theme {name!r}", name_nearest(name, known, "themes")
    if children:
        raise InputError([Fault(f"themes/{children[-1]}/theme.yaml", 0, "parent", message, remedy)])
    line = load_entries((content / "site.yaml").read_text("utf-8"))[1][0].lines.get("theme", 0)
    raise InputError([Fault(f"{content.resolve().name}/site.yaml", line, "theme", message, remedy)])


def _read_yaml(folder: Path) -> Entry:
    try:
        entries = load_entries((folder / "theme.yaml").read_text("utf-8"))[1]
    except YamlError as error:
        raise _fault(folder, error.field, error.message, error.remedy) from error
    entry = entries[0] if entries else Entry({}, {}, 1)
    unknown = (key for key in entry.values if key not in _KEYS)
    errors = [
        _fault(folder, key, f"{key!r} is no key of a theme", name_nearest(key, _KEYS, "keys"), entry.lines[key])
        for key in unknown
    ]
    if errors:
        raise InputError(fault for error in errors for fault in error.faults)
    return entry


def _read_templates(folder: Path) -> dict[str, str]:
    try:
        return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in _list_files(folder)}
    except UnicodeDecodeError as error:
        raise InputError([Fault(str(folder), 0, "", "a template is not UTF-8", "Save it as UTF-8.")]) from error


def _read_assets(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in _list_files(folder)}


def _list_files(folder: Path) -> list[Path]:
    return [file for file in walk_files(folder) if not leads_outside(file, folder)]

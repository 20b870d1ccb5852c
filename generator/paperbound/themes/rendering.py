"""Rendering: a template of a Theme with one context, in jinja2's sandbox."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from json.encoder import encode_basestring
from traceback import walk_tb
from types import CodeType, MappingProxyType
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from ..markup.embed import embed_blocks, embed_inline
from ..markup.markdown import escape_markdown
from ..model.errors import Fault, InputError
from ..storage.platform import BackgroundTask
from ..text.characters import wrap_text
from ..text.memo import memoize
from .environment import Environment, Keep
from .theme import Theme

# The code of templates by name; of those for plain text under True.
Codes = dict[bool, dict[str, CodeType]]
_PLAIN_JSON = json.JSONEncoder(ensure_ascii=False).encode
# The encoder of `tojson`, which otherwise creates one for each value.
_SORTED_JSON = json.JSONEncoder(sort_keys=True).encode


def render(theme: Theme, template: str, context: object, known: Mapping[str, object] = MappingProxyType({})) -> str:
    """Renders a template of a theme with a context.

    `known` replaces values of the context. Raises InputError for a fault.
    """
    environment = _find_environment(theme, template)
    # The slots of a frozen dataclass are its fields, and found twenty times as fast.
    names = getattr(context, "__slots__", ()) or vars(context)
    variables = {name: getattr(context, name) for name in names}
    variables.update(known)
    try:
        return environment.get_template(template).render(variables)
    except Exception as error:  # a template may raise anything; its author needs file and line
        raise InputError([_make_fault(theme, template, error)]) from error


def compile_templates(theme: Theme, templates: Iterable[str]) -> None:
    """Compiles templates with all templates that they extend, include or import."""
    for template in templates:
        environment = _find_environment(theme, template)
        for name, layer in theme.walk(template) or ():
            first = theme.find_template(name)
            environment.get_template(name if first and first[0] == layer else f"{name}@{layer}")


def find_codes(theme: Theme) -> Codes:
    """Returns the compiled templates of this process."""
    return memoize("codes", theme.templates_digest, lambda: {plain: {} for plain in (False, True)})


class TemplateCompiler:
    """Compiles templates in a background task, while records are read.

    That takes 0.09 s for the default theme, once for all workers (decision 17). The code is never written to a file.
    """

    def __init__(self) -> None:
        self._theme: Theme | None = None
        self._task: BackgroundTask[Codes] | None = None

    def start(self, theme: Theme, templates: Iterable[str]) -> None:
        """Begins to compile templates, unless this process has compiled some of the theme's before."""
        if not any(find_codes(theme).values()):
            self._theme, self._task = theme, BackgroundTask(lambda: _compile(theme, templates), low=True)

    def finish(self) -> None:
        """Waits for the code; this process and its forks use it."""
        if self._theme and self._task:
            for plain, codes in self._task.result().items():
                find_codes(self._theme)[plain].update(codes)

    def close(self) -> None:
        """Stops the task if the code was not used."""
        if self._task:
            self._task.close()


def _compile(theme: Theme, templates: Iterable[str]) -> Codes:
    try:
        compile_templates(theme, templates)
    except jinja2.TemplateError:
        # The first page that is rendered with a faulty template reports the fault.
        return {}
    return find_codes(theme)


class _CodeCache(jinja2.BytecodeCache):
    """A cache of compiled templates for jinja2, in memory."""

    def __init__(self, found: dict[str, CodeType], language: str) -> None:
        self._found, self._language = found, language

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._found.get(self._name(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._found[self._name(bucket)] = bucket.code

    def _name(self, bucket: Bucket) -> str:
        return f"{self._language} {bucket.key} {bucket.checksum}"


def _find_environment(theme: Theme, template: str) -> Environment:
    plain = template.endswith((".md", ".txt"))
    return memoize(
        "environment", f"{theme.templates_digest}{plain}", lambda: _make_environment(theme, autoescape=not plain)
    )


def _make_fault(theme: Theme, template: str, error: Exception) -> Fault:
    if isinstance(error, jinja2.TemplateSyntaxError):
        file = error.filename or error.name or template
        return Fault(file, error.lineno, "", f"the template is faulty: {error.message}", "Mend this line.")
    file, line = _place(theme, template, error)
    if isinstance(error, jinja2.TemplateNotFound):
        message = f"the template asks for {error.name!r}, which no layer of the theme has"
        return Fault(file, line, "", message, "Check the name; `parent:` reaches the layers behind this one.")
    remedy = "The theme contract, a page of the documentation, lists what each template may use."
    return Fault(file, line, "", f"the template failed: {error}", remedy)


def _make_environment(theme: Theme, *, autoescape: bool) -> Environment:
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        plain, _, number = name.partition("@")
        found = theme.find_template(plain, int(number) - 1 if number else -1)
        return (found[1], _file_of(theme, found[0], plain), lambda: True) if found else None

    environment = Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=autoescape,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=400,
        bytecode_cache=_CodeCache(find_codes(theme)[not autoescape], theme.language.digest),
        extensions=[Keep],
    )
    environment.theme, environment.language, environment.fragments, environment.found = theme, theme.language, {}, {}
    environment.fields = defaultdict(set)
    environment.globals["t"] = theme.language.t
    environment.policies |= {"json.dumps_function": _SORTED_JSON, "json.dumps_kwargs": {}}
    filters: dict[str, Callable[..., Any]] = {
        "_whole": lambda text: text,
        "md": escape_markdown,
        "inline": embed_inline,
        "block": embed_blocks,
        "wrap": wrap_text,
        "yaml": _write_yaml,
        "grouped": theme.language.group,
    }
    environment.filters |= filters
    return environment


def _write_yaml(value: Any) -> str:
    """Writes a value as JSON, a subset of YAML (https://yaml.org/spec/1.2.2/#chapter-1)."""
    return encode_basestring(value) if type(value) is str else _PLAIN_JSON(value)


def _file_of(theme: Theme, layer: int, name: str) -> str:
    return f"{theme.layers[layer].folder}/templates/{name}"


def _place(theme: Theme, template: str, error: Exception) -> tuple[str, int]:
    files = {_file_of(theme, number, name) for number, layer in enumerate(theme.layers) for name in layer.templates}
    found = theme.find_template(template)
    file, line = _file_of(theme, found[0], template) if found else template, 0
    for frame, number in walk_tb(error.__traceback__):
        if frame.f_code.co_filename in files:
            file, line = frame.f_code.co_filename, number
    return file, line

"""Every function that takes a text: 100,000 signs of each kind take two seconds of the processor at most."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import signal
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import pytest
from slow_texts import is_slow, repeat

import paperbound
from paperbound.formats.citations.cited import cite
from paperbound.importers.importer import ReadContext
from paperbound.importers.text.marks import Marked
from paperbound.model.build import Source
from paperbound.model.record import Author, Origin, Record
from surroundings import WHOLE

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGPROF"), reason="the time of a processor is a signal of POSIX")
# Of a record each text is the text.
TEXTS = frozenset(("str", "bytes", "Any", "str | None", "Iterable[str]", "Sequence[str]", "list[str]", "Record"))
# What stands for the other values of a function, by the type that the function needs.
VALUES: dict[str, Callable[[], Any]] = {
    "int": lambda: 2_000,
    "Callable[[str], str]": lambda: str,
    "Callable[[str], object]": lambda: lambda _text: None,
    "Callable[[Sequence[str]], int]": lambda: len,
    "Cited": lambda: cite(make_record("x"), ""),
    "Container[str]": lambda: (),
    "Iterable[tuple[str, str]]": lambda: (("a", "b"),),
    "Callable[[str, str], str]": lambda: lambda _sign, inner: inner,
    "Mapping[str, Target]": dict,
    "Mapping[str, tuple[str, str]]": dict,
    "Mapping[tuple[str, str], int]": dict,
    "bool": lambda: True,
    "Marked": Marked,
    "Sequence[Piece]": tuple,
    "Sequence[Record]": tuple,
    "ReadContext": lambda: ReadContext(lambda _fault: None),
    "Report": lambda: lambda _fault: None,
    "Source": lambda: Source("a", b""),
    "frozenset[str]": frozenset,
    "tuple[str, ...]": tuple,
}
# Functions that no stranger's text reaches, and why.
LEFT_OUT = {
    r"builder\.|storage\.|text\.memo|model\.build|pages\.(?!paper_page)|search\.(?:map|trees|arrays)": "names and digests of this program",
    r"cli\.|commands\.|config\.reader|shape\.|sources\.kinds\.values|themes\.": "what the owner wrote: arguments, settings, templates",
    r"languages\.(?:ar\.|plural_forms|calendar_words|language\.)|content\.languages": "phrases and codes of languages",
    r"urls\.": "slugs and names that were checked",
    r"checks\.running|content\.(?:folder\.read|free_pages|lists\.news|catalogue_cache)|sources\.(?:programs|transport\.send|kinds\.works|client)": "folders, files and requests",
    r"formats\.(?:thumbnails|citations\.csl_style|write_export|metadata)|content\.files\.assets": "pictures, style files and addresses of this site",
    r"search\.(?:stemmer|tokens\.find_term|query\.(?:ranking|index_reader|results))": "words of at most 60 signs",
    r"importers\.(?:fields\.report_unknown|files\.opening|pages\.\w+\.(?:convert_page|read_address)|arxiv\.atom|services\.(?:acl_xml|elements)"
    r"|bibtex\.entries\.convert_entry)": "parts of importers, whose whole files test_busy_bytes.py repeats",
    r"markup\.(?:markdown\.parse_line|embed\.close_blocks)": "texts that `is_hostile` of their callers lets pass",
    r"library\.|content\.(?:assemble|imports|files|people\.(?:profile_edits|descriptions)|yaml_files)|sources\.same|mail\.message\.write_message|model\.(?:catalogue|record\.has_form)|text\.yamltext\.require_text"
    r"|text\.report\.|formats\.citations\.cited\.show_date|sources\.matching": "names of fields, sites and tags of the owner",
}
PIECES = (
    *"a A 1 é 李 [ ] ( ) { } < > & ; ` * _ ~ ^ $ \\ / . , : - = # @ ! | + % ' \" \t \r \x00 \u202e \u0301 \u2028 \xa0".split(" "), " ", "\n",
    "a ", "a, ", "a.", "A. ", "a\n", "- ", "> ", "1. ", "# ", "<a ", "<!--", "</", "<a href='", "&a", "&#", "&amp;", "[](", "![", "[a](", "](", "``", "$$", "$a",
    "\\a", "\\text{", "\\(", "\\[", "{a", "{\\", "http://", "http://a.", "www.", "a@", "@a{", "10.1/", "10.1234/", "2106.0", "arXiv:", "a-", "a_b", "**a", "*a ",
    "~~", "===", "| ", "|-", "--", "and ", " and a", "Jr., ", "de la ", "12-", "2024-", "January ", "1/", "\\u00", "%20", "Ã©", "â€", "=?utf-8?q?", "a=", "a: ", "://",
    "<!---->", "<a></a>", "[a](b)", "{a}", '"a"', "'a'", "(a)", "$a$", "`a`", "**a** ", "<?a?>", "\\(a\\)", "<![CDATA[a]]>", "\\'e", "{\\'e}", "\\emph{a}",
    "\\frac", "\\begin{a}", "<math>", "<i>", "<sup>1</sup>", '\\"', "\n\n", "\n- a", "a | b\n", "1w", "-1", "\n---\n", "- [a](http://a.b/c)\n", "a[0]:", "{{<",
)  # fmt: skip
# A guard against many signs lets a thousand of them pass.
_THIN = 100
_SHARES = 12
_FIELDS = (
    "title",
    "abstract",
    "takeaway",
    "venue",
    "booktitle",
    "series",
    "publisher",
    "address",
    "volume",
    "issue",
    "pages",
    "note",
    "license",
)


def make_record(text: str) -> Record:
    """A record with one text in all fields that take any."""
    people = (Author(text, affiliation=text),)
    values: dict[str, Any] = dict.fromkeys(_FIELDS, text)
    return Record(
        **{**values, "id": "x", "authors": people, "editors": people, "origin": Origin("a", 1), "extra": {"x": text}}
    )


class Function(NamedTuple):
    """A function, and the name of its text."""

    call: Callable[..., object]
    text: str

    def bind(self, text: str) -> inspect.BoundArguments:
        """The values of a call with a text; all others are short."""
        words, named = list[Any](), dict[str, Any]()
        signature = inspect.signature(self.call)
        for one in signature.parameters.values():
            if one.kind is one.VAR_KEYWORD or (one.default is not one.empty and one.name != self.text):
                continue
            value = _shape(one.annotation, text if one.name == self.text else "x")
            if one.kind is one.KEYWORD_ONLY or (one.default is not one.empty and one.kind is not one.VAR_POSITIONAL):
                named[one.name] = value
            else:
                words += value if one.kind is one.VAR_POSITIONAL and isinstance(value, list) else [value]
        return signature.bind(*words, **named)

    def __call__(self, text: str) -> object:
        """Calls the function with a text."""
        values = self.bind(text)
        return self.call(*values.args, **values.kwargs)


def _shape(annotation: str, text: str) -> Any:
    if annotation not in TEXTS:
        return VALUES[annotation]()
    if annotation == "Record":
        return make_record(text[: len(text) // 2 + 1])  # of which there are thirteen
    if annotation == "bytes":
        return text.encode("utf-8", "replace")
    return [text] if annotation.endswith("[str]") else text


@lru_cache(1)
def list_functions() -> dict[str, Function]:
    """The public functions that take a text, by path and name of the text."""
    found: dict[str, Function] = {}
    for place in pkgutil.walk_packages(paperbound.__path__, "paperbound."):
        module = importlib.import_module(place.name) if not place.name.endswith("__main__") else None
        for name, one in vars(module).items() if module else ():
            inner = inspect.unwrap(one) if callable(one) else None
            path = f"{place.name.removeprefix('paperbound.')}.{name}"
            is_own = inspect.isfunction(inner) and inner.__module__ == place.name
            if name.startswith("_") or not is_own or any(re.match(left, path) for left in LEFT_OUT):
                continue
            for parameter in inspect.signature(one).parameters.values():
                if parameter.annotation in TEXTS and parameter.kind is not parameter.VAR_KEYWORD:
                    found[f"{path} {parameter.name}"] = Function(one, parameter.name)
    return found


def find_slow(act: Callable[[str], object], pieces: Sequence[str]) -> str:
    """The first piece that keeps a function busy too long, or nothing."""
    for piece in pieces:
        thin = repeat(piece + "a" * max(0, _THIN - len(piece)))
        if is_slow(act, f"x {repeat(piece)}\x01") or is_slow(act, thin):
            return piece
    return ""


def test_each_function_can_be_called() -> None:
    """A new function that takes a text joins by itself, or says above why it does not."""
    functions = list_functions()
    assert len(functions) > 200
    unknown = {}
    for name, one in functions.items():
        parameters = inspect.signature(one.call).parameters.values()
        needs = {each.annotation for each in parameters if each.default is each.empty} - TEXTS - VALUES.keys()
        if needs:
            unknown[name] = needs
        else:
            one.bind("some text")
    assert unknown == {}, "add the types to VALUES, or the functions to LEFT_OUT with a reason"


def test_each_exception_is_there() -> None:
    paths = [
        place.name.removeprefix("paperbound.") for place in pkgutil.walk_packages(paperbound.__path__, "paperbound.")
    ]
    assert all(any(re.match(left, f"{path}.") or left.startswith(path) for path in paths) for left in LEFT_OUT)


def find_all_slow(names: Sequence[str], step: int) -> dict[str, str]:
    """The slow functions, each with its piece; of `step` pieces each gets one, others than the next function."""
    functions = list_functions()
    tried = ((name, PIECES[number % step :: step]) for number, name in enumerate(names))
    return {name: piece for name, pieces in tried if (piece := find_slow(functions[name], pieces))}


def test_some_functions_take_time_as_their_text_is_long() -> None:
    assert find_all_slow(sorted(list_functions())[::7], 11) == {}


@pytest.mark.slow
@pytest.mark.parametrize("share", range(_SHARES))
def test_every_function_takes_time_as_its_text_is_long(share: int) -> None:
    assert find_all_slow(sorted(list_functions())[share::_SHARES], 1 if WHOLE else 12) == {}


def test_a_find_of_the_long_run_is_mended() -> None:
    assert find_slow(list_functions()["pages.paper_page.split_page markdown"], ["[", "![", "[a]("]) == ""


def test_a_slow_function_is_found() -> None:
    def count(text: str) -> int:
        return sum(text[at:].count("[") for at in range(len(text)))

    def guarded(text: str) -> object:
        return re.sub("<!--.*?-->", "", text) if text.count("<") <= 1_000 else None

    assert find_slow(count, ["["]) == "["
    assert find_slow(guarded, ["a", "<!--"]) == ""
    assert find_slow(lambda text: re.sub(r"\s+$", "", text), ["a", " "]) == " "

"""The house: who may import whom, how large a room may be, what no room may hold."""

from __future__ import annotations

import ast
import statistics
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator" / "paperbound"
# From the ground up; rooms on one floor never import each other.
FLOORS = (
    {"model"},
    {"text"},
    {"shape"},
    {"urls", "config", "markup", "languages", "storage", "search"},
    {"importers", "formats", "feeds", "themes"},
    {"content", "library"},
    {"pages"},
    {"builder", "mail", "sources"},
    {"checks"},
    {"commands"},
    {"cli"},
)
MODULES = sorted(PACKAGE.rglob("*.py"))
COMMAND_LINE = {"cli", "commands"}
DISK = {"checks", "storage", "content", "themes", "builder", "commands", "mail", "sources", "cli", "paperbound"}


def room_of(name: str) -> str:
    return name.split(".")[1] if "." in name else name


def floor_of(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def module_name(path: Path) -> str:
    parts = ("paperbound", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(part for part in parts if part != "__init__")


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imported(path: Path) -> set[str]:
    """The modules of ours and others that a file imports, relative ones resolved."""
    package = ("paperbound", *path.relative_to(PACKAGE).parent.parts)
    found = set()
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*start, *([node.module] if node.module else [])))
            found.add(base if node.module else f"{base}.{node.names[0].name}")
    return found


def imported_names(path: Path, module: str) -> set[str]:
    """The names that a file imports from a module."""
    nodes = (node for node in ast.walk(parse(path)) if isinstance(node, ast.ImportFrom))
    return {alias.name for node in nodes if node.module == module for alias in node.names}


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_go_one_way(path: Path) -> None:
    name = module_name(path)
    room = room_of(name)
    if name in ("paperbound", "paperbound.__main__"):
        return
    for other in imported(path):
        if other.startswith("paperbound.") and other != "paperbound.__version__" and room_of(other) != room:
            assert floor_of(room_of(other)) < floor_of(room), f"{name} imports {other}"


def find_circle(imports: dict[str, set[str]]) -> list[str]:
    """Returns modules that import each other in a circle, or nothing."""
    done: set[str] = set()

    def follow(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for other in sorted(imports[name]):
            if circle := follow(other, [*way, name]):
                return circle
        done.add(name)
        return []

    return next((circle for name in imports if (circle := follow(name, []))), [])


def test_no_module_imports_another_in_a_circle() -> None:
    names = {module_name(path) for path in MODULES}
    assert not find_circle({module_name(path): imported(path) & names for path in MODULES})
    assert find_circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]


def test_values_need_the_standard_library_only() -> None:
    known = {
        "__future__",
        "base64",
        "collections.abc",
        "dataclasses",
        "datetime",
        "difflib",
        "hashlib",
        "pathlib",
        "re",
    }
    known |= {"inspect", "marshal", "operator", "typing"}
    for path in (PACKAGE / "model").glob("*.py"):
        outside = {name for name in imported(path) if not name.startswith("paperbound")}
        assert outside <= known, path


def test_rooms_are_small() -> None:
    lengths = {path: path.read_text("utf-8").count("\n") for path in MODULES}
    assert max(lengths.values()) <= 400, max(lengths, key=lengths.__getitem__)
    assert statistics.median(lengths.values()) < 120


def test_names_say_something() -> None:
    assert not {path.stem for path in MODULES} & {"utils", "util", "helpers", "helper", "common", "base", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_no_module_keeps_state(path: Path) -> None:
    """Nothing mutable is bound at the top of a module and changed later; `text/memo.py` is the exception."""
    if path.name == "memo.py":
        return
    tree = parse(path)
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global)]
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.List | ast.Set):
            pytest.fail(f"line {node.lineno}: a tuple or a frozenset cannot be changed by mistake")
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict) and not node.value.keys:
            pytest.fail(f"line {node.lineno}: an empty dict at the top of a module is there to be filled")


def test_caches_of_functions_are_those_that_the_memo_names() -> None:
    memo = (PACKAGE / "text" / "memo.py").read_text("utf-8")
    cached = [path for path in MODULES if {"lru_cache", "cache"} & imported_names(path, "functools")]
    assert [path.relative_to(PACKAGE).as_posix() for path in cached] == [
        "formats/bibtex/entries.py",
        "markup/texts.py",
        "search/tokens.py",
        "text/names.py",
    ]
    assert all(f"`{path.relative_to(PACKAGE).as_posix()}`" in memo for path in cached)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_no_room_reads_clock_chance_or_environment(path: Path) -> None:
    if room_of(module_name(path)) in COMMAND_LINE:
        return
    text = path.read_text("utf-8")
    assert not imported(path) & {"time", "random", "secrets", "uuid", "locale", "tempfile"}
    for call in ("os.environ", "os.getenv", ".today(", ".now(", "getlocale"):
        assert call not in text, call


def test_only_the_build_touches_the_disk() -> None:
    calls = (".read_bytes(", ".read_text(", ".write_bytes(", ".write_text(", ".open(", " open(")
    for path in MODULES:
        room = room_of(module_name(path))
        if room in DISK:
            continue
        used = [call for call in calls if call in path.read_text("utf-8")]
        assert not used, path


def test_one_module_speaks_http() -> None:
    clients = {
        "tornado.httpclient",
        "tornado.simple_httpclient",
        "http.client",
        "urllib.request",
        "urllib3",
        "requests",
    }
    speakers = {module_name(path) for path in MODULES if imported(path) & (clients | {"httpx", "aiohttp"})}
    assert speakers == {"paperbound.sources.transport"}


def test_paths_are_decided_in_one_place() -> None:
    for path in MODULES:
        if path.name != "urls.py" and room_of(module_name(path)) in ("library", "pages", "feeds", "search", "formats"):
            assert "index.html" not in path.read_text("utf-8").replace("`index.html`", "").replace(
                'index_template: str = "index.html"', ""
            ), path


# Other functions of the name, and files of bytes.
NO_TEXT_OPENED = {"Image.open", "os.open", "Output.open", "page.open", "lzma.open", "tarfile.open"}


def find_unnamed_encodings(source: str) -> list[str]:
    """Returns the calls that read or write text in the encoding of the system, which is not UTF-8 everywhere."""
    found = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name, values = ast.unparse(call.func), [*call.args, *(one.value for one in call.keywords)]
        texts = [one.value for one in values if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        opens = (name == "open" or name.endswith(".open")) and not any("b" in text for text in texts)
        if name.endswith((".read_text", ".write_text")) or (opens and name not in NO_TEXT_OPENED):
            found += [ast.unparse(call)] if "utf-8" not in texts else []
    return found


def test_text_files_are_utf_8_on_every_system() -> None:
    root = PACKAGE.parent.parent
    files = [
        path for folder in ("generator", "tests", "benchmarks", "release") for path in (root / folder).rglob("*.py")
    ]
    ours = [path for path in files if not {"node_modules", ".venv"} & set(path.parts)]
    faults = {path: find_unnamed_encodings(path.read_text("utf-8")) for path in ours}
    assert not {path: calls for path, calls in faults.items() if calls}
    for call in ("path.read_text()", "path.write_text('b')", "path.open()", "open(path, 'w')", "path.open(newline='')"):
        assert find_unnamed_encodings(call) == [call]
    for call in ("path.read_text('utf-8')", "path.open('rb')", "open(path, encoding='utf-8')"):
        assert not find_unnamed_encodings(call)


def test_folders_have_three_to_fourteen_files() -> None:
    folders: dict[Path, int] = {}
    for path in MODULES:
        folders[path.parent] = folders.get(path.parent, 0) + 1
    assert {str(one.relative_to(PACKAGE)): count for one, count in folders.items() if not 3 <= count <= 14} == {}

"""`paperbound init`: makes the folder of a new site, with example or imported papers."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .. import __version__
from ..content.records import list_records, read_chunks
from ..content.tags import collect_tags
from ..markup.markdown import escape_inline
from ..model.errors import Fault, Faults, InputError, Report
from ..storage.sources import walk_output
from ..text.characters import clean, collapse
from ..text.report import count_of, list_faults
from .console.arguments import add_json
from .console.parser import Example
from .console.terminal import fail, say, show, show_json
from .papers.import_papers import ImportOptions, import_files

DESCRIPTION = """\
Makes the folder of a new site: settings, topics, an about page, papers, and what publishes the site on GitHub Pages or
GitLab Pages. Papers come from files in any format that `paperbound import` reads, or are three invented examples. A
folder that holds other files is refused, and nothing is ever overwritten."""
EXAMPLES: tuple[Example, ...] = (
    ("paperbound init mine", "makes a site with three example papers"),
    ('paperbound init mine --from library.bib --title "My reading list"', "makes a site of the papers of a file"),
)
_STARTER = Path(__file__).with_name("starter")
# A name in the starter that begins so begins with a dot in the site: no tool takes it for a file of its own before.
_DOT = "dot-"
_MARK = re.compile("@(?:TITLE|NAME|REQUIREMENT)@")
# The folder of a wheel that no index has.
_WHEELS = "wheels"
# Foreign files that a fault names.
_SHOWN = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound init`."""
    # The folder first: behind --from it would be one of the files.
    parser.usage = "paperbound init FOLDER [--from FILE ...] [--title TEXT] [--json]"
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="the folder to make; it may exist and be empty"
    )
    parser.set_defaults(refuse=parser.error)
    parser.add_argument(
        "--from",
        dest="files",
        nargs="+",
        action="extend",
        type=Path,
        default=[],
        metavar="FILE",
        help="files whose papers the site begins with, such as library.bib (default: three invented papers)",
    )
    parser.add_argument("--title", default="", metavar="TEXT", help="the site's title (default: the folder's name)")
    add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Makes the site's folder; returns the exit code."""
    if chosen.folder is None:
        chosen.refuse("say the folder first: paperbound init mine --from library.bib")
    faults = Faults()
    title = collapse(clean(chosen.title)[0]) or _name_site(chosen.folder)
    try:
        papers = start_site(chosen.folder, title, chosen.files, faults.report)
    except InputError as error:
        return fail(chosen, error.faults, faults.warnings)
    if chosen.json:
        values = {"folder": str(chosen.folder), "papers": papers, "next": _list_next(chosen.folder)}
        show_json(chosen.command, values, warnings=faults.warnings)
        return 0
    for line in list_faults(faults.warnings, "warning"):
        say(line)
    if faults.warnings:
        say(f"The papers were taken nonetheless: {count_of(len(faults.warnings), 'remark')} on the files, see above.")
    what = count_of(papers, "paper") if chosen.files else f"{papers} example papers"
    here = chosen.folder.resolve() == Path.cwd()
    show(f"{'This folder' if here else chosen.folder} holds a site with {what}. Next:")
    for command in _list_next(chosen.folder):
        show(f"  {command}")
    return 0


def start_site(folder: Path, title: str, files: Sequence[Path], report: Report) -> int:
    """Makes a site's folder whole or not at all; returns the number of its papers.

    Without files the papers are examples. Raises InputError for a folder with other files, and for unreadable files.
    """
    _check_folder(folder, files)
    # On the same disk, so that the folder appears in one step.
    near = next(one for one in (folder, *folder.absolute().parents) if one.is_dir())
    with tempfile.TemporaryDirectory(prefix=".paperbound-", dir=near) as temporary:
        stage = Path(temporary) / "new"
        requirement, wheel = _find_requirement()
        for path, text in _fill_starter(title, requirement, with_papers=not files):
            file = stage / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        if wheel:
            (stage / _WHEELS).mkdir()
            shutil.copyfile(wheel, stage / _WHEELS / wheel.name)
        content = stage / "content"
        if files:
            _import(content, files, report)
        papers = len(list_records(read_chunks(content, report)))
        _move(stage, folder)
    return papers


def _name_site(folder: Path) -> str:
    name = collapse(clean(folder.resolve().name.replace("-", " ").replace("_", " "))[0])
    return name[:1].upper() + name[1:] or "Papers"


def _list_next(folder: Path) -> list[str]:
    enter = [] if folder.resolve() == Path.cwd() else [f"cd {shlex.quote(str(folder))}"]
    return [*enter, "paperbound serve", 'paperbound new "The title of a paper" --edit', "paperbound check"][:3]


def _check_folder(folder: Path, files: Sequence[Path]) -> None:
    """Raises InputError if the folder holds files.

    Hidden ones may be there, such as `.git`, unless init writes them.
    """
    for one in (folder, *folder.parents):
        if one.exists() and not one.is_dir():
            remedy = "Choose another name."
            raise InputError([Fault(str(one), 0, "", "there is a file of this name already", remedy)])
    if not folder.is_dir():
        return
    if (folder / "content" / "site.yaml").is_file() or (folder / "site.yaml").is_file():
        remedy = "Add papers with: paperbound import FILE… or choose a new folder."
        raise InputError([Fault(str(folder), 0, "", "the folder holds a site already", remedy)])
    ours = {_name_file(path.relative_to(_STARTER)).parts[0] for path in _STARTER.iterdir()}
    given = {file.resolve() for file in files}
    others = sorted(
        f"{one.name}/" if one.is_dir() else one.name
        for one in folder.iterdir()
        if (not one.name.startswith(".") or one.name in ours) and one.resolve() not in given
    )
    if others:
        more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        message = f"the folder holds other files: {', '.join(others[:_SHOWN])}{more}"
        raise InputError([Fault(str(folder), 0, "", message, "Choose a new folder, or move these files away.")])


def _fill_starter(title: str, requirement: str, *, with_papers: bool) -> Iterator[tuple[Path, str]]:
    """Yields the files of a site with this title."""
    values = {
        "@TITLE@": json.dumps(title, ensure_ascii=False),
        "@NAME@": escape_inline(title),
        "@REQUIREMENT@": requirement,
    }
    for path, _ in walk_output(_STARTER):
        text = (_STARTER / path).read_text("utf-8")
        text = _MARK.sub(lambda match: values[match[0]], text)
        if with_papers or "papers" not in Path(path).parts:
            yield _name_file(Path(path)), text


def _find_requirement() -> tuple[str, Path | None]:
    """Returns the line of requirements.txt for this Paperbound, and its wheel, if any.

    An installation from a repository or a wheel keeps its source (PEP 610).
    """
    released = f"paperbound=={__version__}"
    try:
        found = [file for file in metadata.files("paperbound") or () if file.name == "direct_url.json"]
    except metadata.PackageNotFoundError:
        found = []
    source = json.loads(found[0].read_text("utf-8")) if found else {}
    url = source.get("url", "")
    if "vcs_info" in source:
        return f"paperbound @ {source['vcs_info']['vcs']}+{url}@{source['vcs_info']['commit_id']}", None
    path = unquote(urlsplit(url).path)
    wheel = Path(path.removeprefix("/") if os.name == "nt" else path)
    if url.startswith("file:") and wheel.suffix == ".whl" and wheel.is_file():
        return f"./{_WHEELS}/{wheel.name}", wheel
    return released, None


def _name_file(path: Path) -> Path:
    return Path(*(f".{part.removeprefix(_DOT)}" if part.startswith(_DOT) else part for part in path.parts))


def _import(content: Path, files: Sequence[Path], report: Report) -> None:
    """Imports the papers of files; their keywords become the topics."""
    tags = content / "tags.yaml"
    head = "".join(line for line in tags.read_text("utf-8").splitlines(keepends=True) if line.startswith("#"))
    tags.unlink()
    if not import_files(ImportOptions(content, tuple(files)), report).read:
        remedy = "Name a file with papers, or leave --from out."
        raise InputError([Fault(str(files[0]), 0, "", "no paper is in the files", remedy)])
    records = list_records(read_chunks(content, report))
    counts = Counter(tag for record in records for tag in record.tags)
    topics = collect_tags(records, None, report)
    lines = [
        f"- {{slug: {json.dumps(slug)}, name: {json.dumps(topics[slug].name, ensure_ascii=False)}}}\n"
        for slug, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    tags.write_text(head + "".join(lines), "utf-8", newline="\n")


def _move(stage: Path, folder: Path) -> None:
    """Moves a site's files to their place; after an error nothing is there."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        stage.rename(folder)
        return
    entries = sorted(stage.iterdir())
    try:
        for entry in entries:
            entry.rename(folder / entry.name)
    except BaseException:
        for entry in entries:
            if not entry.exists():
                (folder / entry.name).rename(entry)
        raise

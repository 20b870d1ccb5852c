"""Where the tests are: the repository, the judges, the real records, the browser."""

from __future__ import annotations

import contextlib
import itertools
import lzma
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

import yaml
from hypothesis import settings

from paperbound.builder.pipeline import Result
from paperbound.importers.fields import report_unknown
from paperbound.importers.files.opening import open_source
from paperbound.importers.importer import ReadContext
from paperbound.model.build import Source
from paperbound.model.errors import Fault
from paperbound.model.record import Record

ROOT = Path(__file__).resolve().parent.parent
JUDGES = Path(__file__).parent / "judges" / "node_modules"
SHARED = ROOT.parent / "shared" / "data"
# Whether runs that only repeat, with other seeds or more rows, are whole, as by `make test-long`; elsewhere a part is run.
WHOLE = bool(os.environ.get("PAPERBOUND_WHOLE"))
CHROMIUM = shutil.which("chromium") or ""
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
# For a process that a test ends by Ctrl-C: one that was started in the background has that signal ignored.
INTERRUPTIBLE: dict[str, Any] = (
    {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.default_int_handler)} if os.name == "posix" else {}
)
Build = Callable[..., Result]
# Calls a function at each event of a page: of the page, the event and the function.
Listen = Callable[..., None]
_Result = TypeVar("_Result")


@lru_cache(4)
def read_anthology(count: int, step: int = 1) -> Sequence[Record]:
    """Records of each `step`th row of the anthology; the rows are unpacked and read once for several tests."""
    with lzma.open(SHARED / "anthology.jsonl.xz") as lines:
        rows = b"".join(itertools.islice(lines, 0, count * step, step))
    records, _ = read_records("jsonl", rows, "anthology.jsonl")
    assert len(records) == count
    return tuple(records)


def try_examples(count: int) -> settings:
    """Settings of a property with its own number of examples: a fifth of them where slow tests are left out."""
    return settings(max_examples=max(5, count * settings.default.max_examples // 300))


def count_calls(run: Callable[[], _Result], *events: str) -> tuple[_Result, int]:
    """Runs a function; returns its result and how many of the events (`call`, `c_call`) of `sys.setprofile` it had."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in events

    sys.setprofile(count)
    try:
        return run(), calls
    finally:
        sys.setprofile(None)


def find_port() -> int:
    """A free port of this machine for a server that needs its port beforehand, below those that others get meanwhile."""
    start = 20_000 + os.getpid() % 10_000
    for port in range(start, start + 1_000):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("no port is free")


def read_tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by their paths."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def blocks(text: str, language: str) -> list[str]:
    """The blocks of code of a document that say they are of this language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def read_records(
    name: str, data: str | bytes, file: str = "content/papers/a.yaml", **options: int
) -> tuple[list[Record], list[Fault]]:
    """The records that the importer of this name reads, and all faults."""
    faults: list[Fault] = []
    opened = open_source(Source(file, data if isinstance(data, bytes) else data.encode()), faults.append, name)
    assert opened
    importer, source = opened
    shared = importer.reader.gather(source) if importer.reader.gather else {}
    context = ReadContext(faults.append, {}, options, shared)
    records = [one for part in importer.reader.split(source) for one in importer.reader.read(part, context)]
    report_unknown(file, context.unknown, faults.append)
    return records, faults


def check_workflow(file: Path) -> tuple[str, Any]:
    """A workflow's text and its value, once schema and zizmor find no fault, each action is pinned and the top allows nothing."""
    schema = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(file)]
    zizmor = [
        str(Path(sys.executable).with_name("zizmor")),
        "--offline",
        "--no-progress",
        "--format",
        "plain",
        str(file),
    ]
    for command in (schema, zizmor):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    text = file.read_text("utf-8")
    assert all(re.search(r"@[0-9a-f]{40} # v\d", line) for line in text.splitlines() if "uses:" in line)
    value = yaml.safe_load(text)
    assert value["permissions"] == {}
    return text, value

"""Half a megabyte of anything needs less than 500 MB: importers, and the readers of lists, queries and stores."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from test_busy_bytes import PIECES

from surroundings import ROOT

pytest.importorskip("resource", reason="the memory of a process is known on POSIX")
LIMIT = 500_000_000
# What grows when it is read: aliases of YAML that repeat each other, up to the bound.
_ALIASES = "".join(f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 8) if at else 'x, x, x, x'}]\\n" for at in range(8))
_FILES = """
from test_any_file import read_file
from test_busy_bytes import PIECES, repeat
for piece in PIECES[name]:
    read_file(repeat(piece, 500_000), "a", name)
"""
_GROWING = {
    "yaml": f"read_file(b'{_ALIASES}', 'a', 'yaml'); read_file(b'- ' + b'[x, ' * 90 + b']' * 90 + b'\\n', 'a', 'yaml')",
    "markdown": f"read_file(b'---\\n{_ALIASES}---\\n', 'a', 'markdown')",
    "cff": f"read_file(b'cff-version: 1.2.0\\n{_ALIASES}', 'a', 'cff')",
}
# On Linux the usage of a process begins with that of the one that started it; its status does not.
_PEAK = """
if sys.platform == "linux":
    with open("/proc/self/status") as file:
        print(1024 * next(int(line.split()[1]) for line in file if line.startswith("VmHWM")))
else:
    import resource
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""
READERS = {
    "a query": "from paperbound.search.query.parser import parse_query; [parse_query(one * 250_000) for one in ('a ', 'a:', '~1', '..')]",
    "a list of recipients": "from paperbound.mail.recipients import read_recipients; from paperbound.model.build import Source; "
    "[read_recipients(Source(file, one * 100_000), lambda fault: None) for file in ('a.txt', 'a.yaml') for one in (b'a@b.org\\n', b'- a\\n', b'a <', b'[')]",
    "a cache": "from pathlib import Path; from paperbound.storage.cache_files import read_value, write_cache_file; file = Path(folder) / 'a'; "
    "[(file.write_bytes(one * 100_000), read_value(file, 'x-1', 'y')) for one in (b'paperbound', b'\\xfb\\xff\\xff\\xff\\x7f', b'[\\xff\\xff\\xff\\x7f')]",
    "a journal": "from pathlib import Path; from paperbound.builder.output import read_journal; file = Path(folder) / 'journal'; "
    "[(file.write_bytes(one * 100_000), read_journal(file)) for one in (b'paperbound', b'(\\xff\\xff\\xff\\x7f')]",
    "an alias of YAML": f"from test_any_file import read_file; {_GROWING['yaml']}; {_GROWING['markdown']}; {_GROWING['cff']}",
}  # fmt: skip


def measure(code: str, folder: Path, name: str = "") -> int:
    """The largest memory of a process of its own that runs a program, in bytes."""
    places = [str(ROOT / "tests"), str(Path(__file__).parent)]
    head = f"import sys\nsys.path[:0] = {places!r}\nname, folder = {name!r}, {str(folder)!r}\n"
    done = subprocess.run([sys.executable, "-c", head + code + _PEAK], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])


@pytest.mark.parametrize("name", [name if name in ("bibtex", "jsonl") else pytest.param(name, marks=pytest.mark.slow) for name in PIECES])  # fmt: skip
def test_no_importer_needs_half_a_gigabyte(name: str, tmp_path: Path) -> None:
    assert measure(_FILES, tmp_path, name) < LIMIT


@pytest.mark.parametrize("reader", READERS)
def test_no_reader_needs_half_a_gigabyte(reader: str, tmp_path: Path) -> None:
    assert measure(READERS[reader], tmp_path) < LIMIT


def test_a_program_that_needs_more_is_caught(tmp_path: Path) -> None:
    assert measure("some = b'x' * 600_000_000", tmp_path) > LIMIT
    assert measure("some = b'x' * 100_000_000", tmp_path) < LIMIT

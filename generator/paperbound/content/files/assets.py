"""Attachments: files beside records, and files of the static folder, with the sizes of pictures."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ...model.catalogue import Asset
from ...model.digests import digest_bytes
from ...model.errors import Fault, Report
from ...model.links import is_attached, is_picture
from ...model.record import is_device
from ...storage.sources import name_file, read_source, walk_files

_HEAD = 10_000
# Control characters, bytes that are not UTF-8, a backslash; a full stop or a space at the end.
_FAULTY = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]|[. ]\Z")
_VIEW_BOX = re.compile(
    rb"<svg\s[^>]*?viewBox=[\"'][\s,]*(?:-?[\d.]+[\s,]+){2}(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)[\s,]*[\"']"
)


def read_attachments(folder: Path, report: Report) -> tuple[Asset, ...]:
    """Reads the files in `papers/` that are no records: documents, slides, pictures."""
    files = (file for file in walk_files(folder / "papers") if is_attached(file.name))
    return tuple(_read_assets(((file, name_file(file, folder)) for file in files), folder, report))


def read_static(folder: Path, report: Report) -> tuple[Asset, ...]:
    """Reads the files of the static folder, hidden ones too: `.well-known` is such a folder."""
    root = folder / "static"
    files = (file for file in sorted(root.rglob("*")) if file.is_symlink() or not file.is_dir())
    return tuple(_read_assets(((file, file.relative_to(root).as_posix()) for file in files), folder, report))


def _read_assets(files: Iterator[tuple[Path, str]], folder: Path, report: Report) -> Iterator[Asset]:
    known: set[str] = set()
    for file, name in files:
        # Some systems write names in the other form of Unicode; addresses have one.
        path = unicodedata.normalize("NFC", name)
        if any(_FAULTY.search(part) or is_device(part) for part in path.split("/")):
            message = f"{path!r} is no name of a file on every system"
            report(Fault(name_file(file, folder), 0, "", message, "Give the file another name."))
        elif path in known:
            message, remedy = f"another file is {path!r}, too, in the other form of Unicode", "Delete one of them."
            report(Fault(name_file(file, folder), 0, "", message, remedy))
        elif file.is_symlink() and file.is_dir():
            message, remedy = "a link to a folder", "Put the folder itself there."
            report(Fault(name_file(file, folder), 0, "", message, remedy))
        elif source := read_source(file, folder, report):
            size = measure_picture(source.data) if is_picture(path) else (0, 0)
            known.add(path)
            yield Asset(path, str(file.resolve()), digest_bytes(source.data), *size)


def measure_picture(data: bytes) -> tuple[int, int]:
    """Returns width and height of a picture in pixels, turned; zeros without one."""
    import imagesize  # 40 ms, and many sites have no pictures

    width, height = imagesize.get(io.BytesIO(data))
    if width < 1 and (box := _VIEW_BOX.search(data[:_HEAD])):  # a drawing of any size
        width, height = float(box[1]), float(box[2])
    return (round(width), round(height)) if width >= 1 and height >= 1 else (0, 0)

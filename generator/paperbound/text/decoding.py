"""Decoding of sources: UTF-8 only, with the line of the first invalid byte."""

from __future__ import annotations

from ..model.errors import Fault, Report
from ..model.job import Source


def decode(source: Source, report: Report) -> str | None:
    """Decodes a source, with line feeds only and no byte order mark.

    Reports a fault and returns None unless the source is UTF-8.
    """
    data = source.data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + source.line
        message = f"byte {error.object[error.start]:#04x} is not UTF-8"
        report(Fault(source.file, line, "", message, "Save the file as UTF-8."))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")

"""Programs of the site's owner: run without a shell, within a time and a size."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from ..text.characters import clean, collapse

_LONGEST_MESSAGE = 200


class ProgramError(Exception):
    """Raised for a program that cannot run, is late, prints too much or fails."""


def run_program(
    argv: Sequence[str], data: bytes, folder: Path, seconds: float, most: int, environment: Mapping[str, str]
) -> bytes:
    """Runs a program with `data` as its input; returns the bytes that it prints.

    The program and all that it started end with this call. Raises ProgramError with the reason in one line: not
    found, no result within `seconds`, more than `most` bytes, or another exit code than 0 with the last line of its
    errors.
    """
    try:
        process = subprocess.Popen(
            argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ProgramError(f"does not start: {reason}") from error
    output: list[bytes] = []
    errors: deque[bytes] = deque(maxlen=1)
    assert process.stdin
    assert process.stdout
    assert process.stderr
    # Reading ends at the end of the output, or one byte after too many.
    reader = _start(lambda pipe: output.append(pipe.read(most + 1)), process.stdout)
    others = (
        _start(lambda pipe: _write(pipe, data), process.stdin),
        _start(lambda pipe: _drain(pipe, errors), process.stderr),
    )
    try:
        reader.join(seconds)
        late = reader.is_alive()
        if not late and len(output[0]) <= most:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(seconds)
    finally:
        _end(process)
        for thread in (reader, *others):
            thread.join()
        process.stdout.close()
        process.stderr.close()
    if late:
        raise ProgramError(f"did not end within {seconds:g} s")
    if len(output[0]) > most:
        raise ProgramError(f"printed more than {most:,} bytes")
    if process.returncode:
        reason = collapse(clean(b"".join(errors).decode("utf-8", "replace"))[0])[:_LONGEST_MESSAGE]
        raise ProgramError(f"ended with code {process.returncode}{f': {reason}' if reason else ''}")
    return output[0]


def _start(work: object, pipe: IO[bytes]) -> threading.Thread:
    thread = threading.Thread(target=work, args=(pipe,), daemon=True)  # type: ignore[arg-type]
    thread.start()
    return thread


def _write(pipe: IO[bytes], data: bytes) -> None:
    # A program need not read its input.
    with contextlib.suppress(OSError):
        pipe.write(data)
    with contextlib.suppress(OSError):
        pipe.close()


def _drain(pipe: IO[bytes], errors: deque[bytes]) -> None:
    """Reads errors to their end; keeps the last line, or its beginning."""
    while line := pipe.readline(10_000):
        if line.strip():
            errors.append(line)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the program with all that it started, and waits."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()

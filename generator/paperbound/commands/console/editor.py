"""The editor of the user: that of the environment, or one that the system has."""

from __future__ import annotations

import os
import shlex
import shutil

# Debian's choice of the user, then the simplest first.
_USUAL = ("sensible-editor", "nano", "vi", "notepad")


def find_editor() -> list[str]:
    """Returns the command that VISUAL or EDITOR names, or a usual editor; empty without one."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if command:
        try:
            return shlex.split(command, posix=os.name == "posix")
        except ValueError:  # a quote without its other half
            return [command]
    return [name for name in _USUAL if shutil.which(name)][:1]

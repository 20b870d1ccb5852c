"""Writes the references in docs/ from the code: `make reference`."""

from __future__ import annotations

from pathlib import Path

from checks_reference import describe_checks
from command_reference import describe_commands
from fields_reference import describe_fields
from settings_reference import describe_settings
from theme_contract import describe_contract

REFERENCES = {
    "command-line.md": describe_commands,
    "settings.md": describe_settings,
    "fields.md": describe_fields,
    "theme-contract.md": describe_contract,
}

if __name__ == "__main__":
    for name, describe in REFERENCES.items():
        (Path(__file__).parents[2] / "docs" / name).write_text(describe(), "utf-8")
    folder = Path(__file__).parents[2] / "docs" / "checks"
    folder.mkdir(exist_ok=True)
    for name, text in describe_checks().items():
        (folder / name).write_text(text, "utf-8")

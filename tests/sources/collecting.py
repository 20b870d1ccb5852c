"""Runs of `collect` in the tests: a content folder, sources, days, and the files afterwards."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from paperbound.commands.papers.collect import CollectOptions, collect_sources
from paperbound.content.folder import read_content
from paperbound.model.errors import Fault
from paperbound.sources.client import Client, Clock, Limits
from paperbound.sources.collector import Outcome


@dataclass
class Site:
    """A content folder that is collected into; `time` moves by sleeping only."""

    content: Path
    passed: float = 0.0
    warnings: list[Fault] = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def make(cls, folder: Path, sources: str, **files: str) -> Site:
        content = folder / "content"
        content.mkdir(parents=True)
        (content / "site.yaml").write_text("title: Papers\nbase_url: https://papers.example.org/\n", "utf-8")
        (content / "sources.yaml").write_text(sources, "utf-8")
        for name, text in files.items():
            (content / f"{name}.yaml").write_text(text, "utf-8")
        return cls(content)

    def sleep(self, seconds: float) -> None:
        self.passed += seconds

    def run(
        self, day: datetime.date, *sources: str, dry_run: bool = False, environment: dict[str, str] | None = None
    ) -> list[Outcome]:
        """Collects on a day; returns the outcome of each source."""
        noon = datetime.datetime.combine(day, datetime.time(6, 17), datetime.UTC)
        clock = Clock(
            lambda: self.passed,
            lambda: noon + datetime.timedelta(seconds=self.passed % 3600),
            self.sleep,
            random.Random(1).random,
        )
        options = CollectOptions(self.content, sources, day, dry_run, environment)
        make_client = lambda site, clock: Client(site, clock, limits=self.limits)  # noqa: E731
        return list(collect_sources(options, clock, self.warnings.append, make_client))

    def editions(self, series: str = "") -> dict[str, list[str]]:
        """The papers of each edition of a series, by id."""
        folder = self.content / "collections"
        files = sorted(folder.glob(f"{series}*.yaml")) if folder.is_dir() else []
        return {file.stem: yaml.safe_load(file.read_text("utf-8"))["papers"] for file in files}

    def records(self) -> list[str]:
        """The ids of all records, which must parse."""
        faults: list[Fault] = []
        content = read_content(self.content, faults.append)
        assert not [fault for fault in faults if not fault.warning], faults
        idents = [record.id for record in content.records]
        known = {ident.lower() for ident in idents}
        for collection in content.others.collections:
            assert {ident.lower() for ident in collection.papers} <= known, collection
        assert len(known) == len(idents)
        return idents

    def snapshot(self) -> dict[str, bytes]:
        """All files with their bytes."""
        return {
            file.relative_to(self.content).as_posix(): file.read_bytes()
            for file in sorted(self.content.rglob("*"))
            if file.is_file()
        }


def join(editions: Iterable[list[str]]) -> list[str]:
    return [ident for papers in editions for ident in papers]

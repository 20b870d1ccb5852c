"""Lighthouse's four scores of pages of the site of `content/`: `python benchmarks/lighthouse.py [ROUNDS]`.

The mobile profile: a slow telephone (its processor four times slower) and a slow network, simulated. The server sends
gzipped files, as hosts of static sites do. Medians of the rounds; the table goes into docs/performance.md.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from tables import write_document

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site

TESTS = Path(__file__).resolve().parent.parent / "tests"
sys.path[:0] = [str(TESTS / "browser"), str(TESTS)]

from browser_server import Handler, serve_folder  # noqa: E402

from surroundings import CHROMIUM, ROOT  # noqa: E402

PROGRAM = Path(__file__).parent / "peers" / "node_modules" / "lighthouse" / "cli" / "index.js"
FLAGS = "--headless=new --no-sandbox --disable-gpu"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


class _GzipHandler(Handler):
    """Serves files gzipped."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:  # noqa: N802
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        kind = self.guess_type(str(path))
        is_text = not kind.startswith(("font/", "image/png", "image/jpeg", "image/webp"))
        data = gzip.compress(path.read_bytes(), 6, mtime=0) if is_text else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(data)


def list_pages(site: Path) -> dict[str, str]:
    """The address of a page of each kind, by the name of the kind; the largest of topics and authors."""

    def find_largest(kind: str) -> str:
        pages = (site / kind).glob("*/index.html")
        return f"/{kind}/{max(pages, key=lambda page: (page.stat().st_size, page.parent.name)).parent.name}/"

    found = {
        "home": "/",
        "paper": find_largest("papers"),
        "topic": find_largest("tags"),
        "author": find_largest("authors"),
        "authors": "/authors/",
        "search": "/search/",
        "search, a query": "/search/?q=inference",
        "map": "/map/",
    }
    return {name: path for name, path in found.items() if (site / path.partition("?")[0].strip("/")).is_dir()}


def measure(address: str, folder: Path) -> dict[str, Any]:
    """Runs Lighthouse on one page: the four scores (0 to 100), and layout shift."""
    file = folder / "report.json"
    command = ["node", str(PROGRAM), address, "--quiet", "--output=json", f"--output-path={file}"]
    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    subprocess.run([*command, f"--chrome-flags={FLAGS}"], env=environment, check=True, capture_output=True, timeout=300)
    report = json.loads(file.read_text("utf-8"))
    scores = {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}
    shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
    faults = [
        name
        for category in CATEGORIES
        for name in (one["id"] for one in report["categories"][category]["auditRefs"] if one["weight"])
        if (report["audits"][name]["score"] or 0) < 0.9
        and report["audits"][name]["scoreDisplayMode"] in ("binary", "numeric")
    ]
    return {**scores, "shift": shift, "faults": faults}


def main() -> None:
    """Measures the pages, prints faults, and writes the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        build_site(Options(ROOT / "content", site), InlineExecutor())
        rows = [
            "| page | performance | accessibility | best practices | SEO | layout shift |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        with serve_folder(site, handler=_GzipHandler) as address:
            for name, path in list_pages(site).items():
                found = [measure(address + path.removeprefix("/"), Path(folder)) for _ in range(rounds)]
                scores = [f"{median(one[category] for one in found):.0f}" for category in CATEGORIES]
                shift = median(one["shift"] for one in found)
                rows.append(f"| {' | '.join((name, *scores, f'{shift:.3f}'))} |")
                print(rows[-1], *sorted({fault for one in found for fault in one["faults"]}), flush=True)
    load = f"Measured on {datetime.now(UTC):%Y-%m-%d at %H:%M}, load {os.getloadavg()[0]:.1f}, rounds: {rounds}."
    write_document("lighthouse", "\n".join([*rows, "", load]))


if __name__ == "__main__":
    main()

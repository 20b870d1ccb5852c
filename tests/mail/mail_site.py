"""A small site, and the command that sends its digests."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from mail_server import MailServer

RECORDS = """\
- id: first
  title: The *first* paper on $O(n^2)$ shelves
  authors: [Ada Lovelace, Grace Hopper]
  date: 2026-11-20
  tags: [shelves]
  takeaway: Shelves cost $n^2$.
- id: second
  title: A second paper
  authors: [José Póczos]
  date: 2026-11-21
  tags: [graphs, shelves]
  abstract: What an author says of graphs.
- id: third
  title: 图书的第三篇论文
  date: 2026-11-22
  tags: [graphs]
  summary: A summary.
"""
SITE = """\
title: Shelf Papers
base_url: https://papers.example.org/shelf/
digest:
  from: Shelf Papers <digest@papers.example.org>
  reply_to: editors@papers.example.org
  unsubscribe: https://papers.example.org/leave?who={address}
"""
Serve = Callable[..., MailServer]
Run = Callable[..., subprocess.CompletedProcess[str]]
COMMAND = [sys.executable, "-m", "paperbound", "digest"]


def send_arguments(server: MailServer, file: str = "list.txt") -> list[str]:
    """The arguments that send to a list through a server, without waiting long."""
    return ["--send", "--to", file, "--smtp", f"127.0.0.1:{server.port}", "--security", server.security, "--pause", "0.01",
            "--rate", "1000000"]  # fmt: skip

"""Fixtures of the tests of mail: an authority for certificates, servers, a small site, the command."""

from __future__ import annotations

import os
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import trustme
from mail_server import PASSWORD, USER, MailServer
from mail_site import RECORDS, SITE, Run, Serve

from paperbound.cli import main


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A server's TLS, and the file that makes a client trust it."""
    issuer = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    file = tmp_path_factory.mktemp("authority") / "trusted.pem"
    issuer.cert_pem.write_to_path(file)
    return context, file


@pytest.fixture
def serve_mail(authority: tuple[ssl.SSLContext, Path]) -> Iterator[Serve]:
    """Starts servers, which end with the test."""
    with ExitStack() as stack:

        def start(security: str = "starttls", **options: bool) -> MailServer:
            context = None if security == "none" else authority[0]
            return stack.enter_context(MailServer(context, security, **options))

        yield start


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A content folder with three papers in one edition."""
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "collections").mkdir()
    (content / "site.yaml").write_text(SITE, "utf-8")
    (content / "papers" / "all.yaml").write_text(RECORDS, "utf-8")
    edition = "title: Trending\ndate: 2026-11-23\npapers: [second, first, third]\n"
    (content / "collections" / "trending-2026-11-23.yaml").write_text(edition, "utf-8")
    return content


@pytest.fixture
def environment(authority: tuple[ssl.SSLContext, Path]) -> dict[str, str]:
    """What a process that sends finds in its environment."""
    return {
        **os.environ,
        "SSL_CERT_FILE": str(authority[1]),
        "PAPERBOUND_SMTP_USER": USER,
        "PAPERBOUND_SMTP_PASSWORD": PASSWORD,
    }


@pytest.fixture
def digest(
    site: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs `paperbound digest` on the small site, in this process."""

    def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        with monkeypatch.context() as patch:
            patch.chdir(site.parent)
            for name, value in {**environment, **changes}.items():
                patch.setenv(name, value)
            try:
                code = main(["digest", *arguments])
            except SystemExit as end:  # of arguments that cannot be read
                code = int(end.code or 0)
        printed = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, printed.out, printed.err)

    return run

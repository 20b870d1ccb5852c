"""Templates are compiled ahead by a second process, or, where that fails, by whoever renders them."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import jinja2
import pytest

from paperbound.themes.rendering import TemplateCompiler, compile_templates, find_codes
from paperbound.themes.theme import Layer, Theme


def make_theme(name: str, **templates: str) -> Theme:
    """A theme that no other test has, of the templates that papers are made with."""
    front = {f"{stem}.html": text for stem, text in templates.items()}
    return Theme(name, (Layer(name, front | {"paper.md": "{% import 'macros.html' as m %}"}, {}),), ())


def refuse(*_: object) -> None:
    raise AssertionError("this was compiled ahead")


def list_children() -> set[str]:
    """The processes that this one has started and that are not gone."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {process for task in tasks for process in task.read_text().split()}


def test_what_was_compiled_ahead_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    theme = make_theme("ahead", paper="{% extends 'layout.html' %}", layout="{{ page }}", macros="m")
    with closing(TemplateCompiler()) as compiler:
        compiler.start(theme, ("paper.html", "paper.md"))
        compiler.finish()
    assert {plain: len(codes) for plain, codes in find_codes(theme).items()} == {False: 2, True: 2}
    monkeypatch.setattr(jinja2.Environment, "compile", refuse)
    compile_templates(theme, ("paper.html", "paper.md"))


def test_a_faulty_template_is_left_to_whoever_renders_it() -> None:
    theme = make_theme("faulty", paper="{% if %}", layout="", macros="")
    with closing(TemplateCompiler()) as compiler:
        compiler.start(theme, ("paper.html", "paper.md"))
        compiler.finish()
    assert not any(find_codes(theme).values())
    with pytest.raises(jinja2.TemplateSyntaxError):
        compile_templates(theme, ("paper.html",))


def test_whoever_does_not_wait_leaves_no_process() -> None:
    theme = make_theme("left", paper="{{ a }}" * 60_000, layout="", macros="")
    before = list_children()
    with closing(TemplateCompiler()) as compiler:
        compiler.start(theme, ("paper.html", "paper.md"))
        assert len(list_children() - before) == 1
    assert list_children() <= before


def test_a_process_whose_build_was_killed_ends() -> None:
    # What it compiled does not fit into the pipe, and nobody reads it.
    script = """if True:
        import os, signal
        from paperbound.themes.rendering import TemplateCompiler
        from paperbound.themes.theme import Layer, Theme
        files = {"paper.html": "{{ a }}" * 3_000, "paper.md": ""}
        TemplateCompiler().start(Theme("killed", (Layer("killed", files, {}),), ()), ("paper.html", "paper.md"))
        os.kill(os.getpid(), signal.SIGKILL)
    """
    # It has its output from the one that was killed, which is read until it is gone as well.
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL

"""Templates are compiled by a background task or, where that fails, by the process that renders them."""

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
    """Returns a theme of its own for each test, of the templates of papers."""
    front = {f"{stem}.html": text for stem, text in templates.items()}
    return Theme(name, (Layer(name, front | {"paper.md": "{% import 'macros.html' as m %}"}, {}),), ())


def refuse(*_: object) -> None:
    raise AssertionError("this was compiled ahead")


def list_children() -> set[str]:
    """Returns the running children of this process."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {process for task in tasks for process in task.read_text("utf-8").split()}


def test_compiled_templates_are_not_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
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
    # The compiled templates do not fit into the pipe, and no process reads them.
    script = """if True:
        import os, signal
        from paperbound.themes.rendering import TemplateCompiler
        from paperbound.themes.theme import Layer, Theme
        files = {"paper.html": "{{ a }}" * 3_000, "paper.md": ""}
        TemplateCompiler().start(Theme("killed", (Layer("killed", files, {}),), ()), ("paper.html", "paper.md"))
        os.kill(os.getpid(), signal.SIGKILL)
    """
    # The child has the output of the killed process, which is read until the child has ended, too.
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL

"""Waits for what a page becomes, and timers of a page that a test fires: nothing depends on how busy the machine is."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Error, Page

# Timers wait until the test fires them: as late as they can be, and what stands for two seconds stands until then.
_HOLD_TIMERS = """
    const timers = new Map();
    window.setTimeout = (act) => { timers.set(timers.size + 1, act); return timers.size; };
    window.clearTimeout = (timer) => timers.set(timer, null);
    window.fireTimers = () => timers.forEach((act, timer) => { timers.set(timer, null); act?.(); });
"""


def wait_until(page: Page, is_so: Callable[[], object], turns: int = 1200) -> None:
    """Waits until a function of the test returns a true value, for a minute at most, and fails after it.

    The page's policy forbids the polling of Playwright. A page that is loaded anew meanwhile answers nothing yet.
    """
    for _ in range(turns):
        try:
            if is_so():
                return
        except Error as error:
            if "context was destroyed" not in str(error):
                raise
        page.wait_for_timeout(50)
    raise AssertionError("what was waited for did not come")


def hold_timers(page: Page) -> None:
    """Keeps the timers of each later document of a page until `fire_timers`."""
    page.add_init_script(_HOLD_TIMERS)


def fire_timers(page: Page) -> None:
    """Calls what the timers of the page wait to call."""
    page.evaluate("fireTimers()")


def wait_for_reader(page: Page) -> None:
    """Waits for the script that a page loads last: it draws saved papers, and a click leads on in a list only with it."""
    page.evaluate("import(document.querySelector('script[data-reader]').dataset.reader).then(() => null)")

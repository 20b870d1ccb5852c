"""The address of the published site: a warning where nothing says it."""

from __future__ import annotations

import re

from ...model.build import Options
from ...model.errors import Fault

# A search of the bytes: a build without changes imports no reader of YAML.
_SETTING = re.compile(rb"^[^#\n]*\bbase_url\b", re.MULTILINE)


def find_missing_address(options: Options) -> tuple[Fault, ...]:
    """Returns a warning for a site without base_url, and nothing for other sites.

    The warning is no error with --strict: who publishes the site often gives its address, and the content has no fault.
    """
    file = options.content / "site.yaml"
    if options.base_url or not file.is_file() or _SETTING.search(file.read_bytes()):
        return ()
    from ...config import DEFAULT_BASE_URL

    message = (
        f"the site has no address: its feeds, sitemap and mail say {DEFAULT_BASE_URL}, which only this machine knows"
    )
    remedy = "Before you publish it, write `base_url: https://example.org/papers/`, or build with --base-url URL."
    return (
        Fault(
            f"{options.content.resolve().name}/site.yaml", 0, "base_url", message, remedy, warning=True, rule="address"
        ),
    )

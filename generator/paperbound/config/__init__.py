"""The settings of a site, and their reader."""

from .reader import KEYS, STYLES, normalize_base_url, read_config, split_server
from .settings import DEFAULT_BASE_URL, Config, Mailing, Subscription

__all__ = (
    "DEFAULT_BASE_URL",
    "KEYS",
    "STYLES",
    "Config",
    "Mailing",
    "Subscription",
    "normalize_base_url",
    "read_config",
    "split_server",
)

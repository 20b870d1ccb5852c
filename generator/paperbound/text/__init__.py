"""Text functions: slugs, names, dates, YAML, digests, reports. No input or output."""

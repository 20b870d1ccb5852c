"""Text functions: characters, slugs, names, YAML, reports. No input or output."""

"""Foreign files before their format reads them: format, encoding, shared values."""

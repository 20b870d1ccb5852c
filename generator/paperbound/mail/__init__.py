"""The e-mail digest: an edition as messages, to a file or to a list."""

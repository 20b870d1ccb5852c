"""People: authors.yaml, the identities of authors, and likely variants of names."""

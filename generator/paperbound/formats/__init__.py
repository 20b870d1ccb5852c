"""Formats out: a Record as BibTeX, as `citation_*` tags, as JSON-LD."""

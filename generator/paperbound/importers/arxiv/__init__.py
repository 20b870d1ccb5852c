"""Importers of arXiv: its feeds, and the JSON of scripts that read them."""

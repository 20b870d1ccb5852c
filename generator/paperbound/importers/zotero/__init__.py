"""Importers of Zotero: items in JSON, the library in RDF, and as a table."""

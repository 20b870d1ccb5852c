"""Lookup: identifiers of papers, the services that know them, and their answers as records."""

"""BibTeX and BibLaTeX: entries, strings and parents to records."""

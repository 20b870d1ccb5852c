"""BibTeX and BibLaTeX: a Record as an entry, its key, its texts as LaTeX."""

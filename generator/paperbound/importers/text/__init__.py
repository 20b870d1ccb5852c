"""Texts of foreign files: marks, LaTeX, HTML and MathML."""

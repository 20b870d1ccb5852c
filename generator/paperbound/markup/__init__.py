"""Markdown, LaTeX and formulas to safe HTML or plain text."""

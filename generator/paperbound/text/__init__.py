"""Text in, text out: Markdown, math, LaTeX, slugs, names, dates. No input or output."""

"""Pages of sites and lists: front matter, Markdown lists, tables and listings."""

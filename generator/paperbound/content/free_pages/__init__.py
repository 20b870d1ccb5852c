"""Free pages: Markdown files of the site's own, and the files that they link to."""

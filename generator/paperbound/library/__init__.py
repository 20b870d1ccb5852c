"""The site as pages are planned from it, and what many pages share."""

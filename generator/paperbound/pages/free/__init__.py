"""Free pages of a site, and the search of pages."""

"""Feeds and sitemaps: values to bytes, by ElementTree, never by hand."""

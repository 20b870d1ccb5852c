"""Pictures that are drawn: cards of pages, and thumbnails of papers."""

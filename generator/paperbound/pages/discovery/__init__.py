"""Pages that show all papers at once: the map and the statistics."""

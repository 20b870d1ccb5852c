"""Files: sources that are read, cache files, places, background tasks."""

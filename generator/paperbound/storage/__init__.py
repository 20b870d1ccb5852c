"""Files: sources that are read, cache files, system calls, background tasks."""

"""Building: the only rooms that touch the disk or start work."""

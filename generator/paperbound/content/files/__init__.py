"""Files that are no records: those of the static folder, and those beside records."""

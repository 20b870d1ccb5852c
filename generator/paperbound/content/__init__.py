"""A content folder to a catalogue: files, records, duplicates, caches."""

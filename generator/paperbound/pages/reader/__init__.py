"""Pages that scripts fill from what the reader's browser keeps."""

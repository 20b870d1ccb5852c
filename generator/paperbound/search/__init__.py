"""Search index: documents to postings to files; `document.py` holds the contract with the browser."""

"""Search index: documents to postings to files, and the contract with the browser's code.

`manifest.py` holds the contract.
"""

"""Commands on papers: take them in, change them, give them out."""

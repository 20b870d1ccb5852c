"""Related papers: the six papers of the largest cosine."""

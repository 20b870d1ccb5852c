"""Collections besides their papers: kinds, and days without an edition."""

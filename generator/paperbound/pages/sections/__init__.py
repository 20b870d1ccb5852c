"""The sections: an index of names and a list of papers for each name."""

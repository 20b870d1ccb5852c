"""The search of a built site, as the browser reads and ranks the index."""

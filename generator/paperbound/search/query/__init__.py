"""The search of a built site: its index is read and ranked as the browser does."""

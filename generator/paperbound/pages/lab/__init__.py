"""Pages of a lab: its people and its news."""

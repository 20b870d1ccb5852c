"""Rules for the content: a rule a file."""

"""Rules for built sites: a rule or a few a file."""

"""Answers of services, in JSON and XML, to records."""

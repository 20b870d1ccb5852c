"""Sources: services, feeds and files with new papers, and the HTTP client."""

"""The preview of `paperbound serve`: its builds, its web server, the script of its pages."""

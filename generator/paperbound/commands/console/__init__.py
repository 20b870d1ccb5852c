"""Shared by all commands: parser, help, colours, progress, the site folder."""

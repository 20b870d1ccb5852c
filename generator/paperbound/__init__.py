"""Paperbound: a static site generator for research papers."""

__version__ = "0.1.0"

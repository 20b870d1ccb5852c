"""Themes: a value of layers (site, theme, parent, default), and rendering with it."""

"""Figures of the platform, measured as its users meet them."""

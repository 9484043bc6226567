"""Simulated visitors, who browse and buy through the shops' real pages and know nothing that a page does not say."""

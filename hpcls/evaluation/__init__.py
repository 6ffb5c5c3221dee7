"""Scores on published items, and what models answer."""

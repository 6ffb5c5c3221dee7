"""Suggestions tried out: compiled, run in a sandbox, compared, checked for races, timed."""

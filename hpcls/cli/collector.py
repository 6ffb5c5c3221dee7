"""How often Python looks for objects that only refer to each other."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 500_000
"""Twice what a file of 7,000 lines comes to while it is analysed, where Python's own threshold is 700 objects."""


def collect_rarely() -> None:
    """For a process that analyses: what an analysis makes lives until it ends and goes without being looked for, so
    that searches only go through the same objects again."""
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])

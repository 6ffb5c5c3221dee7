"""How often Python looks for objects that only refer to each other."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 200_000
"""More than an ordinary file comes to, some megabytes, where Python's own threshold is 700 objects."""


def collect_rarely() -> None:
    """For a process that analyses: nearly all that an analysis makes lives until it ends, or goes without being looked
    for, so that frequent searches only go through the same objects again."""
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])

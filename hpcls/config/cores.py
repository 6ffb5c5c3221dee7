"""What "as many as there are cores" means."""

from __future__ import annotations

import os


def cores() -> int:
    """The cores that this process may use: fewer than the machine has under taskset or in a container's cpuset."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

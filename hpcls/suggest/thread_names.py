"""Names that people give to what each thread of a region has for itself, such as `local_sum` or `myMax`."""

from __future__ import annotations

import re

_FIRST = re.compile(r"(?i:my|local|loc_|thread|thr_|thd|priv|[ltp]_)")
_LAST = re.compile(r"(?i:local|thread|priv|thrv?)\d?$|_(?:loc|th|t|l)$")


def is_threads_own(name: str) -> bool:
    """Whether the variable is probably declared in the parallel region, or private to it, that the loop stands in."""
    plain = name.partition("[")[0]
    return bool(_FIRST.match(plain) or _LAST.search(plain))

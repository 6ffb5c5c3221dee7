"""Ways to a scalar beside its name in the loop, which a clause that names it would leave alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hpcls.analysis.accesses import Access
from hpcls.analysis.model import UnitModel
from hpcls.analysis.variables import spelling

USED_ELSEWHERE = "{} is written here, and used by its own name in a function that is called"
AccessesOf = Mapping[str, Sequence[Access]]
"""The accesses of a loop, by variable and path."""


def other_way(model: UnitModel, accesses: AccessesOf, key: str) -> tuple[str, bool, str] | None:
    """Message, that nothing is shown, and remedy, where a written scalar has such a way; else None."""
    name = spelling(key.partition(".")[0])
    if used_by_callees(accesses, key):
        return USED_ELSEWHERE.format(name), False, f"hand {name} to the functions that use it"
    if any(access.is_write and not model.is_by_name(access) for access in accesses.get(key, ())):
        return f"{name} is written through another name", False, f"use {name} by its own name"
    return None


def used_by_callees(accesses: AccessesOf, key: str) -> bool:
    """Whether a function that is called names the variable itself, of which threads would have copies."""
    root = key.partition(".")[0]
    same = (found for other, found in accesses.items() if other.startswith(root) and other.partition(".")[0] == root)
    return any(access.by_callee for found in same for access in found)

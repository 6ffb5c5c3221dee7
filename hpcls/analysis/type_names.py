"""Types by the names that a file has for them (C17 6.7.8, C++20 [dcl.typedef])."""

from __future__ import annotations

import re
from collections.abc import Callable

from hpcls.syntax.declarations import Symbol

_DEEPEST = 4
"""How many names deep a type is spelled out."""


def spelled_out(type_text: str, named: Callable[[str], Symbol | None], deep: int = _DEEPEST) -> str:
    """A type with what the names in it stand for: `std::vector<Row>` as `std::vector<std::vector<double>>`.

    `named` gives what a name is in view for, None for any other word.
    """

    def meant(name: re.Match[str]) -> str:
        alias = named(name[0]) if deep else None
        return f"{spelled_out(alias.type_text, named, deep - 1)}{'*' * alias.pointers}" if alias else name[0]

    return re.sub(r"[A-Za-z_]\w*", meant, type_text)

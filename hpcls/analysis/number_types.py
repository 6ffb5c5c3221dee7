"""Types of numbers by the names in view for them (C++20 [dcl.typedef], C17 6.7.8)."""

from __future__ import annotations

import re

from hpcls.syntax.scopes import ScopeTree

_INTEGERS = frozenset(
    "int short long char signed unsigned bool _Bool size_t ssize_t ptrdiff_t int8_t int16_t int32_t int64_t uint8_t "
    "uint16_t uint32_t uint64_t intptr_t uintptr_t".split()
)
_ARITHMETIC = _INTEGERS | frozenset("float double complex _Complex".split())
_NARROW = frozenset("short char bool _Bool float double int8_t int16_t uint8_t uint16_t".split())
_NARROW_NAME = re.compile(r".*(?:8|16)(?:_t)?|g?(?:byte|u?char|u?short|half|word)(?:_t)?", re.IGNORECASE)
"""Names that are not in view and that libraries give to small integers: `guint8`, `Int16`, `uchar`, `BYTE`."""
_INDEX_NAME = re.compile(r"index|idx|ordinal|size|offset|count|int|^i$", re.IGNORECASE)
"""Template parameters that are meant for whole numbers that count or pick elements."""
_QUALIFIER = re.compile(r"[()]|\b(?:const|volatile)\b")
MOST_ALIASES = 10
"""Names for names of types that are followed."""


class NumberTypes:
    """Those of one file."""

    def __init__(self, scopes: ScopeTree) -> None:
        self._scopes = scopes
        self._known: dict[tuple[str, int], str | None] = {}

    def named(self, type_text: str, offset: int) -> str | None:
        """`type_text` if it is a type of numbers, or the one that `typedef` and `using` in view call so at `offset`."""
        place = type_text, offset
        if place not in self._known:
            self._known[place] = self._found(type_text, offset)
        return self._known[place]

    def _found(self, type_text: str, offset: int) -> str | None:
        for _ in range(MOST_ALIASES):
            if is_arithmetic_type(type_text.replace("std::", "")):
                return type_text or None
            alias = self._scopes.lookup(type_text, offset)
            if alias is None or alias.kind != "type" or alias.pointers or alias.dimensions:
                return None
            type_text, offset = alias.type_text, alias.start
        return None

    def is_narrow(self, type_text: str, offset: int) -> bool:
        """Whether a conversion at `offset` to the type may change an index."""
        plain = _QUALIFIER.sub(" ", type_text).strip()
        named = self.named(plain, offset)
        if named is not None:
            return is_narrow_type(named)
        meant = self._scopes.lookup(plain, offset)
        is_open = meant is not None and meant.kind == "template-parameter" and not _INDEX_NAME.search(plain)
        return is_open or bool(_NARROW_NAME.fullmatch(plain))


def is_arithmetic_type(type_text: str) -> bool:
    """Whether it consists of nothing but words for types of numbers."""
    return all(word in _ARITHMETIC for word in type_text.split())


def is_narrow_type(type_text: str) -> bool:
    """Whether a conversion to the type may change an index."""
    return not _NARROW.isdisjoint(type_text.replace("std::", "").split())


def is_integer_type(type_text: str) -> bool:
    """Whether the type named `type_text` is an integer one as the language or its library spells it."""
    words = set(type_text.replace("std::", "").split())
    return bool(words & _INTEGERS) and not words & (_ARITHMETIC - _INTEGERS)

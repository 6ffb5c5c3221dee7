"""The numbers of enumerators that none is written for: one more than that in front (C17 6.7.2.2)."""

from __future__ import annotations

import re

from tree_sitter import Node

from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import Literal
from hpcls.syntax.loops import integer
from hpcls.syntax.source import Source

_COMMENT = re.compile(rb"/\*.*?\*/|//[^\n]*", re.DOTALL)


def enumerated(source: Source, node: Node, front: Symbol | None) -> str | None:
    """The number of the enumerator `node` without a written value, in digits; `front` is what was declared last.

    None where it is not known: the one in front has no plain number, or an `#if` or a macro stands between them.
    """
    if front is not None and front.kind == "enumerator":
        _, end = front.initializer or (front.start, front.end)
        if _between(source, end, node.start_byte) == b",":
            number = _number(source, front)
            return None if number is None else str(number + 1)
    listed = node.parent
    is_first = listed is not None and _between(source, listed.start_byte, node.start_byte) == b"{"
    return "0" if is_first else None


def _between(source: Source, start: int, end: int) -> bytes:
    return _COMMENT.sub(b" ", source.data[start:end]).strip()


def _number(source: Source, symbol: Symbol) -> int | None:
    text = symbol.value if symbol.initializer is None else source.slice(*symbol.initializer)
    negative, digits = (text or "").startswith("-"), (text or "").lstrip("- ")
    number = integer(Literal(symbol.start, symbol.end, digits))
    return -number if negative and number is not None else number

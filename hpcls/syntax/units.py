"""The pieces of a file that have control flow of their own: function bodies, and loops outside any function."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tree_sitter import Node

from hpcls.syntax.lower import lower_block
from hpcls.syntax.lower_expressions import text
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Block, Loop, Statement, walk

_DIRECTIVE = re.compile(rb"^[ \t]*#[ \t]*pragma[ \t]+omp\b", re.MULTILINE)
LOOP_NODES = frozenset(("for_statement", "for_range_loop", "while_statement", "do_statement"))


@dataclass(frozen=True, eq=False)
class Unit:
    """One body, lowered."""

    name: str | None
    """The function's name as written; None outside functions."""
    body: Block
    is_fragment: bool
    """Statements outside any function: names need no declaration, and nothing follows."""
    is_broken: bool
    """It stands in text that did not parse, or in a lambda or macro argument: its surroundings are not known."""
    is_too_deep: bool = False
    """Nested too deeply to be lowered: the body is empty."""


def units(source: Source, at: int | None = None) -> tuple[Unit, ...]:
    """Every unit of `source` that holds a loop, in source order; with `at`, what is left of them if only the function
    around that byte is looked at, where there is one.
    """
    loops = source.loops
    around = [one for one in source.functions if at is not None and one.start_byte <= at < one.end_byte]
    if around:
        loops = [loop for loop in loops if around[0].start_byte <= loop.start_byte < around[0].end_byte]
    return tuple(sorted(_units(source, loops, around or source.functions), key=lambda unit: unit.body.start))


def loopless_units(source: Source) -> tuple[Unit, ...]:
    """The functions of `source` that hold a directive of OpenMP but no loop, in source order."""
    directives = [match.start() for match in _DIRECTIVE.finditer(source.data)]
    if not directives:
        return ()
    loops = [loop.start_byte for loop in source.loops]
    functions = [one for one in source.functions if _is_any_in(directives, one) and not _is_any_in(loops, one)]
    return tuple(unit for unit in map(function_unit, functions) if unit and not unit.is_too_deep)


def _is_any_in(offsets: list[int], node: Node) -> bool:
    first = bisect_left(offsets, node.start_byte)
    return first < len(offsets) and offsets[first] < node.end_byte


def _units(source: Source, loops: Sequence[Node], functions: Sequence[Node]) -> Iterator[Unit]:
    starts = [loop.start_byte for loop in loops]
    seen: set[int] = set()
    for function in functions:
        first = bisect_left(starts, function.start_byte)
        if first == len(starts) or starts[first] >= function.end_byte:
            continue
        unit = function_unit(function)
        if unit:
            inside = (
                starts[first : bisect_left(starts, function.end_byte)] if unit.is_too_deep else loop_starts(unit.body)
            )
            seen.update(inside)
            yield unit
    if any(loop.start_byte not in seen for loop in loops):
        yield from _fragments(source, loops, seen)


def loop_starts(body: Statement) -> Iterator[int]:
    """The offsets of the loops in `body`."""
    return (part.start for part in walk(body) if isinstance(part, Loop))


def function_unit(function: Node) -> Unit | None:
    """The unit of a function_definition; None where it has no body in braces."""
    body = function.child_by_field_name("body")
    if body is None or body.type != "compound_statement":
        return None
    name = _function_name(function)
    try:
        return Unit(name, _body_of(function), is_fragment=False, is_broken=False)
    except RecursionError:
        empty = Block(body.start_byte, body.end_byte, ())
        return Unit(name, empty, is_fragment=False, is_broken=False, is_too_deep=True)


@lru_cache(maxsize=256)
def _body_of(function: Node) -> Block:
    """Kept, since the analysis of loops, summaries of what is called and the rules for MPI all ask for it.

    Raises RecursionError, each time anew: whether it is nested too deeply depends on who asks.
    """
    body = function.child_by_field_name("body")
    assert body is not None
    return lower_block(body, body.children)


def _function_name(function: Node) -> str | None:
    current = function.child_by_field_name("declarator")
    while current is not None and current.type not in ("identifier", "field_identifier", "qualified_identifier"):
        inner = current.child_by_field_name("declarator")
        if inner is None:
            inner = next((c for c in current.named_children if c.type.endswith(("declarator", "identifier"))), None)
        if inner is None:
            break
        current = inner
    return text(current) if current else None


def _fragments(source: Source, loops: Sequence[Node], seen: set[int]) -> Iterator[Unit]:
    root = source.tree.root_node
    statements = [child for child in root.children if child.type != "ERROR"]
    if root.type != "ERROR" and _holds_unseen(statements, seen):
        yield _fragment(root, statements, seen)
    half_typed = _half_typed(root, source)
    if half_typed and _holds_unseen(half_typed.children, seen):
        yield replace(_fragment(half_typed, half_typed.children, seen), is_fragment=False)
    for loop in loops:
        if loop.start_byte not in seen:
            yield replace(_fragment(loop, [loop], seen), is_broken=True)


def _holds_unseen(nodes: list[Node], seen: set[int]) -> bool:
    return any(node.type in LOOP_NODES and node.start_byte not in seen for node in nodes)


def _half_typed(root: Node, source: Source) -> Node | None:
    """Text that does not parse up to the end of the file, as while somebody types: nothing of it lies elsewhere."""
    if root.type == "ERROR":
        return root
    last = root.children[-1] if root.children else None
    if last is None or last.type != "ERROR":
        return None
    return None if source.data[last.end_byte : root.end_byte].strip() else last


def _fragment(place: Node, nodes: list[Node], seen: set[int]) -> Unit:
    lowered = _lowered(place, nodes)
    body = lowered or Block(place.start_byte, place.end_byte, ())
    seen.update(loop_starts(body))
    return Unit(None, body, is_fragment=True, is_broken=False, is_too_deep=lowered is None)


def _lowered(place: Node, nodes: list[Node]) -> Block | None:
    try:
        return lower_block(place, nodes)
    except RecursionError:
        return None

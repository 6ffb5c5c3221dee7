"""Functions that only threads of a team call: a region of their own would give them no more threads.

Nested regions run on one thread unless somebody asks for more of them (OpenMP 5.2, 2.4, max-active-levels-var).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from hpcls.syntax.lower_expressions import text
from hpcls.syntax.queries import captured
from hpcls.syntax.source import Source

_QUERY = "(identifier) @name (preproc_arg) @macro"
_WORD = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class _Span:
    start: int
    end: int

    def holds(self, offset: int) -> bool:
        return self.start <= offset < self.end


def run_by_teams(source: Source, teams: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The functions of `source`, by their first byte and the one behind them, that are only called inside `teams`, the
    bytes of the statements of parallel regions, or by one another; each with the start of such a statement.
    """
    bodies = dict(_named(source.functions))
    if bodies.keys().isdisjoint(word for team in teams for word in _WORD.findall(source.slice(*team))):
        return {}
    found = captured(source.tree, _QUERY)
    calls = _calls(found.get("name", ()), frozenset(bodies))
    mentioned = {word for node in found.get("macro", ()) for word in _WORD.findall(text(node))}
    spans = [_Span(*team) for team in teams]
    known: dict[str, int] = {}
    for _ in bodies:
        more = {
            name: team
            for name, offsets in calls.items()
            if name not in known
            and name not in mentioned
            and (team := _team_of([at for at in offsets if not bodies[name].holds(at)], spans, bodies, known))
            is not None
        }
        if not more:
            break
        known |= more
    return {(bodies[name].start, bodies[name].end): team for name, team in known.items()}


def _named(functions: Sequence[Node]) -> Iterator[tuple[str, _Span]]:
    """The free functions with a plain name."""
    for node in functions:
        declarator = node.child_by_field_name("declarator")
        while declarator is not None and declarator.type in ("pointer_declarator", "function_declarator"):
            declarator = declarator.child_by_field_name("declarator")
        if declarator is not None and declarator.type == "identifier":
            yield text(declarator), _Span(node.start_byte, node.end_byte)


def _calls(names: Sequence[Node], functions: frozenset[str]) -> dict[str, list[int]]:
    """Where each of `functions` is called; none that anything else is done with, such as to hand it on."""
    found: dict[str, list[int]] = {}
    handed_on: set[str] = set()
    for node in names:
        name, parent = text(node), node.parent
        if name not in functions or parent is None or parent.type == "function_declarator":
            continue
        if parent.type == "call_expression" and parent.child_by_field_name("function") == node:
            found.setdefault(name, []).append(node.start_byte)
        else:
            handed_on.add(name)
    return {name: offsets for name, offsets in found.items() if name not in handed_on}


def _team_of(offsets: list[int], teams: list[_Span], bodies: dict[str, _Span], known: dict[str, int]) -> int | None:
    """The team that makes the first of the calls; None unless all of them are made by some team."""
    found = [_calling(at, teams, bodies, known) for at in offsets]
    return None if None in found or not found else found[0]


def _calling(offset: int, teams: list[_Span], bodies: dict[str, _Span], known: dict[str, int]) -> int | None:
    direct = next((team.start for team in teams if team.holds(offset)), None)
    through = (team for name, team in known.items() if bodies[name].holds(offset))
    return direct if direct is not None else next(through, None)

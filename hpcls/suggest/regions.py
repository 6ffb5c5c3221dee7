"""Where OpenMP already rules: the statement that each directive of a file belongs to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from tree_sitter import Node

from hpcls.suggest.team_calls import run_by_teams
from hpcls.syntax.directives import PlacedDirective, directives_in
from hpcls.syntax.nesting import Nesting
from hpcls.syntax.openmp_text import Directive
from hpcls.syntax.source import Source


@dataclass(frozen=True)
class Region:
    """One directive and the bytes of its statement."""

    directive: PlacedDirective
    start: int
    end: int


class Regions:
    """The regions of one file."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._placed = tuple(directives_in(source))
        placed = [found for found in self._placed if found.target is not None]
        root = source.tree.root_node
        self._regions = [Region(one, one.target or 0, _end(root, one.target or 0)) for one in placed]
        self._starts = [region.start for region in self._regions]
        self._nesting = Nesting([(region.start, region.end) for region in self._regions])
        self._orphaned: dict[tuple[int, int], PlacedDirective | None] = {}

    @cached_property
    def sharing(self) -> tuple[Directive, ...]:
        """The directives that share out loops among threads."""
        found = (region.directive.directive for region in self._regions)
        return tuple(one for one in found if "for" in one.name.split())

    def on(self, offset: int) -> Region | None:
        """The directive right above the statement at `offset`."""
        return self._first(bisect_left(self._starts, offset), offset + 1)

    def around(self, offset: int) -> Region | None:
        """The innermost directive whose statement holds the one at `offset`."""
        around = (self._regions[at] for at in self._nesting.around(offset))
        return next((region for region in around if region.start < offset), None)

    def inside(self, start: int, end: int, but: Set[str] = frozenset()) -> Region | None:
        """A directive that stands between two offsets, and is none of those named `but`."""
        first, last = bisect_right(self._starts, start), bisect_left(self._starts, end)
        found = self._regions[first:last]
        return next((one for one in found if one.directive.directive.name not in but), None)

    def _first(self, at: int, end: int) -> Region | None:
        return self._regions[at] if at < len(self._regions) and self._starts[at] < end else None

    def orphaned(self, start: int, end: int) -> PlacedDirective | None:
        """A directive between two offsets that binds to a team which is formed around the code, out of view."""
        if (start, end) not in self._orphaned:
            bound = (one for one in self._placed if start <= one.start < end and one.directive.name in _BIND_TO_A_TEAM)
            found = next((one for one in bound if not self._forms_a_team(one.start)), None)
            self._orphaned[start, end] = found
        return self._orphaned[start, end]

    def calling(self, offset: int) -> Region | None:
        """The parallel region whose threads alone call the function around `offset`; None where others may."""
        found = (team for (start, end), team in self._called.items() if start <= offset < end)
        return next(map(self.on, found), None)

    @cached_property
    def _called(self) -> dict[tuple[int, int], int]:
        teams = [(one.start, one.end) for one in self._regions if _is_busy_team(one)]
        return run_by_teams(self._source, teams)

    def _forms_a_team(self, offset: int) -> bool:
        around = (self._regions[at] for at in self._nesting.around(offset))
        return any("parallel" in region.directive.directive.name.split() for region in around)


_BIND_TO_A_TEAM = frozenset("barrier for sections single master masked".split()) | {"for simd"}
"""Constructs that a team encounters as a whole, or that pick one of its threads (OpenMP 5.2, 10.5, 11, 15.3)."""


def _is_busy_team(region: Region) -> bool:
    """Whether several threads surely run the statement, so that none is left for regions inside."""
    directive = region.directive.directive
    may_be_one = any(
        one.name == "if" or (one.name, *one.arguments) == ("num_threads", "1") for one in directive.clauses
    )
    return "parallel" in directive.name.split() and not may_be_one


def _end(root: Node, offset: int) -> int:
    """The end of the largest statement that starts at `offset`."""
    node = root.descendant_for_byte_range(offset, offset + 1)
    end = offset
    while node is not None and node.start_byte == offset and node.parent is not None:
        end = node.end_byte
        node = node.parent
    return end

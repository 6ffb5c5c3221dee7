"""Where OpenMP already rules: the statement that each directive of a file belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from tree_sitter import Node

from hpcls.syntax.directives import PlacedDirective, directives_in
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
        placed = [found for found in directives_in(source) if found.target is not None]
        root = source.tree.root_node
        self._regions = [Region(one, one.target or 0, _end(root, one.target or 0)) for one in placed]

    def on(self, offset: int) -> Region | None:
        """The directive right above the statement at `offset`."""
        return next((region for region in self._regions if region.start == offset), None)

    def around(self, offset: int) -> Region | None:
        """A directive whose statement holds the one at `offset`."""
        return next((region for region in self._regions if region.start < offset < region.end), None)

    def inside(self, start: int, end: int) -> Region | None:
        """A directive that stands between two offsets."""
        return next((region for region in self._regions if start < region.start < end), None)


def _end(root: Node, offset: int) -> int:
    """The end of the largest statement that starts at `offset`."""
    node = root.descendant_for_byte_range(offset, offset + 1)
    end = offset
    while node is not None and node.start_byte == offset and node.parent is not None:
        end = node.end_byte
        node = node.parent
    return end

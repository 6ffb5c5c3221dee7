"""The OpenMP constructs of one unit: each directive with the statement that it governs (OpenMP 5.2, 1.2.2)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from hpcls.syntax.directives import Clause, Directive, PlacedDirective
from hpcls.syntax.openmp import DIRECTIVES
from hpcls.syntax.openmp_clauses import CLAUSES
from hpcls.syntax.statements import Alternatives, Block, Loop, Pragma, Statement, walk

_SHARES_ITERATIONS = frozenset(("for", "distribute", "taskloop", "loop"))


@dataclass(frozen=True, eq=False)
class Construct:
    """One directive and its statement."""

    pragma: PlacedDirective
    statement: Statement

    @property
    def directive(self) -> Directive:
        """Its name and clauses."""
        return self.pragma.directive

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """`parallel` and `for` of `parallel for`."""
        known = DIRECTIVES.get(self.directive.name)
        return known.constituents if known else (self.directive.name,)

    @property
    def is_concurrent(self) -> bool:
        """Whether several threads, or the lanes of a vector unit, run its statement."""
        return "parallel" in self.parts or "teams" in self.parts or self.parts == ("simd",)

    @property
    def shares_iterations(self) -> bool:
        """Whether the iterations of its loops are dealt out to threads, teams or tasks."""
        return not _SHARES_ITERATIONS.isdisjoint(self.parts)

    def clauses(self, name: str) -> Iterator[Clause]:
        """Its clauses called `name`."""
        return (clause for clause in self.directive.clauses if clause.name == name)

    def has(self, name: str) -> bool:
        """Whether it has a clause called `name`."""
        return any(True for _ in self.clauses(name))

    def number(self, name: str) -> int | None:
        """The literal in the clause `name`; None without one."""
        texts = (argument for clause in self.clauses(name) for argument in clause.arguments)
        return next((int(text) for text in texts if text.isdecimal()), None)

    @cached_property
    def loops(self) -> tuple[Loop, ...]:
        """The loops that are associated with it, as far as the nest goes; all of a nest whose depth no literal says."""
        if not isinstance(self.statement, Loop) or not (self.shares_iterations or "simd" in self.parts):
            return ()
        wanted = self.number("collapse") or self.number("ordered") or (99 if self.has("collapse") else 1)
        found = [self.statement]
        while len(found) < wanted and (inner := _loop_in(found[-1].body)):
            found.append(inner)
        return tuple(found)


def _loop_in(body: Statement) -> Loop | None:
    """The one loop that stands right in `body`."""
    inner = body.parts if isinstance(body, Block) else (body,)
    loops = [part for part in inner if isinstance(part, Loop)]
    if not loops and len(inner) == 1 and isinstance(inner[0], Block):
        return _loop_in(inner[0])
    return loops[0] if len(loops) == 1 else None


class Constructs:
    """The constructs of one unit, outer ones before inner ones, and the directives that stand alone."""

    def __init__(self, body: Statement, directives: Mapping[int, PlacedDirective]) -> None:
        self._directives = directives
        self.stand_alone: list[PlacedDirective] = []
        self.is_readable = True
        """Every directive was found to belong to something, and has clauses of OpenMP only, no macros."""
        blocks = (block for block in walk(body) if isinstance(block, Block)) if directives else ()
        found = [one for block in blocks for one in self._in(block)]
        self.all = tuple(sorted(found, key=lambda one: (one.statement.start, -one.statement.end, one.pragma.start)))
        self._starts = [one.statement.start for one in self.all]
        self._chains = list[tuple[Construct, ...]]()
        for one in self.all:
            self._chains.append((one, *self._around(one.statement.start, len(self._chains))))

    def around(self, offset: int) -> tuple[Construct, ...]:
        """The constructs whose statement holds `offset`, innermost first."""
        return self._around(offset, bisect_right(self._starts, offset))

    def _around(self, offset: int, before: int) -> tuple[Construct, ...]:
        """Those among the first `before`, sorted from the outside in: they nest."""
        chain = self._chains[before - 1] if before else ()
        return next((chain[at:] for at, one in enumerate(chain) if offset < one.statement.end), ())

    def _in(self, block: Block) -> Iterator[Construct]:
        above: list[PlacedDirective] = []
        reached = 0
        for part in without_guards(block):
            if part.start < reached:
                continue  # what looks like a statement is the rest of a directive, behind a comment in it
            if not isinstance(part, Pragma):
                yield from (Construct(pragma, part) for pragma in above)
                above = []
            elif (pragma := self._directives.get(part.start)) is not None:
                reached = pragma.end
                (self.stand_alone if pragma.directive.stands_alone else above).append(pragma)
                self._check(pragma.directive)
        self.is_readable = self.is_readable and not above

    def _check(self, directive: Directive) -> None:
        known = directive.name in DIRECTIVES and all(clause.name in CLAUSES for clause in directive.clauses)
        self.is_readable = self.is_readable and known


def without_guards(block: Block) -> Iterator[Statement]:
    """The statements of `block`; pragmas behind `#ifdef _OPENMP` as if it were not there."""
    for part in block.statements:
        branches = part.branches if isinstance(part, Alternatives) and not part.complete else ()
        inner = branches[0].statements if len(branches) == 1 else ()
        if inner and isinstance(inner[0], Pragma):
            yield from inner
        else:
            yield part

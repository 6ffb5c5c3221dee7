"""A function that lacks calls of MPI, and what is known of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.flow import Flow
from hpcls.suggest.mpi.facts.gaps import Gap
from hpcls.suggest.mpi.facts.handed import handed_name
from hpcls.suggest.mpi.facts.pair import Pair, known_names
from hpcls.suggest.mpi.facts.program import Function, Program
from hpcls.suggest.mpi.facts.roles import Part
from hpcls.suggest.mpi.facts.start import Start, provided_by
from hpcls.suggest.mpi.facts.values import Values
from hpcls.syntax.expressions import Call, Name, names_in
from hpcls.syntax.expressions import walk as walk_expression
from hpcls.syntax.statements import Statement, expressions_of, walk

STARTS = ("MPI_Init", "MPI_Init_thread")
"""What starts MPI (MPI-4.0 §11.2)."""
END = "MPI_Finalize"
_CODE = "int"
_START = re.compile(r"init|set_?up|start|begin|bootstrap|environment", re.IGNORECASE)
_STOP = re.compile(r"finali[sz]e|shut_?down|tear_?down", re.IGNORECASE)
_PARALLEL = re.compile(r"mpi|comm|par|env|world", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Draft:
    """One function of a program that lacks calls."""

    program: Program
    function: Function
    pair: Pair
    """The variables for rank and size that no call sets."""
    gaps: tuple[Gap, ...]
    """Those of the whole file."""
    forced: bool
    """Whether an answer has to be given; else silence beats a guess."""

    @cached_property
    def flow(self) -> Flow:
        """What depends on the rank."""
        return Flow(self.function, self._name("rank"), self._name("size"))

    @cached_property
    def gap_targets(self) -> frozenset[str]:
        """The names of the variables whose value is still to be typed."""
        return frozenset(gap.variable for gap in self.gaps)

    @cached_property
    def codes(self) -> Mapping[int, Gap]:
        """The gaps, by line, that keep the code of success of a call (MPI-4.0 §2.8)."""
        return {gap.line: gap for gap in self.gaps if gap.operator == "=" and self._is_whole(gap)}

    @cached_property
    def clocks(self) -> frozenset[int]:
        """The lines of the other gaps."""
        return frozenset(gap.line for gap in self.gaps) - self.codes.keys()

    def _is_whole(self, gap: Gap) -> bool:
        if gap.type_text:
            return gap.type_text == _CODE
        found = self.function.variable(gap.variable)
        return found is not None and found.symbol is not None and found.is_number and found.symbol.type_text == _CODE

    @cached_property
    def is_started(self) -> bool:
        """Whether the program starts MPI, in view or, as far as one can tell, out of it."""
        return bool(self.program.calls_of(*STARTS)) or (not self.forced and bool(outside_starts(self.program)))

    @cached_property
    def is_ended(self) -> bool:
        """Whether the program ends MPI, likewise; who starts it out of view is taken to end it there."""
        if self.program.calls_of(END):
            return True
        if self.forced:
            return False
        return self._has_broken_end() or has_outside_end(self.program) or bool(outside_starts(self.program))

    def _has_broken_end(self) -> bool:
        """Whether the call stands in text that does not parse, such as behind a statement without its semicolon."""
        source = self.function.source
        nodes = (source.tree.root_node.descendant_for_byte_range(at, at) for at in source.openings.get(END, ()))
        return any(node is not None and node.type not in ("comment", "string_content") for node in nodes)

    @cached_property
    def values(self) -> Values:
        """What gives the function's variables their values."""
        return Values(self.function)

    @cached_property
    def start(self) -> Start:
        """The head of the function."""
        lines = {call.line for call in self.program.calls} | {gap.line for gap in self.gaps}
        level = provided_by(self.function)
        pair = (*self.pair.names, *([level] if level else []))
        return Start(self.function, pair, frozenset(lines), frozenset(self.codes if self.forced else ()))

    @cached_property
    def start_index(self) -> int:
        """The index of the statement before which MPI is, or will be, started."""
        begun = self._begun_at
        return self.start.index if begun is None else begun + 1

    @cached_property
    def _begun_at(self) -> int | None:
        """The index of the statement that starts MPI, by itself or in a function of this file."""
        places = [call.start for call in self.program.calls_of(*STARTS)]
        starters = {one.name for at in places if (one := self.program.around(at)) and one is not self.function}
        starters |= frozenset() if self.forced else outside_starts(self.program)
        for i, item in enumerate(self.function.items):
            if any(item.holds(at) for at in places) or not starters.isdisjoint(called_in(item.statement)):
                return i
        return None

    def _name(self, part: Part) -> str | None:
        missing = self.pair.rank if part == "rank" else self.pair.size
        if missing is not None:
            return missing.name
        known = known_names(self.program, self.function, part)
        if known or self.forced:
            return known[0] if known else None
        return handed_name(self.program, self.function, part)


def outside_starts(program: Program) -> frozenset[str]:
    """The functions out of view that `main` calls and that, going by name and arguments, start MPI."""
    main = program.main
    if main is None or program.calls_of(*STARTS):
        return frozenset()
    own = {one.name for one in program.functions}
    given = frozenset(main.parameters)
    return frozenset(
        name
        for item in main.items
        for name, used in _called(item.statement)
        if name not in own and _START.search(name) and (_PARALLEL.search(name) or not used.isdisjoint(given))
    )


def has_outside_end(program: Program) -> bool:
    """Whether the file calls a function out of view that, going by its name, ends MPI."""
    own = {one.name for one in program.functions}
    return any(
        name not in own and name != END and _STOP.search(name)
        for function in program.functions
        for name in called_in(function.body)
    )


def called_in(statement: Statement) -> tuple[str, ...]:
    """The names of the functions that `statement` calls, and of the classes that it builds objects of."""
    return tuple(name for name, _ in _called(statement))


def _called(statement: Statement) -> Iterator[tuple[str, frozenset[str]]]:
    """(function, names in its arguments)."""
    expressions = (expression for part in walk(statement) for expression in expressions_of(part))
    for call in (part for expression in expressions for part in walk_expression(expression)):
        if isinstance(call, Call) and isinstance(call.function, Name):
            yield call.function.name, frozenset[str]().union(*(names_in(argument) for argument in call.arguments))

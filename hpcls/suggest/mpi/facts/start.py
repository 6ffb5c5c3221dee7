"""Where people start MPI in `main`: which statement MPI_Init stands before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from hpcls.suggest.mpi.facts.program import Function, Item
from hpcls.suggest.mpi.facts.uses import names_in_statement
from hpcls.syntax.expressions import Call, Name
from hpcls.syntax.expressions import walk as walk_expression
from hpcls.syntax.statements import Alternatives, Block, Declare, If, Jump, Statement, expressions_of, walk

_LEAVES = frozenset({"exit", "abort", "_exit", "quick_exit"})


class Nature(StrEnum):
    """What a statement of `main` is to the start of MPI."""

    PLAIN = "plain"
    """A declaration without a value."""
    VALUED = "valued"
    """A declaration whose value no function computes."""
    CALLING = "calling"
    """A declaration whose value some function computes."""
    GUARD = "guard"
    """A branch that leaves the program, such as for wrong arguments."""
    WORK = "work"
    """Any other statement."""
    PARALLEL = "parallel"
    """It needs MPI: it reads the rank or the size, or lacks or holds a call."""


_DECLARES = (Nature.PLAIN, Nature.VALUED)


@dataclass(frozen=True)
class Start:
    """The head of `main` up to the first statement that needs MPI."""

    function: Function
    pair: tuple[str, ...]
    """The variables that hold the rank and the size."""
    parallel_lines: frozenset[int]
    """Lines that hold or lack a call of MPI."""
    codes: frozenset[int]
    """Lines that lack a call whose code of success they keep."""

    @cached_property
    def natures(self) -> tuple[Nature, ...]:
        """One for each statement of the body."""
        return tuple(self._nature(item) for item in self.function.items)

    @cached_property
    def limit(self) -> int:
        """The index of the first statement that needs MPI."""
        return next((i for i, nature in enumerate(self.natures) if nature is Nature.PARALLEL), len(self.natures))

    def declared_at(self, name: str) -> int | None:
        """The index of the statement that declares `name`."""
        return next((i for i, item in enumerate(self.function.items) if name in _declared(item.statement)), None)

    @cached_property
    def index(self) -> int:
        """The index of the statement before which MPI starts.

        After the declarations at the head, unless what stands between them and the first statement that needs MPI
        checks the arguments (then after that) or declares the rank (then right before that, but behind it where it is
        one declaration alone with no check in front).  Before the rank's where that is the last of them, right behind
        one with a value.  Where the others are of what follows, before the rank's if that is the first statement, else
        behind both.  Behind the checks that follow the declarations where nothing needs MPI.  Right before
        that first statement where it keeps a code of success.
        """
        if self._keeps_code(self.limit):
            return self.limit
        head = self._behind_declarations(0)
        own = [at for at in map(self.declared_at, self.pair) if at is not None]
        first = min(own, default=None)
        if first is not None and self._is_of_what_follows(range(first, max(own) + 1), head):
            return 0 if first == 0 and provided_by(self.function) is None else max(own) + 1
        if first is not None and head <= first and head < self.limit:
            behind = self._behind_declarations(first)
            return first if Nature.GUARD in self.natures[:first] or behind > first + 1 else behind
        if first is not None and self._is_last_behind_value(first, head):
            return first
        if Nature.GUARD in self.natures[head : self.limit]:
            return self.limit if self.limit < len(self.natures) else self._behind_checks(head)
        if first == 0 and any("world" in name.lower() for name in self.pair):
            return 0
        return head

    def _is_last_behind_value(self, first: int, head: int) -> bool:
        """Whether the rank and the size alone are declared from `first` on, without values, behind one with a value."""
        own = {self.declared_at(name) for name in self.pair}
        is_own = all(i in own and self.natures[i] is Nature.PLAIN for i in range(first, head))
        return 0 < first < head and is_own and self.natures[first - 1] is Nature.VALUED

    def _is_of_what_follows(self, own: range, head: int) -> bool:
        """Whether `own` declare the rank and the size alone, and all from there to `head` declare what the statement at
        `head` uses, in a program that declares things where it needs them.
        """
        items = self.function.items
        if not own.stop < head < len(items) or not any(item.is_declaration for item in items[head:]):
            return False
        used = names_in_statement(items[head].statement)
        for item in reversed(items[own.stop : head]):
            if _declared(item.statement).isdisjoint(used):
                return False
            used |= names_in_statement(item.statement)
        return all(_declared(items[at].statement).issubset(self.pair) for at in own)

    def _behind_declarations(self, index: int) -> int:
        """The index of the first statement from `index` on that declares nothing, or needs MPI."""
        found = (i for i in range(index, self.limit) if self.natures[i] not in _DECLARES)
        return next(found, self.limit)

    def _behind_checks(self, index: int) -> int:
        """The index of the first statement from `index` on that does not leave the program."""
        found = (i for i in range(index, len(self.natures)) if self.natures[i] is not Nature.GUARD)
        return next(found, len(self.natures))

    def _keeps_code(self, index: int) -> bool:
        items = self.function.items[index : index + 1]
        return any(item.first <= line <= item.last for item in items for line in self.codes)

    def _nature(self, item: Item) -> Nature:
        statement = item.statement
        if self._needs_mpi(item):
            return Nature.PARALLEL
        if isinstance(statement, Declare):
            if _calls(statement):
                return Nature.CALLING
            return Nature.VALUED if any(one.initial for one in statement.declarators) else Nature.PLAIN
        if _only_declares(statement):
            return Nature.PLAIN
        return Nature.GUARD if isinstance(statement, If) and leaves(statement) else Nature.WORK

    def _needs_mpi(self, item: Item) -> bool:
        if any(item.first <= line <= item.last for line in self.parallel_lines):
            return True
        return not names_in_statement(item.statement).isdisjoint(self.pair)


def provided_by(main: Function) -> str | None:
    """The variable that is there for the level of thread support that MPI_Init_thread gives (MPI-4.0 §11.6.2)."""
    named = (one for one in main.variables if one.is_number and "provided" in one.name.lower())
    return next((one.name for one in named if one.symbol and one.is_set_by_declaration_only), None)


def leaves(statement: Statement) -> bool:
    """Whether `statement` may end the program or the function."""
    parts = list(walk(statement))
    return any(isinstance(part, Jump) and part.kind == "return" for part in parts) or any(
        name in _LEAVES for part in parts for name in _calls(part)
    )


def _calls(statement: Statement) -> Sequence[str]:
    """The functions called right in `statement`."""
    parts = (part for e in expressions_of(statement) for part in walk_expression(e))
    return [part.function.name if isinstance(part.function, Name) else "" for part in parts if isinstance(part, Call)]


def _only_declares(statement: Statement) -> bool:
    """Whether it is a half of `#if` with declarations alone, or nothing but a semicolon too much."""
    return isinstance(statement, Block | Alternatives) and all(
        isinstance(part, Block | Alternatives | Declare) for part in walk(statement)
    )


def _declared(statement: Statement) -> frozenset[str]:
    if not isinstance(statement, Declare):
        return frozenset()
    return frozenset(one.name for one in statement.declarators)

"""What depends on the rank of the process: values, and the code that only some processes run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.program import Function
from hpcls.suggest.mpi.facts.uses import accesses
from hpcls.syntax.expressions import Assign, Binary, Call, Expression, Literal, Name, Step, Unary, names_in, walk
from hpcls.syntax.statements import Declare, If, Loop, Statement, Switch, expressions_of
from hpcls.syntax.statements import walk as walk_statements


@dataclass(frozen=True, eq=False)
class Flow:
    """One function, and which of its variables hold the rank and the size."""

    function: Function
    rank: str | None
    size: str | None

    @cached_property
    def local(self) -> frozenset[str]:
        """The variables whose value differs from process to process, because it comes from the rank."""
        return self._tainted(self.rank) if self.rank else frozenset()

    @cached_property
    def divided(self) -> frozenset[str]:
        """The variables whose value comes from the number of processes."""
        return self._tainted(self.size) if self.size else frozenset()

    def is_distributed(self, loop: Loop) -> bool:
        """Whether each process runs some of the iterations: the loop's control comes from the rank."""
        return bool(self.rank) and not _control(loop).isdisjoint(self.local)

    def is_shared_out(self, loop: Loop) -> bool:
        """Whether the processes run all the iterations between them: its control comes from the size, too."""
        return self.is_distributed(loop) and not _control(loop).isdisjoint(self.divided)

    def is_guard(self, statement: Statement) -> bool:
        """Whether only some processes may run what stands in `statement`."""
        match statement:
            case If(test=test) | Switch(test=test):
                return not names_in(test).isdisjoint(self.local)
            case Loop():
                return self.is_distributed(statement)
            case _:
                return False

    def root_of(self, statement: Statement, offset: int) -> str | None:
        """The rank of the one process that gets to `offset` in `if (rank == 0)`; None where that is not known."""
        if (
            not isinstance(statement, If)
            or self.rank is None
            or not statement.test.start <= offset < statement.then.end
        ):
            return None
        return next((root for part in _conjuncts(statement.test) if (root := self._root(part))), None)

    def _root(self, test: Expression) -> str | None:
        if isinstance(test, Unary) and test.operator == "!":
            return "0" if isinstance(test.operand, Name) and test.operand.name == self.rank else None
        if not isinstance(test, Binary) or test.operator != "==":
            return None
        for one, other in ((test.left, test.right), (test.right, test.left)):
            if isinstance(one, Name) and one.name == self.rank:
                return self.process(other)
        return None

    def process(self, value: Expression) -> str | None:
        """The rank that `value` spells, if it is the same one for every process."""
        match value:
            case Literal(text=text):
                return text
            case Name() | Binary(operator="+" | "-") if names_in(value).isdisjoint(self.local):
                return self.function.source.slice(value.start, value.end)
            case _:
                return None

    def _tainted(self, seed: str) -> frozenset[str]:
        found = {seed}
        flows = [(target, names) for target, names in _flows(self.function) if target not in names or len(names) > 1]
        grown = True
        while grown:
            new = {target for target, names in flows if target not in found and not names.isdisjoint(found)}
            found |= new
            grown = bool(new)
        return frozenset(found)


def _conjuncts(test: Expression) -> Iterator[Expression]:
    if isinstance(test, Binary) and test.operator == "&&":
        yield from _conjuncts(test.left)
        yield from _conjuncts(test.right)
    else:
        yield test


def _flows(function: Function) -> Iterator[tuple[str, frozenset[str]]]:
    """(variable, what its value comes from), for each assignment."""
    for statement in walk_statements(function.body):
        if isinstance(statement, Declare):
            for one in statement.declarators:
                if one.initial:
                    yield one.name, names_in(one.initial)
        for expression in expressions_of(statement):
            yield from _assignments(expression)
        if isinstance(statement, Loop):
            control = _control(statement)
            for inner in walk_statements(statement):
                for expression in expressions_of(inner):
                    yield from ((name, control) for name, _, access in accesses(expression) if access == "write")


def _assignments(expression: Expression) -> Iterator[tuple[str, frozenset[str]]]:
    for part in walk(expression):
        match part:
            case Assign(target=target, value=value):
                written = (name for name, _, access in accesses(part) if access in ("write", "fill"))
                yield from ((name, names_in(value) | (names_in(target) - {name})) for name in written)
            case Call(arguments=arguments):
                given = frozenset[str]().union(*(names_in(argument) for argument in arguments))
                for argument in arguments:
                    for name, _, access in accesses(argument):
                        if access == "address":
                            yield name, given
            case _:
                pass


def _control(loop: Loop) -> frozenset[str]:
    """The variables in the head of a loop, its own counter apart."""
    parts: list[Expression] = [part for part in (loop.test, loop.update) if part]
    if loop.initial is not None:
        parts += expressions_of(loop.initial)
    counters = {
        part.target.name
        for e in parts
        for part in walk(e)
        if isinstance(part, Step | Assign) and isinstance(part.target, Name)
    }
    if isinstance(loop.initial, Declare):
        counters |= {one.name for one in loop.initial.declarators}
    return frozenset[str]().union(*(names_in(part) for part in parts)) - counters

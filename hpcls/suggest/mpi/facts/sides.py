"""The code that some processes run and others do not: the branches of tests on the rank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.syntax.expressions import Binary, Expression, Literal, Name, names_in
from hpcls.syntax.statements import Block, If, Statement, walk


@dataclass(frozen=True, eq=False)
class Side:
    """One branch of a test on the rank."""

    block: Block
    only: str | None
    """The rank of the one process that runs it."""
    spared: str | None
    """The one rank that does not."""
    chain: If
    """The first test of `if … else if … else`."""

    def holds(self, offset: int) -> bool:
        """Whether `offset` lies in it."""
        return self.block.start <= offset < self.block.end

    def excludes(self, other: Side) -> bool:
        """Whether no process runs both."""
        if self.chain is other.chain:
            return self.block is not other.block
        if self.only is not None and other.only is not None:
            return self.only != other.only
        return (self.only is not None and self.only == other.spared) or (
            other.only is not None and other.only == self.spared
        )


def sides_of(draft: Draft) -> tuple[Side, ...]:
    """Every one of a function, in source order."""
    branches = [part for part in walk(draft.function.body) if isinstance(part, If)]
    second = {branch.otherwise for branch in branches}
    found = [side for branch in branches if branch not in second for side in _chain(draft, branch)]
    return tuple(sorted(found, key=lambda side: side.block.start))


def _chain(draft: Draft, first: If) -> Iterator[Side]:
    current: Statement | None = first
    spared: list[str | None] = []
    while isinstance(current, If) and draft.flow.rank in names_in(current.test):
        only = draft.flow.root_of(current, current.then.start)
        without = spared_by(current.test, draft.flow.rank)
        if isinstance(current.then, Block):
            yield Side(current.then, only, without, first)
        spared.append(only)
        if without is not None and isinstance(current.otherwise, Block):
            yield Side(current.otherwise, without, None, first)
            return
        current = current.otherwise
    if isinstance(current, Block) and spared:
        yield Side(current, None, spared[0] if len(spared) == 1 else None, first)


def spared_by(test: Expression, rank: str | None) -> str | None:
    """The process for which `rank != 0`, `rank > 0` or `rank` alone is false."""
    match test:
        case Name(name=name) if name == rank:
            return "0"
        case Binary(operator="!=" | ">", left=Name(name=name), right=Literal(text=text)) if name == rank:
            return text
        case Binary(operator="!=", left=Name(name=name), right=Name(name=other)) if name == rank:
            return other
        case _:
            return None


def lacks_receives(statement: Statement) -> bool:
    """Whether it is a branch beside which the other processes have one with nothing in it: messages came there."""
    match statement:
        case If(otherwise=Block(statements=())):
            return True
        case _:
            return False

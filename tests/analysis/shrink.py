"""The smallest program, by leaving statements out, of which something still holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.analysis.claims import Failure, failures
from tests.analysis.programs import For, If, Program, Statement, Switch, While, blocks, text_of

Body = tuple[Statement, ...]


def smallest(failure: Failure, seed: int) -> Failure:
    """A smaller program whose verdict is contradicted in the same way."""
    outcome = failure.claim.verdict.outcome

    def again(program: Program) -> list[Failure]:
        try:
            return [f for f in failures(program, seed) if f.claim.verdict.outcome is outcome]
        except KeyError:  # what is left of a block names a variable of what is left out
            return []

    return again(shrink(failure.program, lambda program: _is_closed(program) and bool(again(program))))[0]


def _is_closed(program: Program) -> bool:
    """Whether every name that blocks declare is still declared somewhere."""
    text = text_of(program)
    used = [name for name in "xywrzv" if re.search(rf"\b{name}\b", text)]
    return all(re.search(rf"int \*?{name}\b", text) for name in used)


def shrink(program: Program, holds: Callable[[Program], bool]) -> Program:
    """`program` with as much left out as can be while it `holds`."""
    smaller = next((p for p in _smaller(program) if holds(p)), None)
    while smaller is not None:
        program = smaller
        smaller = next((p for p in _smaller(program) if holds(p)), None)
    return program


def _smaller(program: Program) -> Iterator[Program]:
    for body in _bodies(program.body):
        yield replace(program, body=body)


def _bodies(body: Body) -> Iterator[Body]:
    for index, statement in enumerate(body):
        before, after = body[:index], body[index + 1 :]
        yield before + after
        for block in blocks(statement):
            yield before + block + after
        for other in _inside(statement):
            yield (*before, other, *after)


def _inside(statement: Statement) -> Iterator[Statement]:
    match statement:
        case If(then=then, otherwise=otherwise):
            yield from (replace(statement, then=body) for body in _bodies(then))
            yield from (replace(statement, otherwise=body) for body in _bodies(otherwise))
        case For(body=body) | While(body=body):
            yield from (replace(statement, body=smaller) for smaller in _bodies(body))
        case Switch(cases=cases):
            for index, (label, body, breaks) in enumerate(cases):
                yield replace(statement, cases=cases[:index] + cases[index + 1 :])
                for smaller in _bodies(body):
                    yield replace(statement, cases=(*cases[:index], (label, smaller, breaks), *cases[index + 1 :]))
        case _:
            return

"""The smallest program, by leaving statements out, of which something still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.analysis.programs import If, Program, Statement, Switch, While, blocks
from tests.analysis.programs import For as ForLoop

Body = tuple[Statement, ...]


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
        case ForLoop(body=body) | While(body=body):
            yield from (replace(statement, body=smaller) for smaller in _bodies(body))
        case Switch(cases=cases):
            for index, (label, body, breaks) in enumerate(cases):
                yield replace(statement, cases=cases[:index] + cases[index + 1 :])
                for smaller in _bodies(body):
                    yield replace(statement, cases=(*cases[:index], (label, smaller, breaks), *cases[index + 1 :]))
        case _:
            return

"""Statements that do nothing but show texts."""

from __future__ import annotations

from hpcls.syntax.expressions import Call, Name
from hpcls.syntax.statements import Block, Evaluate, If, Statement

_SHOWS = frozenset({"printf", "fprintf", "puts", "fputs", "perror", "fflush"})


def is_text(statement: Statement) -> bool:
    """Whether it is a call that shows a text."""
    match statement:
        case Evaluate(expression=Call(function=Name(name=name))):
            return name in _SHOWS
        case _:
            return False


def only_shows(statement: Statement) -> bool:
    """Whether it is such a call, or a branch or a block of nothing else; an empty block shows nothing."""
    match statement:
        case If(then=then, otherwise=otherwise):
            return only_shows(then) and (otherwise is None or only_shows(otherwise))
        case Block(statements=statements):
            return bool(statements) and all(map(only_shows, statements))
        case _:
            return is_text(statement)

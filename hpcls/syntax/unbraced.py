"""Bodies without braces behind a pragma, which the grammar leaves outside of the statement that they belong to:

    if (x[i] > 0)
    #pragma omp atomic
        count++;

It takes `if (x[i] > 0);`, with a semicolon that is not there, for one statement, and the lines behind it for others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tree_sitter import Node

from hpcls.syntax.statements import Block, If, Loop, Pragma, Statement


def with_bodies(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements of a block, with such bodies where they belong."""
    found = tuple(statements)
    if not any(isinstance(one, Pragma) for one in found):
        return found
    rest: list[Statement] = []
    """What stands behind, the nearest last: its own bodies are where they belong."""
    for statement in reversed(found):
        body = _taken(rest) if _is_open(statement) else None
        rest.append(_closed(statement, body) if body else statement)
    return tuple(reversed(rest))


def _taken(rest: list[Statement]) -> Block | None:
    """The pragmas that stand next and the statement behind them, taken out of `rest`."""
    count = next((n for n, one in enumerate(reversed(rest)) if not isinstance(one, Pragma)), 0)
    if not count:
        return None
    parts = tuple(rest.pop() for _ in range(count + 1))
    return Block(parts[0].start, parts[-1].end, parts)


def _last(statement: Statement) -> Statement | None:
    """The body that a statement ends with."""
    match statement:
        case If(then=then, otherwise=otherwise):
            return otherwise or then
        case Loop(form=form, body=body):
            return None if form == "do" else body
        case _:
            return None


def _is_open(statement: Statement) -> bool:
    """Whether it ends with a semicolon that is not there."""
    inner = _last(statement)
    while inner is not None and (deeper := _last(inner)):
        inner = deeper
    return isinstance(inner, Block) and inner.start == inner.end


def _closed(statement: Statement, body: Block) -> Statement:
    match statement:
        case If(then=then, otherwise=None):
            return replace(statement, end=body.end, then=_closed(then, body))
        case If(otherwise=Statement() as otherwise):
            return replace(statement, end=body.end, otherwise=_closed(otherwise, body))
        case Loop(body=inner):
            return replace(statement, end=body.end, body=_closed(inner, body))
        case _:
            return body


def is_unread(node: Node) -> bool:
    """Whether something in `node` could not be read as code, such semicolons apart."""
    pending = [node] if node.has_error else []
    while pending:
        current = pending.pop()
        if current.type == "ERROR" or (current.is_missing and _body_behind(current) is None):
            return True
        pending.extend(child for child in current.children if child.has_error)
    return False


def is_lost_else(declaration: Node) -> bool:
    """Whether it is the `else` behind such a body, of which the grammar makes a type: `else u = 1;`."""
    kind = declaration.child_by_field_name("type")
    return kind is not None and kind.end_byte - kind.start_byte == len(b"else") and kind.text == b"else"


def end_of(node: Node) -> int:
    """Where a statement ends, with such a body."""
    last = node
    while last.has_error and last.children:
        last = last.children[-1]
    body = _body_behind(last) if last.is_missing else None
    return node.end_byte if body is None else end_of(body)


def _body_behind(missing: Node) -> Node | None:
    """The statement behind pragmas that such a semicolon stands for."""
    around = missing.parent
    if around is None or around.type != "expression_statement" or around.start_byte < around.end_byte:
        return None
    while around.parent is not None and around.next_sibling is None:
        around = around.parent
    following, is_pragma = around.next_sibling, False
    while following is not None and following.type in ("preproc_call", "comment"):
        is_pragma = is_pragma or following.type == "preproc_call"
        following = following.next_sibling
    return following if is_pragma and following is not None and following.is_named else None

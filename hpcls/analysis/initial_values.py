"""Expressions that stand in declarations outside of the unit: the first values of globals, the extents of arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hpcls.analysis.definitions import Definitions
from hpcls.analysis.variables import Variables
from hpcls.syntax.expressions import Expression
from hpcls.syntax.macros import expression_of
from hpcls.syntax.rewrite import rewritten


def declared_expression(variables: Variables, text: str, offset: int) -> Expression | None:
    """What is written as `text` in the declaration at `offset`, each part of it placed there."""
    if not text:
        return None
    # braces alone are no expression, a compound literal is (C17 6.5.2.5)
    is_list = text.startswith("{")
    read = expression_of(f"(char[]){text}" if is_list else text, True, "c" if is_list else variables.source.language)
    return rewritten(read[0], lambda part: replace(part, start=offset, end=offset)) if read else None


def initial_addresses(variables: Variables, definitions: Definitions, key: str) -> Iterator[Expression]:
    """What a pointer of the file, or a list of some, is declared to hold; what a unit declares is among its
    definitions.
    """
    symbol = variables.symbol(key)
    if symbol is None or symbol.kind != "variable" or symbol.initializer is None:
        return
    text = variables.source.slice(*symbol.initializer)
    is_address = symbol.pointers or "{" in text  # numbers lead nowhere
    if is_address and all(one.offset != symbol.start for one in definitions.of(key)):
        value = declared_expression(variables, text, symbol.start)
        yield from (value,) if value else ()

"""What subscripts on a variable may name besides elements that are apart, as its declaration says it."""

from __future__ import annotations

import re

from hpcls.analysis.variables import ELEMENT, VALUE_CONTAINERS, Variables

_SHARING = re.compile(r"\b(?:\w*map|bitset|QHash|reference_wrapper)\s*<|\bvector\s*<\s*bool\b")


def shares_elements(variables: Variables, key: str) -> bool:
    """Whether two elements of the container may share memory (C++20 [container.requirements.dataraces])."""
    symbol = variables.symbol(key)
    if symbol is None or symbol.pointers:
        return False
    alias = variables.alias(symbol)
    return any(_SHARING.search(one.type_text) for one in (symbol, alias) if one)


def may_overload_subscript(variables: Variables, key: str) -> bool:
    """Whether `[]` on the variable may be an operator of an unknown class, or name a bit of a `vector<T>`."""
    symbol = variables.symbol(key)
    if variables.source.language == "c" or symbol is None or symbol.pointers or symbol.dimensions:
        return False
    held = ELEMENT.fullmatch(symbol.type_text) if "vector" in symbol.type_text else None
    is_open = held is not None and not held[2] and variables.is_template_parameter(held[1], symbol.start)
    return is_open or not variables.is_sequence(symbol)


def is_table(variables: Variables, key: str) -> bool:
    """Whether the variable is a sequence that holds pointers, or whose elements' type it does not say."""
    symbol = variables.symbol(key)
    if symbol is None or symbol.pointers or symbol.reference:
        return False
    is_deduced = symbol.type_text in ("auto", *VALUE_CONTAINERS)
    return is_deduced or (variables.is_sequence(symbol) and "*" in symbol.type_text)

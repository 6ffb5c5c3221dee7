"""Ranks and tags that are numbers, though a name is written for them: a macro's, or what a variable was given last."""

from __future__ import annotations

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import way_to
from hpcls.syntax.expressions import Assign, Literal, Name


def number_at(draft: Draft, text: str, offset: int) -> str:
    """The number that `text` stands for at `offset`; `text` itself where it is no name, or that is not clear."""
    if not text.isidentifier():
        return text
    symbol = draft.function.scopes.lookup(text, offset)
    if symbol is not None and symbol.kind == "macro":
        value = (symbol.value or "").strip("() ")
        return value if value.isdigit() else text
    return _last_given(draft, text, offset) or text


def _last_given(draft: Draft, name: str, offset: int) -> str | None:
    """The literal that the variable was given last on the way to `offset`."""
    variable = draft.function.variable(name)
    places = [use.offset for use in variable.uses if use.access != "read" and use.offset < offset] if variable else []
    if not places:
        return None
    way = way_to(draft.function.body, max(places), draft.function.source)
    block = way[-1].block if way else None
    value = _values(draft).get(max(places))
    is_on_the_way = block is not None and block.start <= offset < block.end
    return value if is_on_the_way else None


def _values(draft: Draft) -> dict[int, str]:
    """The literals that variables are given, by the offset of their names."""
    given = {at: one.text for at, one in draft.values.initial.items() if isinstance(one, Literal)}
    for part in draft.values.expressions:
        match part:
            case Assign(operator="=", target=Name(start=start), value=Literal(text=text)):
                given[start] = text
            case _:
                pass
    return given

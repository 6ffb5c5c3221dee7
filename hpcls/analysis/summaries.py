"""What a call of a function of the same file does: the memory behind its arguments and the globals that it reads and
writes, and whatever else it does (interprocedural side effects; Allen & Kennedy, Optimizing Compilers for Modern
Architectures, 11.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hpcls.analysis.effects import Effect
from hpcls.analysis.places import Place, Places, shifted
from hpcls.syntax.expressions import Call, Expression, Literal, Name, Opaque
from hpcls.syntax.rewrite import rewritten
from hpcls.syntax.statements import Loop


@dataclass(frozen=True, slots=True)
class Touched:
    """Memory that the function reads or writes."""

    key: str
    """A global variable; the parameter's where `parameter` is given."""
    path: str
    subscripts: tuple[Expression | None, ...]
    """In the function's own names; None where the caller cannot tell the index."""
    is_write: bool
    parameter: int | None = None
    """Which argument leads there."""
    is_sure: bool = False
    """Every call does it, and nothing in the function keeps threads apart there."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a call does beyond computing its result."""

    touched: tuple[Touched, ...]
    effects: tuple[tuple[Effect, str], ...]
    """Everything that is more than an access of known memory, with its name."""
    parameters: tuple[str | None, ...]
    """The keys of the parameters that keep the value of their argument; None for others."""

    def leads_on(self, index: int) -> bool:
        """Whether what the argument leads to is touched, rather than its value alone."""
        return any(one.parameter == index and one.path.startswith("[]") for one in self.touched)


class SummarisedCalls:
    """Calls of functions with a summary: what is touched, in the caller's names."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def place(self, touched: Touched, summary: Summary, call: Call, loops: tuple[Loop, ...]) -> Place | None:
        """The place inside `loops` that `call` touches; None where that cannot be told."""
        given = dict(zip(summary.parameters, call.arguments, strict=True))
        subscripts = [self._given(one, given, call) for one in touched.subscripts]
        if touched.parameter is None:
            return Place(touched.key, touched.path, tuple(subscripts))
        argument, path = call.arguments[touched.parameter], touched.path
        if path.startswith("[]") and not self._is_reference(touched.key):
            base = self._places.pointee(argument, loops)
            first, path = subscripts.pop(0), path.removeprefix("[]")
            base = base if isinstance(first, Literal) and first.text == "0" else shifted(base, first)
        else:
            base = self._places.place(argument, loops)
        return base and Place(base.key, base.path + path, (*base.subscripts, *subscripts))

    def _is_reference(self, key: str) -> bool:
        symbol = self._places.variables.symbol(key)
        return symbol is not None and symbol.reference

    def _given(self, subscript: Expression | None, given: Mapping[str | None, Expression], call: Call) -> Expression:
        """`subscript` with the arguments in place of the parameters."""
        if subscript is None:
            return Opaque(call.start, call.end, "an index of the function's own", ())

        def argument(part: Expression) -> Expression:
            key = self._places.variables.key(part.name, part.start) if isinstance(part, Name) else None
            return given.get(key, part) if key is not None else part

        return rewritten(subscript, argument)

"""What a call of a function of the same file does: the memory behind its arguments and the globals that it reads and
writes, and whatever else it does (interprocedural side effects; Allen & Kennedy, Optimizing Compilers for Modern
Architectures, 11.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hpcls.analysis.effects import Effect
from hpcls.analysis.places import Place, Places, shifted
from hpcls.syntax.expressions import Call, Expression, Literal, Name, Opaque
from hpcls.syntax.record import record
from hpcls.syntax.rewrite import rewritten
from hpcls.syntax.statements import Loop


@record
class Touched:
    """Memory that the function reads or writes."""

    key: str
    """A global variable; empty where `parameter` is given."""
    path: str
    subscripts: tuple[Expression | None, ...]
    """Over `parameter_name`s; None where the caller cannot tell the index."""
    is_write: bool
    parameter: int | None = None
    """Which argument leads there."""
    is_sure: bool = False
    """Every call does it, and nothing in the function keeps threads apart there."""
    by_reference: bool = False
    """The parameter is a reference: the argument is the place itself."""


@record
class Leads:
    """The memory that the address which a function returns may lead to, as far as its body shows that."""

    parameters: frozenset[int] = frozenset()
    """What these arguments lead to."""
    keys: frozenset[str] = frozenset()
    """Variables of the file: globals, and static ones of the function's own."""


@record
class Gives:
    """The memory that a pointer behind an argument is given by the call, as far as the body shows that."""

    parameter: int
    leads: Leads
    own: frozenset[str] = frozenset()
    """Variables of the call's own: two pointers that are given one of them lead to one memory."""


@record
class Summary:
    """What a call does beyond computing its result."""

    touched: tuple[Touched, ...]
    effects: tuple[tuple[Effect, str], ...]
    """Everything that is more than an access of known memory, with its name."""
    arity: int
    """How many arguments it takes."""
    assumptions: tuple[str, ...] = ()
    """What it rests on, of functions in other files."""
    leads: Leads = Leads()
    gives: tuple[Gives, ...] = ()

    def leads_on(self, index: int) -> bool:
        """Whether what the argument leads to is touched, rather than its value alone."""
        return any(one.parameter == index and one.path.startswith("[]") for one in self.touched)


def parameter_name(index: int) -> str:
    """What stands in a summary for the argument number `index`, whose value the function keeps."""
    return f"#{index}"


class SummarisedCalls:
    """Calls of functions with a summary: what is touched, in the caller's names."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def place(self, touched: Touched, call: Call, loops: tuple[Loop, ...]) -> Place | None:
        """The place inside `loops` that `call` touches; None where that cannot be told."""
        given = {parameter_name(index): argument for index, argument in enumerate(call.arguments)}
        subscripts = [_given(one, given, call) for one in touched.subscripts]
        if touched.parameter is None:
            return Place(touched.key, touched.path, tuple(subscripts))
        argument, path = call.arguments[touched.parameter], touched.path
        if path.startswith("[]") and not touched.by_reference:
            base = self._places.pointee(argument, loops)
            first, path = subscripts.pop(0), path.removeprefix("[]")
            base = base if isinstance(first, Literal) and first.text == "0" else shifted(base, first)
        else:
            base = self._places.place(argument, loops)
        return base and Place(base.key, base.path + path, (*base.subscripts, *subscripts))


def _given(subscript: Expression | None, given: Mapping[str, Expression], call: Call) -> Expression:
    """`subscript` with the arguments in place of the parameters; what is the function's own stands at the call."""
    if subscript is None:
        return Opaque(call.start, call.end, "an index of the function's own", ())

    def placed(part: Expression) -> Expression:
        return given[part.name] if isinstance(part, Name) else replace(part, start=call.start, end=call.end)

    return rewritten(subscript, placed)

"""Element accesses that throw when the index is out of range (C++20 [sequence.reqmts]): an exception may not leave a
parallel region (OpenMP 5.2, 10.1), where the program ends instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.model import UnitModel
from hpcls.analysis.verdict import Finding
from hpcls.syntax import statements
from hpcls.syntax.expressions import Call, Member
from hpcls.syntax.statements import Alternatives, Loop, Statement


class RangeChecks:
    """The calls of `at` in one loop: taken to be in range, unless somebody waits for the exception."""

    def __init__(self, model: UnitModel, loop: Loop) -> None:
        self._model = model
        found = dict(model.found_in(loop, _calls)) if model.variables.meanings.checks_ranges else {}
        is_awaited = bool(found) and self._is_tried(loop)
        self.findings = tuple(
            Finding(part.start, f"{name} may throw what a handler around the loop waits for", False)
            for part, name in found.items()
            if is_awaited
        )[:1]
        self.assumptions = tuple(dict.fromkeys(f"{name} is never out of range" for name in found.values()))

    def _is_tried(self, loop: Loop) -> bool:
        """Whether a `try` stands around the loop or in it."""
        tries = (
            one
            for one in statements.walk(self._model.unit.body)
            if isinstance(one, Alternatives) and self._model.source.slice(one.start, one.start + 3) == "try"
        )
        return any(one.start <= loop.start < one.end or loop.start <= one.start < loop.end for one in tries)


def _calls(model: UnitModel, statement: Statement) -> Iterator[tuple[Call, str]]:
    for part in model.operations_in(statement):
        match part:
            case Call(function=Member(field="at") as function, arguments=(_,)):
                yield part, " ".join(model.source.slice(function.start, function.end).split())[:60]
            case _:
                pass

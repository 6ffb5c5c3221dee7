"""Elements that the number of the thread chooses: each thread has its own (OpenMP 5.2, 18.2.4, omp_get_thread_num).

`#if _OPENMP` often declares the number twice, and which of the two is compiled is not known: a name counts as one if
any branch gives it a thread's number.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from hpcls.analysis.accesses import Access
from hpcls.analysis.model import UnitModel
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Assign, Call, Expression, Name
from hpcls.syntax.statements import Declare, Loop, Statement


class ThreadNumbers:
    """The uses of thread numbers in one unit."""

    def __init__(self, model: UnitModel) -> None:
        self._model = model

    def choose(self, access: Access) -> bool:
        """Whether the number of the thread is in the subscripts of the access, or in the pointer that leads to it."""
        return any(self._are_in(one) for one in self._chosen_by(access))

    def _chosen_by(self, access: Access) -> Iterator[Expression]:
        yield from access.place.subscripts
        if access.place.path:
            yield from (one.value for one in self._model.definitions.of(access.place.key) if one.value is not None)

    def _are_in(self, value: Expression) -> bool:
        """Whether one is in `value`, or in what the variables in it are ever given."""
        pending, seen = [value] if self._names else [], set[str]()
        while pending:
            for part in expressions.walk(pending.pop()):
                if _is_thread_number(part) or (isinstance(part, Name) and part.name in self._names):
                    return True
                key = self._model.variables.key(part.name, part.start) if isinstance(part, Name) else None
                if key is not None and key not in seen:
                    seen.add(key)
                    pending += [one.value for one in self._model.definitions.of(key) if one.value is not None]
        return False

    @cached_property
    def _names(self) -> frozenset[str]:
        """The names that are given the number of the thread, in whichever branch of an `#if`."""
        is_asked = self._model.variables.meanings.asks_threads
        return frozenset(self._model.found_in(self._model.unit.body, _numbered) if is_asked else ())


def answers_of_threads(model: UnitModel, loop: Loop) -> Iterator[str]:
    """An assumption for each function that `loop` asks for the number of its thread, or of all."""
    if model.variables.meanings.asks_threads:
        names = dict.fromkeys(model.found_in(loop.body, _asked))
        yield from (f"{name}() may answer otherwise in each thread" for name in names)


def _asked(model: UnitModel, statement: Statement) -> Iterator[str]:
    for part in model.operations_in(statement):
        match part:
            case Call(function=Name(name="omp_get_thread_num" | "omp_get_num_threads" as name)):
                yield name
            case _:
                pass


def _numbered(model: UnitModel, statement: Statement) -> Iterator[str]:
    if isinstance(statement, Declare):
        given = ((one.name, one.initial) for one in statement.declarators if one.initial is not None)
        yield from (name for name, value in given if any(map(_is_thread_number, expressions.walk(value))))
    for part in model.expressions_in(statement):
        if isinstance(part, Assign) and isinstance(part.target, Name):
            if any(map(_is_thread_number, expressions.walk(part.value))):
                yield part.target.name
        elif _is_thread_number(part):
            yield ""


def _is_thread_number(part: Expression) -> bool:
    return isinstance(part, Call) and isinstance(part.function, Name) and part.function.name == "omp_get_thread_num"

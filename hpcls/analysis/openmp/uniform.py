"""Which values are the same in every thread of a team: only between accesses at such places is a race shown."""

from __future__ import annotations

from collections.abc import Iterable

from hpcls.analysis.effects import Effect, effect_of
from hpcls.analysis.forms import Forms
from hpcls.analysis.model import UnitModel
from hpcls.analysis.openmp.constructs import Construct
from hpcls.analysis.openmp.sharing import Sharing
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Assign, Call, Dereference, Expression, Member, Name, Opaque, Step, Subscript
from hpcls.syntax.loops import induction_of
from hpcls.syntax.statements import Loop

_OF_THE_TEAM = frozenset("omp_get_num_threads omp_get_max_threads omp_get_num_procs omp_get_wtick".split())
_DEEPEST = 6
"""How many definitions deep a value is looked through."""


class Uniformity:
    """The uniform values of one unit."""

    def __init__(self, model: UnitModel, sharing: Sharing) -> None:
        self._model = model
        self._variables = model.variables
        self._sharing = sharing

    def holds(
        self, values: Iterable[Expression], loops: tuple[Loop, ...], chain: tuple[Construct, ...], depth: int = 0
    ) -> bool:
        """Whether no thread finds other `values` than the rest of its team, at the same counts of `loops`.

        `chain` are the constructs from where the values are used out to the one that forms the team.
        """
        parts = [part for value in values for part in _parts(value)]
        return depth < _DEEPEST and all(self._is_uniform(part, loops, chain, depth) for part in parts)

    def counts_alike(self, loops: Iterable[Loop], around: tuple[Loop, ...], chain: tuple[Construct, ...]) -> bool:
        """Whether every thread that runs one of `loops` runs it from and to the same values."""
        found = [induction_of(loop) for loop in loops]
        return all(one is not None and self.holds((one.lower, one.upper), around, chain) for one in found)

    def stays(self, value: Expression, forms: Forms, chain: tuple[Construct, ...]) -> bool:
        """Whether every thread finds one value, whenever it looks while the loop or region of `forms` runs."""
        while isinstance(value, Assign) and value.operator == "=":
            value = value.value
        return self.holds((value,), (), chain) and self._stays(value, forms, 0)

    def _stays(self, value: Expression, forms: Forms, depth: int) -> bool:
        for part in _parts(value):
            match part:
                case Name(name=name, start=start):
                    key = self._variables.key(name, start)
                    found = self._model.definitions.value(key, ()) if forms.varies(key) else None
                    again = found.value if found and depth < _DEEPEST else None
                    if forms.varies(key) and (again is None or not self._stays(again, forms, depth + 1)):
                        return False
                case Subscript() | Member() | Dereference():
                    if not forms.is_invariant(part):
                        return False
                case Assign() | Step():
                    return False
                case _:
                    pass
        return True

    def picks_threads(self, guard: Expression, loops: tuple[Loop, ...], chain: tuple[Construct, ...]) -> bool:
        """Whether a condition may hold for some threads only, whatever the data."""
        for part in _parts(guard):
            match part:
                case Call(function=Name(name=name)) if name.startswith("omp_"):
                    return True
                case Name(name=name, start=start):
                    key = self._variables.key(name, start)
                    if not self._is_data(key, chain) and not self._is_uniform(part, loops, chain, 0):
                        return True
                case _:
                    pass
        return False

    def _is_data(self, key: str, chain: tuple[Construct, ...]) -> bool:
        """Whether the variable is what the iteration at hand makes of the data, not of the thread that runs it."""
        innermost = next((one for one in chain if one.loops), None)
        if innermost is None or self._sharing.copied_by(innermost, key) not in ("local", "private", "reduction"):
            return False
        values = [found.value for found in self._model.definitions.of(key)]
        calls = (part for value in values if value for part in expressions.walk(value) if isinstance(part, Call))
        return not any(isinstance(c.function, Name) and c.function.name.startswith("omp_") for c in calls)

    def _is_uniform(self, part: Expression, loops: tuple[Loop, ...], chain: tuple[Construct, ...], depth: int) -> bool:
        match part:
            case Name(name=name, start=start):
                return self._is_uniform_variable(self._variables.key(name, start), loops, chain, depth)
            case Call(function=Name(name=name)):
                return name in _OF_THE_TEAM or (effect_of(name) is Effect.PURE and not name.startswith("omp_"))
            case Call() | Opaque():
                return False
            case _:
                return True

    def _is_uniform_variable(self, key: str, loops: tuple[Loop, ...], chain: tuple[Construct, ...], depth: int) -> bool:
        symbol = self._variables.symbol(key)
        if symbol is not None and symbol.kind in ("macro", "enumerator", "function"):
            return not self._variables.hides_memory(key)
        definitions = self._model.definitions
        if any(definitions.counts(key, loop) for loop in loops):
            return True
        if self._sharing.is_shared(key, chain):
            return True
        found = definitions.value(key, loops)
        if found is not None and found.value is not None:
            return self.holds((found.value,), found.loops, chain, depth + 1)
        return symbol is not None and self._keeps_first_value(key, chain)

    def _keeps_first_value(self, key: str, chain: tuple[Construct, ...]) -> bool:
        """Whether each copy starts from the same value and stays so."""
        copies = [one for one in chain if self._sharing.copied_by(one, key)]
        return (
            bool(copies)
            and all(self._sharing.copied_by(one, key) == "firstprivate" for one in copies)
            and not any(
                copies[-1].statement.start <= found.offset < copies[-1].statement.end
                for found in self._model.definitions.of(key)
            )
        )


def _parts(value: Expression) -> list[Expression]:
    """Every part of `value` but the names of the functions that it calls."""
    parts = list(expressions.walk(value))
    called = {id(part.function) for part in parts if isinstance(part, Call) and isinstance(part.function, Name)}
    return [part for part in parts if id(part) not in called]

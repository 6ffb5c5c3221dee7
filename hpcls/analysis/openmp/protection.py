"""What keeps threads from meeting at an access: critical, atomic and ordered regions, and locks (OpenMP 5.2, 15)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.analysis.model import UnitModel
from hpcls.analysis.openmp.constructs import Construct
from hpcls.analysis.reductions import same
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import Assign, Call, Expression, Member, Name, Step
from hpcls.syntax.statements import Block, Declare, Evaluate, Loop, Pragma, Statement

_LOCKS = {"omp_set_lock": "omp_unset_lock", "omp_set_nest_lock": "omp_unset_nest_lock"}
_ABOUT_LOCKS = frozenset((*_LOCKS, *_LOCKS.values()))
_SYNCHRONISES = re.compile(r"lock|mutex|guard|acquire|release|critical|sync|wait|signal|atomic|fence|barrier", re.I)


class Protection:
    """The protected accesses of one unit."""

    def __init__(self, model: UnitModel) -> None:
        self._model = model
        self._locked = model.found_in(model.unit.body, _locked_in)

    def of(self, offset: int, chain: tuple[Construct, ...]) -> frozenset[str]:
        """The names of what excludes other threads from the access at `offset`, inside the constructs `chain`.

        A lock taken where there is no team yet is held for all of its threads.
        """
        team = min((one.statement.start for one in chain if one.is_concurrent), default=0)
        found = {name for one in chain if (name := _excludes(one, offset))}
        found |= {f"lock {name}" for start, end, name in self._locked if team <= start <= offset < end}
        return frozenset(found)

    def is_unknown_in(self, statement: Statement) -> bool:
        """Whether something in `statement` may synchronise threads in a way that is not looked into."""
        return bool(self._model.found_in(statement, _unknown))


def _locked_in(model: UnitModel, block: Statement) -> Iterator[tuple[int, int, str]]:
    """Ranges between taking a lock and giving it back, in one block."""
    taken: dict[tuple[str, str], int] = {}
    for part in block.statements if isinstance(block, Block) else ():
        if not (isinstance(part, Evaluate) and isinstance(part.expression, Call)):
            continue
        call = part.expression
        name = call.function.name if isinstance(call.function, Name) else ""
        if name not in _ABOUT_LOCKS:
            continue
        lock = " ".join(model.source.slice(one.start, one.end) for one in call.arguments)
        if name in _LOCKS:
            taken[_LOCKS[name], lock] = part.start
        elif (name, lock) in taken:
            yield taken.pop((name, lock)), part.end, lock


def _unknown(model: UnitModel, part: Statement) -> Iterator[int]:
    """Where `part` itself, without the statements in it, may synchronise so."""
    if isinstance(part, Declare):
        yield from (one.start for one in part.declarators if _declares_guard(model, one))
    if isinstance(part, Loop) and part.form in ("while", "do") and any(map(_looks_again, statements.walk(part))):
        yield part.start
    yield from (one.start for one in model.operations_in(part) if _may_synchronise(model, one))


def _declares_guard(model: UnitModel, declarator: statements.Declarator) -> bool:
    symbol = model.variables.symbol(model.variables.key(declarator.name, declarator.start))
    return symbol is not None and bool(_SYNCHRONISES.search(symbol.type_text))


def _may_synchronise(model: UnitModel, expression: Expression) -> bool:
    match expression:
        case Call(function=Name(name=name)) if name in _ABOUT_LOCKS:
            locked = model.found_in(model.unit.body, _locked_in)
            return not any(start <= expression.start < end for start, end, _ in locked)
        case Call(function=Name(name=name) | Member(field=name)):
            return bool(_SYNCHRONISES.search(name))
        case _:
            return False


def _looks_again(statement: Statement) -> bool:
    """Whether a loop that waits for another thread holds `statement`: a protected look at what it waits for."""
    return isinstance(statement, Pragma) and bool(re.search(r"\bomp\s+(?:atomic|critical|flush)\b", statement.text))


def _excludes(construct: Construct, offset: int) -> str | None:
    if "critical" in construct.parts:
        return f"critical {construct.directive.argument or ''}"
    if "ordered" in construct.parts:
        return "ordered"
    if "atomic" in construct.parts and offset in _atomic_targets(construct):
        return "atomic"
    return None


def _atomic_targets(construct: Construct) -> range | tuple[int, ...]:
    """Where the storage that an atomic construct updates is named (OpenMP 5.2, 15.8.4): `x` twice in `x = x + e`."""
    whole = range(construct.statement.start, construct.statement.end)
    if construct.has("capture") or construct.has("read") or construct.has("compare"):
        return whole
    match construct.statement:
        case Evaluate(expression=Step(target=target)):
            return (target.start,)
        case Evaluate(expression=Assign(target=target, value=value)):
            again = (part.start for part in expressions.walk(value) if same(part, target))
            return (target.start, *again)
        case _:
            return whole

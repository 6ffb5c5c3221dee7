"""Which variables are meant to hold the rank of the process and the number of processes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from hpcls.suggest.mpi.facts.pair_by_place import beside, reset
from hpcls.suggest.mpi.facts.program import Function, Program
from hpcls.suggest.mpi.facts.roles import Part, used_like
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.syntax.expressions import AddressOf, Expression, Member, Name
from hpcls.syntax.mpi_names import part_of

_LESS_USUAL: Mapping[Part, re.Pattern[str]] = MappingProxyType(
    {
        "rank": re.compile(
            r"rank(?!s|_?size)|ranque|^(?:my|this)?_?proc(?:ess)?$|(?:proc(?:ess(?:or)?)?|node|task)_?id$|^id_?p|p_?id"
            r"|this_?proc|^node$|^yo|tid$|^(?:my|mi|meu|mio)\w*id$|^my_?(?:node?|pe|task|proc\w*)$",
            re.I,
        ),
        "size": re.compile(
            r"n_?ranks?$|(?:num|nb|nr|no|number|tot|all|cant)\w*proc|proc\w*(?:num|n|count|size|tot\w*)$|processi$|npr"
            r"|node_?(?:num|size)|(?:num|number)\w*nodes$",
            re.I,
        ),
    }
)
_ANY_SIZE = re.compile(r"size|sz$|num|tam", re.I)
_NUMBER = re.compile(r"-?\d+")
_INTEGER = re.compile(r"(?:unsigned |signed )*(?:int|long|short|unsigned|size_t|int32_t|int64_t)\b")
_OTHER: Mapping[Part, Part] = MappingProxyType({"rank": "size", "size": "rank"})
_FUNCTIONS: Mapping[Part, str] = MappingProxyType({"rank": "MPI_Comm_rank", "size": "MPI_Comm_size"})


@dataclass(frozen=True)
class Pair:
    """The variables for the rank and the size; None where there is none."""

    rank: Variable | None
    size: Variable | None

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Those that are there, as they are declared."""
        there = [one for one in (self.rank, self.size) if one]
        return tuple(sorted(there, key=lambda one: one.symbol.start if one.symbol else -1))

    @property
    def names(self) -> tuple[str, ...]:
        """Their names, in the same order."""
        return tuple(one.name for one in self.variables)


def is_named_for_the_other(function: str, given: Expression) -> bool:
    """Whether MPI_Comm_rank is given what is called a size, or MPI_Comm_size what is called a rank."""
    match given:
        case AddressOf(operand=Name(name=name) | Member(field=name)):
            meant = {other for part, other in _FUNCTIONS.items() if part == part_of(name)}
            return function in _FUNCTIONS.values() and bool(meant) and function not in meant
        case _:
            return False


def missing_pair(function: Function, *, forced: bool) -> Pair:
    """Rank and size among the variables of `function` that are never set.

    Where an answer is forced, also those that are not declared in view, or set by their declaration alone.
    """
    variables = [one for one in function.variables if _may_be(one, function, forced)]
    likeness = _Likeness(used_like(function) if forced else {}, forced)
    rank = _best(variables, "rank", likeness)
    size = _best([one for one in variables if one is not rank], "size", likeness)
    if not forced:
        return Pair(rank, size)
    rank = rank or reset(function, "rank", "0")
    return Pair(rank, size or reset(function, "size", "1") or beside(function, rank))


def known_names(program: Program, function: Function, part: Part) -> tuple[str, ...]:
    """The variables of `function` that a call there sets to the rank, or to the size."""
    calls = program.calls_of(_FUNCTIONS[part])
    given = (call.argument(part) for call in calls if function.body.start <= call.start < function.body.end)
    return tuple(one.text.lstrip("& ") for one in given if one)


def _may_be(variable: Variable, function: Function, forced: bool) -> bool:
    symbol = variable.symbol
    if not variable.is_number or not variable.name.isidentifier():
        return False
    if symbol is None:
        is_macro = variable.name.isupper() and part_of(variable.name) is None
        return forced and variable.is_never_set and variable.is_read and not is_macro
    if not _INTEGER.match(symbol.type_text) or symbol.storage & {"extern", "const"}:
        return False
    return variable.is_never_set or (forced and _keeps_number(variable, function))


def _keeps_number(variable: Variable, function: Function) -> bool:
    """Whether it keeps a number that its declaration gives it, or has no value but in text that could not be read."""
    initial = variable.symbol.initializer if variable.symbol else None
    is_number = initial is None or _NUMBER.fullmatch(function.source.slice(*initial).strip()) is not None
    declared = variable.symbol.start if variable.symbol else -1
    return is_number and all(use.access in ("read", "unclear") or use.offset == declared for use in variable.uses)


def _best(variables: Sequence[Variable], part: Part, likeness: _Likeness) -> Variable | None:
    """The likeliest, the first of equals."""
    fitting = [one for one in variables if likeness.of(one, part) > likeness.of(one, _OTHER[part])]
    return max(fitting, key=lambda one: likeness.of(one, part), default=None)


@dataclass(frozen=True)
class _Likeness:
    """How much a variable looks like the rank or the size."""

    used: Mapping[Part, frozenset[str]]
    """What is used as one uses them; asked only where an answer is forced."""
    forced: bool

    def of(self, variable: Variable, part: Part) -> int:
        """By its name, or how it is used; then whether it is never set, then whether it is read."""
        named = 6 if part_of(variable.name) == part else 3 if _LESS_USUAL[part].search(variable.name) else 0
        if not named and self.forced and (part == "rank" or _ANY_SIZE.search(variable.name) is None):
            named = 2 * (variable.is_never_set and variable.is_read and variable.name in self.used[part])
        elif not named and self.forced:
            named = 1 + (variable.is_never_set and variable.name in self.used[part])
        return 4 * named + 2 * variable.is_never_set + variable.is_read if named else 0

"""Totals that nobody computes, though every process has its part of them: MPI_Reduce (MPI-4.0 §6.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.flow import Flow
from hpcls.suggest.mpi.facts.partials import (
    OPERATIONS,
    Partial,
    accumulated_by,
    dangles,
    number,
    operation_by_name,
    self_readings,
    starts_neutral,
)
from hpcls.suggest.mpi.facts.program import Function, Step, items_of, line_before, way_to
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.expressions import Assign, Binary, Name, names_in
from hpcls.syntax.mpi_names import part_of
from hpcls.syntax.statements import Declare, Loop, walk

_PARTS = ("local", "part", "loc", "mine", "my", "piece", "sub")
_WHOLES = ("total", "global", "glob", "all", "final")
_PART = re.compile(
    r"^(?:local|loc|partial|part|my|sub|l)_|^(?:local|partial|my)|(?:_l|_?local|_?loc|_?partial|_?part)$"
)
_WHOLE = re.compile(r"^(?:global|glob|total|tot|all|final|g)_|^(?:global|total)|(?:_g|_?global|_?total|_?all)$")
_GOT = re.compile(r"recv|receiv|message|^msg|other|te?mp|_r$", re.IGNORECASE)
_PARTNER = re.compile(r"partner|next|neigh|dest|tag", re.IGNORECASE)
_TELLS_HOW = re.compile(r"max|min(?!e)|sum", re.IGNORECASE)
_ADDS = re.compile(
    r"sum|tot|count|cnt|pi|integra|num_|n_|err|hits|area|som|energy|res|dot|prod|avg|mean|norm", re.IGNORECASE
)
_REDUCE = 0.8


@dataclass(frozen=True, eq=False)
class Sums:
    """The totals of one function, and the parts that they may be made of."""

    draft: Draft

    @property
    def _function(self) -> Function:
        return self.draft.function

    @property
    def _flow(self) -> Flow:
        return self.draft.flow

    @cached_property
    def _harmless(self) -> frozenset[int]:
        """Readings that nobody needs the total for."""
        return self.draft.values.shown | self_readings(self._function)

    @cached_property
    def _loops(self) -> tuple[Loop, ...]:
        """Those whose iterations the processes share."""
        wanted = self._flow.is_distributed if self.draft.forced else self._flow.is_shared_out
        return tuple(part for part in self._all_loops if wanted(part))

    @cached_property
    def _all_loops(self) -> tuple[Loop, ...]:
        return tuple(part for part in walk(self._function.body) if isinstance(part, Loop))

    def calls(self) -> Iterator[PlacedCall]:
        """A reduction for each total; those whose names belong together come first."""
        taken: set[str] = set()
        totals = self._totals()
        for least in (3, 2):
            for total in [one for one in totals if one.name not in taken]:
                for partial in self._parts_of(total, taken):
                    is_wanted = self._fit(partial, total) >= least
                    found = list(self._reductions(partial, total)) if is_wanted else []
                    if found:
                        taken |= {total.name} if self._has_more(partial, totals) else {partial.name, total.name}
                        yield from found
                        break

    def _has_more(self, partial: Partial, totals: list[Variable]) -> bool:
        """Whether more than one total is named after the part: `t` and `t_min`, `t_max`."""
        named = [one for one in totals if one.name != partial.name and one.name.startswith(partial.name)]
        return self.draft.forced and len(named) > 1

    def _totals(self) -> list[Variable]:
        """Numbers that are read although nothing gives them a value but for a zero where they are declared."""
        return sorted(filter(self._is_total, self._function.variables), key=lambda one: one.first_read)

    def _is_total(self, one: Variable) -> bool:
        if not one.is_number or not one.is_read or datatype_of(one.symbol) is None or _is_constant(one):
            return False
        if part_of(one.name) == "root":
            return False
        if one.name in (self._flow.rank, self._flow.size, *self.draft.gap_targets, *self._function.counters):
            return False
        is_unset = one.is_never_set or (self._is_first_read(one) and self._starts_at_zero(one))
        return is_unset and not re.search("rank|pid", one.name, re.I)

    def _is_first_read(self, one: Variable) -> bool:
        """Whether nothing but its declaration sets it, or, where an answer is forced, a root alone behind a reading."""
        declared = one.symbol.start if one.symbol else -1
        later = [use.offset for use in one.uses if use.access != "read" and use.offset != declared]
        if not later or not self.draft.forced:
            return one.is_set_by_declaration_only
        later = [offset for offset in later if offset not in self._zeroed | self._scaled]
        if not later:
            return True
        way = way_to(self._function.body, min(later), self._function.source)
        is_read_first = one.first_read <= min(later) or (bool(way) and way[-1].item.holds(one.first_read))
        return is_read_first and all(self._is_for_root(at) for at in later)

    @cached_property
    def _zeroed(self) -> frozenset[int]:
        """The offsets of variables that are set to zero."""
        assigned = (part for part in self.draft.values.expressions if isinstance(part, Assign) and part.operator == "=")
        return frozenset(part.target.start for part in assigned if number(part.value) == 0.0)

    @cached_property
    def _scaled(self) -> frozenset[int]:
        """The offsets of variables that are multiplied or divided, as one does with a total: `pi *= 4`, `t = t / n`."""
        assigned = (part for part in self.draft.values.expressions if isinstance(part, Assign))
        return frozenset(part.target.start for part in assigned if _scales(part))

    def _is_for_root(self, offset: int) -> bool:
        way = way_to(self._function.body, offset, self._function.source)
        return any(self._flow.root_of(step.item.statement, offset) for step in way)

    def _starts_at_zero(self, variable: Variable) -> bool:
        for statement in walk(self._function.body):
            for one in statement.declarators if isinstance(statement, Declare) else ():
                if variable.symbol and (one.name, one.start) == (variable.name, variable.symbol.start):
                    return number(one.initial) == 0.0 if one.initial else not variable.is_set_by_declaration_only
        return False

    def _parts_of(self, total: Variable, taken: set[str]) -> list[Partial]:
        """The variables that may hold the parts of `total`, likeliest first."""
        codes = {gap.variable for gap in self.draft.codes.values()}
        excluded = {total.name, self._flow.rank, self._flow.size, *taken, *self._handed, *codes}
        found = [
            self._partial(one, total)
            for one in self._function.variables
            if one.is_number
            and one.name not in excluded
            and self._may_belong(one, total)
            and datatype_of(one.symbol) == datatype_of(total.symbol)
            and (not one.is_set_by_declaration_only or self._is_computed(one))
            and self._is_spare(one, total)
        ]
        fitting = [one for one in found if self._fit(one, total)]
        if not self.draft.forced and len(fitting) > 1:
            fitting = [one for one in fitting if self._fit(one, total) == 3]  # which one is a guess
        return sorted(fitting, key=lambda one: self._likeness(one, total), reverse=True)

    @cached_property
    def _handed(self) -> frozenset[str]:
        """What a call in the program hands over already, and what is no part of anything: parameters, counters; nothing
        where an answer is forced.
        """
        if self.draft.forced:
            return frozenset()
        calls = self.draft.program.calls_of("MPI_Reduce", "MPI_Allreduce", "MPI_Send", "MPI_Ssend", "MPI_Isend")
        given = (one.text.lstrip("& ") for call in calls for one in call.arguments[:2])
        return frozenset(given) | self._function.counters | frozenset(self._function.parameters)

    def _may_belong(self, one: Variable, total: Variable) -> bool:
        """Whether there is a rank, or the names say outright that the two belong together."""
        return self._flow.rank is not None or (total.is_never_set and is_part_and_whole(one.name, total.name))

    def _is_spare(self, one: Variable, total: Variable) -> bool:
        """Whether nobody but the total needs it; where the names say so outright, that it is set is enough."""
        if not self.draft.forced and total.is_never_set and is_part_and_whole(one.name, total.name):
            return any(use.access != "read" and use.offset < total.first_read for use in one.uses)
        return dangles(one, total.first_read, self._harmless, is_computed=self._is_computed(one))

    def _is_computed(self, one: Variable) -> bool:
        """Whether its declaration gives it more than a number."""
        given = self.draft.values.initial.get(one.symbol.start) if one.symbol else None
        return given is not None and number(given) is None

    def _partial(self, variable: Variable, total: Variable) -> Partial:
        alike = is_part_and_whole(variable.name, total.name)
        for loop in self._all_loops if alike or not self.draft.forced else self._loops:
            operator = accumulated_by(loop, variable.name)
            if operator:
                return Partial(variable, OPERATIONS[operator], loop)
        return Partial(variable, operation_by_name(variable.name, total.name), None)

    def _fit(self, partial: Partial, total: Variable) -> int:
        """3: the names say outright that the two belong together; 2: it is likely; 0: they do not."""
        alike, named = is_alike(partial.name, total.name), is_part_and_whole(partial.name, total.name)
        is_local = partial.name in self._flow.local
        if not self.draft.forced and is_local and not starts_neutral(partial, self._function.body):
            return 0
        is_told = partial.loop is not None or _ADDS.search(partial.name + total.name) is not None
        is_guess = partial.operation == "MPI_SUM" and not is_told
        if not self.draft.forced and is_guess:
            return 0
        if named:
            return 3
        if is_local and partial.loop is not None:
            return 2
        is_told = partial.loop is not None or _TELLS_HOW.search(total.name) is not None
        is_missed = is_told and total.is_never_set and _is_whole_of(partial.name, total.name)
        return 2 if is_missed or (alike and self.draft.forced) else 0  # how they are put together is a guess

    def _likeness(self, partial: Partial, total: Variable) -> tuple[bool, bool, int]:
        last = max(use.offset for use in partial.variable.uses if use.access != "read")
        return is_alike(partial.name, total.name), partial.name in self._flow.local, last

    def _reductions(self, partial: Partial, total: Variable) -> Iterator[PlacedCall]:
        """For the first reading of the total, and where an answer is forced for each that follows a new part."""
        last = -1
        for reading in sorted(use.offset for use in total.uses if use.access == "read"):
            is_new = any(last < use.offset < reading for use in partial.variable.uses if use.access != "read")
            if last < 0 or (self.draft.forced and is_new):
                call = self._reduce(partial, total, reading)
                if call:
                    yield call
                elif last < 0:
                    return
                last = reading

    def _reduce(self, partial: Partial, total: Variable, reading: int) -> PlacedCall | None:
        """Behind what touches the partial result last before the reading, where every process comes along."""
        step = self._place(reading, partial.variable)
        if step is None:
            return None
        source = self._function.source
        line = line_before(step.block, self._index(step, partial.variable, total), source)
        kind = datatype_of(total.symbol) or "MPI_DOUBLE"
        given = (f"&{partial.name}", f"&{total.name}", "1", kind, partial.operation)
        root = self._root(total)
        if root is None and _is_received(partial.name, total.name):
            return None
        if root is None:
            return PlacedCall(line, "MPI_Allreduce", (*given, "MPI_COMM_WORLD"), _REDUCE)
        return PlacedCall(line, "MPI_Reduce", (*given, root, "MPI_COMM_WORLD"), _REDUCE)

    def _place(self, reading: int, part: Variable) -> Step | None:
        """The innermost block around a reading of the total that sets the part before, and that all processes run."""
        chosen: Step | None = None
        for step in way_to(self._function.body, reading, self._function.source):
            if self._is_set_before(step, part):
                chosen = step
            if self._flow.is_guard(step.item.statement):
                break
        return chosen

    def _is_set_before(self, step: Step, part: Variable) -> bool:
        """Whether a statement of the block sets the part before the step's; what a range-based loop names is none."""
        before = range(step.block.start, step.item.statement.start)
        places = [use.offset for use in part.uses if use.access != "read" and use.offset in before]
        items = items_of(step.block, self._function.source)[: step.index] if places else ()
        return any(item.holds(at) for item in items for at in places)

    def _index(self, step: Step, part: Variable, total: Variable) -> int:
        """Behind the last statement before the total's that touches the part, and behind the total's declaration."""
        items = items_of(step.block, self._function.source)[: step.index]
        declared = total.symbol.start if total.symbol else -1
        offsets = [declared, *(use.offset for use in part.uses)]
        return max(i + 1 for i, item in enumerate(items) if any(item.holds(offset) for offset in offsets))

    def _root(self, total: Variable) -> str | None:
        """The one process that reads the total; None where several do."""
        source = self._function.source
        roots: set[str | None] = set()
        for offset in (use.offset for use in total.uses if use.access == "read"):
            way = way_to(self._function.body, offset, source)
            found = (self._flow.root_of(step.item.statement, offset) for step in way)
            roots.add(next((root for root in found if root), None))
        return roots.pop() if len(roots) == 1 else None


def _is_constant(variable: Variable) -> bool:
    symbol = variable.symbol
    return symbol is not None and ("const" in symbol.storage or symbol.kind == "parameter")


def _scales(part: Assign) -> bool:
    match part:
        case Assign(operator="*=" | "/="):
            return True
        case Assign(operator="=", target=Name(name=name), value=Binary(operator="*" | "/") as value):
            return name in names_in(value)
        case _:
            return False


def _is_received(part: str, total: str) -> bool:
    """Whether the names tell of a message rather than a total: `partner`, or something that is received or kept for a
    while, and that no `send_sum` is meant for.
    """
    return part_of(part) in ("left", "right") or bool(
        _PARTNER.search(part) or (_GOT.search(total) and "send" not in part)
    )


def is_alike(part: str, whole: str) -> bool:
    """Whether the names tell of a part and its whole: `local_sum` and `sum`, `errs` and `toterrs`."""
    return _is_whole_of(part, whole) or any(word in part.lower().replace("_", "") for word in _PARTS)


def _is_whole_of(part: str, whole: str) -> bool:
    """Whether the name of the whole tells of it: `sum` and `ssum`, `errs` and `toterrs`, `diff` and `total`."""
    one, other = (name.lower().replace("_", "") for name in (part, whole))
    short, long = sorted((one, other), key=len)
    return (short in long and len(short) > 1) or any(word in other for word in _WHOLES)


def is_part_and_whole(part: str, whole: str) -> bool:
    """Whether the names say so outright: `local_sum` and `global_sum`, `count` and `total_count`, `myPi` and `pi`."""
    stems = (_stem(part, _PART), _stem(whole, _WHOLE))
    return stems[0] == stems[1] != "" and part.lower() != whole.lower()


def _stem(name: str, marks: re.Pattern[str]) -> str:
    return marks.sub("", name.lower()).replace("_", "")

"""The class of each scalar of a loop, by control flow."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from hpcls.analysis.accesses import Access
from hpcls.analysis.certainty import Certainty
from hpcls.analysis.flags import flag_operator, is_equality, is_other_number, is_truth_value
from hpcls.analysis.flow import Exposure, Flow, is_scalar
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.other_ways import USED_ELSEWHERE, other_way, used_by_callees
from hpcls.analysis.reduced_numbers import misfit
from hpcls.analysis.reductions import Accumulation
from hpcls.analysis.scalar_mentions import accumulations, given_away, steering
from hpcls.analysis.trips import surely_runs
from hpcls.analysis.types import is_integer
from hpcls.analysis.variables import spelling
from hpcls.analysis.verdict import Finding, Role, Scalar
from hpcls.syntax.expressions import Expression
from hpcls.syntax.loops import LoopFacts, integer


class ScalarClasses:
    """The scalars of one loop, each with its class, and what stands against running iterations in any order."""

    def __init__(self, model: UnitModel, loop: LoopFacts, certainty: Certainty) -> None:
        self._model = model
        self._facts = loop
        self._certainty = certainty
        self._loop = loop.statement
        self._flow: Flow = model.flows.iteration(loop.statement)
        self._sited = model.inside(loop.statement)
        self._by_key: dict[str, list[Access]] = {}
        self._filled: set[str] = set()
        for sited in self._sited:
            if isinstance(sited.event, Access):
                place = sited.event.place
                self._by_key.setdefault(place.key + place.path, []).append(sited.event)
                if sited.event.is_write and place.path:
                    self._filled.add(place.key)
        self._accumulations: dict[str, list[Accumulation]] = {}
        for found in model.found_in(self._loop.body, accumulations):
            key = model.variables.key(found.name.name, found.name.start)
            self._accumulations.setdefault(key, []).append(found)
        self.findings: list[Finding] = []
        self.assumptions: list[str] = []
        self.scalars = tuple(self._classify_all())

    def _classify_all(self) -> Iterator[Scalar]:
        counter = self._counter()
        if counter:
            yield counter
        first = {key: found[0].offset for key, found in self._by_key.items() if is_scalar(found[0])}
        for key, offset in self._flow.written.items():
            first.setdefault(key, offset)
        for key in sorted(first, key=first.__getitem__):
            scalar = self._classify(key, first[key]) if counter is None or key != self._counter_key else None
            if scalar is not None:
                yield scalar

    @cached_property
    def _counter_key(self) -> str | None:
        induction = self._facts.induction
        return self._model.variables.key(induction.variable, induction.offset) if induction else None

    def _counter(self) -> Scalar | None:
        induction, key = self._facts.induction, self._counter_key
        if induction is None or key is None:
            return None
        if key in self._model.definitions.escaped:
            self.findings.append(Finding(induction.offset, f"a pointer leads to the counter {spelling(key)}", False))
        elif not self._model.definitions.counts(key, self._loop):
            writes = [one for one in self._accesses(key) if one.is_write and not one.by_address]
            shown = bool(writes) and not self._certainty.is_doubted(writes)
            message = f"the loop's body changes its counter {spelling(key)}"
            self.findings.append(Finding(induction.offset, message if shown else f"{message}, perhaps", shown))
        elif used_by_callees(self._by_key, key):
            self.findings.append(Finding(induction.offset, USED_ELSEWHERE.format(spelling(key)), False))
        live = not induction.is_declared_here and self._is_live(key)
        if live:
            self._assume_it_runs(key)
        role = Role.LASTPRIVATE if live else Role.INDUCTION
        reason = "counts the loop and is read after it" if live else "counts the loop"
        declared = self._model.variables.symbol(key) is not None
        return Scalar(spelling(key), role, induction.offset, reason, needs_clause=live, declared=declared)

    def _classify(self, key: str, offset: int) -> Scalar | None:
        variables = self._model.variables
        root = key.partition(".")[0]
        name = spelling(root)
        declared = variables.symbol(root) is not None
        if variables.is_declared_in(root, self._loop.start, self._loop.end):
            if key not in self._flow.written:
                return None
            if any(map(variables.is_reference_field, key.split(".")[1:])):
                message = f"{key.replace(root, name)} is a reference, and it is not known to what"
                self.findings.append(Finding(offset, message, False))
            return Scalar(name, Role.LOCAL, offset, "declared in the loop", declared=declared)
        written = self._flow.written.get(key)
        symbol = variables.symbol(root)
        if written is not None and variables.meanings.is_thread_local(name, symbol):
            return Scalar(name, Role.LOCAL, offset, "every thread has its own", declared=declared)
        if written is not None:
            return self._classify_written(key, name, written, declared)
        if symbol is not None and symbol.kind not in ("variable", "parameter", "field"):
            return None
        reason = "its elements are written" if root in self._filled else "only read"
        return Scalar(name, Role.SHARED, offset, reason, declared=declared)

    def _classify_written(self, key: str, name: str, written: int, declared: bool) -> Scalar:
        if key.partition(".")[0] in self._model.definitions.escaped:
            message = f"{name} is written, and a pointer may lead to it"
            self.findings.append(Finding(written, message, False, f"declare {name} inside the loop"))
            return Scalar(name, Role.CARRIED, written, message, declared=declared)
        if self._is_synchronised(key):
            return Scalar(name, Role.SHARED, written, "every access to it is synchronised", declared=declared)
        if self._accesses(key) and all(access.by_address for access in self._accesses(key)):
            self.findings.append(Finding(written, f"{name} is written through its address", False))
            return Scalar(name, Role.SHARED, written, "only its address is used", declared=declared)
        if other := other_way(self._model, self._by_key, key):
            self.findings.append(Finding(written, *other))
            return Scalar(name, Role.CARRIED, written, other[0], declared=declared)
        if operator := self._reduction(key):
            self._check_reduction(key, name, operator, written)
            reason = f"only accumulated with {operator}"
            return Scalar(name, Role.REDUCTION, written, reason, operator, True, declared)
        if exposure := self._exposure(key):
            return self._carried(key, name, written, exposure, declared)
        if "." in key and key.partition(".")[0] not in self._flow.written:
            return self._part(key, name, written, declared)
        if not self._is_live(key):
            if not declared:
                self.assumptions.append(f"{name} is not read after the loop")
            reason = "written before it is read in every iteration"
            return Scalar(name, Role.PRIVATE, written, reason, needs_clause=True, declared=declared)
        if key in (self._flow.killed or ()):
            if self._may_hold_a_value(root=key.partition(".")[0]):
                self._assume_it_runs(key)
            reason = "written in every iteration and read after the loop"
            return Scalar(name, Role.LASTPRIVATE, written, reason, needs_clause=True, declared=declared)
        flag = self._flag(key)
        if flag:
            self._assume_truth_value(key, name)
            return Scalar(name, Role.REDUCTION, written, f"only set, as by {flag}", flag, True, declared, True)
        message = f"{name} is written in some iterations only, and read after the loop"
        remedy = f"find the last iteration that writes {name} in a separate loop"
        is_read_later = key in self._model.live_after.get(self._loop, ())
        may_be_every = self._looks_for_one(key) or self._waits_for_a_loop(key)
        shown = is_read_later and self._surely_happen(self._accesses(key)) and not may_be_every
        self.findings.append(Finding(written, message, shown, remedy))
        return Scalar(name, Role.CARRIED, written, message, declared=declared)

    def _exposure(self, key: str) -> Exposure | None:
        """The first read of the variable, or of a field of it, that may see what an earlier iteration wrote."""
        found = [one for name, one in self._flow.exposed.items() if name == key or name.startswith(key + ".")]
        return min(found, key=lambda one: one.offset, default=None)

    def _assume_it_runs(self, key: str) -> None:
        """Without a last iteration a variable with a lastprivate clause has an unspecified value after the loop, one
        with firstprivate too (OpenMP 5.2, 5.4.5); what GCC leaves there is not what it held before.
        """
        if not surely_runs(self._model, self._loop):
            self.assumptions.append(f"the loop runs at least once, since {spelling(key)} is read after it")

    def _may_hold_a_value(self, root: str) -> bool:
        """Whether something may have given the variable a value before the loop, an earlier run of the loop itself
        included: a program that reads it all the same relies on what it held.
        """
        variables, definitions, loop = self._model.variables, self._model.definitions, self._loop
        around = self._model.around(loop)[:-1]
        start = around[-1].start if around else self._model.unit.body.start
        is_fresh = variables.is_declared_in(root, start, loop.start)
        given = (one.offset for one in definitions.of(root))
        kept = definitions.addressed | definitions.handed_on
        return not is_fresh or root in kept or any(at < loop.start for at in given)

    def _part(self, key: str, name: str, written: int, declared: bool) -> Scalar:
        """A field that every iteration writes before it reads it: the whole can be private, other fields copied in."""
        root = key.partition(".")[0]
        if self._is_live(root) or self._accesses(root):
            message = f"part of {name} is written in every iteration, and {name} is used as a whole or after the loop"
            self.findings.append(Finding(written, message, False, f"declare {name} inside the loop"))
            return Scalar(name, Role.CARRIED, written, message, declared=declared)
        fields = [other for other in self._by_key if other.startswith(root + ".")]
        if len(fields) > 1 and self._model.variables.meanings.holds_union_fields(fields):
            message = f"fields of {name} share storage: one may hold what another was given in an earlier iteration"
            self.findings.append(Finding(written, message, False, f"declare {name} inside the loop"))
            return Scalar(name, Role.CARRIED, written, message, declared=declared)
        if all(field in self._flow.written for field in fields):
            reason = "its fields are written before they are read in every iteration"
            return Scalar(name, Role.PRIVATE, written, reason, needs_clause=True, declared=declared)
        reason = "some of its fields are written in every iteration, others are only read"
        return Scalar(name, Role.FIRSTPRIVATE, written, reason, needs_clause=True, declared=declared)

    def _carried(self, key: str, name: str, written: int, exposure: Exposure, declared: bool) -> Scalar:
        line = self._model.source.line(self._last_write(key, written))
        if exposure.perhaps_written:
            message = f"{name}, read here, may still hold the value of an earlier iteration (written at line {line})"
            self.findings.append(
                Finding(exposure.offset, message, False, f"give {name} a value at the start of the body")
            )
        else:
            message = f"{name}, read here, holds what an earlier iteration wrote at line {line}"
            shown = self._surely_flows(key, exposure.offset)
            self.findings.append(Finding(exposure.offset, message, shown, self._remedy(name)))
        return Scalar(name, Role.CARRIED, exposure.offset, message, declared=declared)

    def _last_write(self, key: str, first: int) -> int:
        """The place of the write that the next iteration sees: the last one before the end of the body."""
        writes = [one.offset for one in self._accesses(key) if one.is_write]
        return writes[-1] if writes else first

    def _remedy(self, name: str) -> str:
        induction = self._facts.induction
        counter = induction.name if induction else "the loop's counter"
        return f"if {name} can be computed from {counter} alone, do that; else split the loop after the statement"

    def _surely_flows(self, key: str, read: int) -> bool:
        """Whether iterations surely get to the read, which sees what came before, and to some write."""
        # a function that is given the address need not write
        reads = [one for one in self._accesses(key) if one.offset == read and not one.is_write]
        writes = [one for one in self._accesses(key) if one.is_write and not one.by_address]
        is_removable = self._may_be_a_reduction(key) or self._counts_along(key) or self._leaves_one_number(key)
        if is_removable or not reads or key.partition(".")[0] in self._handed_on:
            return False
        return any(self._surely_happen([*reads, one]) for one in writes)

    def _counts_along(self, key: str) -> bool:
        """Whether every iteration steps the variable once, by one number: a linear clause removes that (OpenMP 5.2,
        5.4.6).
        """
        mine = self._accumulations.get(key, [])
        written = [one.offset for one in self._accesses(key) if one.is_write]
        if len(mine) != 1 or len(written) != 1 or self._facts.induction is None:
            return False
        is_number = mine[0].value is None or integer(mine[0].value) is not None
        return mine[0].operator == "+" and is_number and self._is_plain(written[0])

    def _leaves_one_number(self, key: str) -> bool:
        """Whether every iteration ends by giving the variable one number: a copy that begins with it is as good."""
        last = max(one.offset for one in self._accesses(key))
        given = [one.value for one in self._model.definitions.inside(key, self._loop) if one.offset >= last]
        return self._is_plain(last) and any(value and integer(value) is not None for value in given)

    def _is_plain(self, offset: int) -> bool:
        """Whether what happens there happens once in every iteration."""
        return all(
            sited.loops[-1] is self._loop and not any(self._loop.start <= one.start for one in sited.guards)
            for sited in self._at.get(offset, ())
        )

    @cached_property
    def _handed_on(self) -> frozenset[str]:
        """The variables that a call in the loop may give a value."""
        return frozenset(self._model.found_in(self._loop.body, given_away))

    def _surely_happen(self, accesses: list[Access]) -> bool:
        """Whether no counter decides which iterations get to the accesses."""
        if self._certainty.is_doubted(accesses) or self._certainty.may_exclude(accesses):
            return False
        offsets = dict.fromkeys(access.offset for access in accesses)
        mine = [sited for offset in offsets for sited in self._at.get(offset, ())]
        return all(
            self._certainty.happens(sited.event, sited.loops, sited.guards)
            for sited in mine
            if isinstance(sited.event, Access)
        )

    def _looks_for_one(self, key: str) -> bool:
        """Whether every write waits for an equality, as the search for something that may be there only once does."""
        offsets = {access.offset for access in self._accesses(key) if access.is_write}
        sites = (sited for offset in offsets for sited in self._at.get(offset, ()))
        return all(any(self._loop.start <= one.start and is_equality(one) for one in sited.guards) for sited in sites)

    def _waits_for_a_loop(self, key: str) -> bool:
        """Whether nothing but an inner loop that may not run keeps an iteration from a write: each may well do it."""
        offsets = {access.offset for access in self._accesses(key) if access.is_write}
        sites = [sited for offset in offsets for sited in self._at.get(offset, ())]
        free = [sited for sited in sites if not any(self._loop.start <= one.start for one in sited.guards)]
        jumps = self._model.flows.of(self._loop.body).jumps
        return not jumps and any(sited.loops[-1] is not self._loop for sited in free)

    @cached_property
    def _at(self) -> dict[int, list[Sited]]:
        """The events at each offset."""
        found: dict[int, list[Sited]] = {}
        for sited in self._sited:
            found.setdefault(sited.event.offset, []).append(sited)
        return found

    @cached_property
    def _live(self) -> frozenset[str]:
        """What the rest of the unit may read, and each variable that it may read a part of."""
        live = self._model.live_after.get(self._loop, frozenset[str]())
        return live | {key.partition(".")[0] for key in live}

    def _is_live(self, key: str) -> bool:
        """Whether someone may read the variable after the loop."""
        root = key.partition(".")[0]
        symbol = self._model.variables.symbol(root)
        unit = self._model.unit
        if key in self._live or root in self._live or f"&{root}" in self._live:
            return True
        if symbol is None:
            return not unit.is_fragment or not (key == self._counter_key or self._is_read(key))
        inside = unit.body.start <= symbol.start < unit.body.end and "static" not in symbol.storage
        alone = unit.is_fragment and not unit.is_broken
        local = inside or (symbol.kind == "parameter" and not symbol.reference) or alone
        return not local or root in self._model.definitions.escaped

    def _accesses(self, key: str) -> list[Access]:
        return self._by_key.get(key, [])

    def _is_read(self, key: str) -> bool:
        """Whether the loop itself uses what it writes; where not, somebody else must."""
        return any(not access.is_write for access in self._accesses(key))

    def _is_synchronised(self, key: str) -> bool:
        """Whether every access stands where the program itself keeps the iterations apart."""
        accesses = self._accesses(key)
        return bool(accesses) and all(self._model.is_synchronised(one, self._loop) for one in accesses)

    def _may_be_a_reduction(self, key: str) -> bool:
        """Whether only what an `#if` may leave out, or the like, does more with the variable than to accumulate."""
        if self._operator(key, ()) is None:
            return False
        return bool(self._operator(key, [one for one in self._accesses(key) if not self._certainty.is_doubted([one])]))

    def _reduction(self, key: str) -> str | None:
        """The operator by which every access to the variable accumulates."""
        return self._operator(key, self._accesses(key))

    def _operator(self, key: str, accesses: Sequence[Access]) -> str | None:
        """The operator by which all of `accesses`, which are to the variable, accumulate."""
        mine = sorted(self._accumulations.get(key, []), key=lambda one: one.start)
        operators = {a.operator for a in mine}
        if len(operators) != 1 or key not in self._flow.exposed or key in self._steering:
            return None
        starts = [a.start for a in mine]
        ends = [0, *accumulate((a.end for a in mine), max)]
        offsets = (access.offset for access in accesses)
        return operators.pop() if all(at < ends[bisect_right(starts, at)] for at in offsets) else None

    def _flag(self, key: str) -> str | None:
        """The operator that stands for every access to the variable, where all set it to the same truth value."""
        variables, symbol = self._model.variables, self._model.variables.symbol(key)
        is_whole = symbol is None or (variables.is_arithmetic(key) and is_integer(variables, symbol))
        if not is_whole or "." in key or self._is_read(key) or any(map(is_other_number, self._set_outside(key))):
            return None
        return flag_operator([one.value for one in self._model.definitions.inside(key, self._loop)])

    def _assume_truth_value(self, key: str, name: str) -> None:
        """`found = found || 1` makes 1 of whatever else `found` held before."""
        symbol = self._model.variables.symbol(key)
        outside = self._set_outside(key)
        is_local = symbol is not None and self._model.unit.body.start <= symbol.start < self._model.unit.body.end
        known = is_local and outside and all(map(is_truth_value, outside))
        if not known and not (symbol and symbol.type_text in ("bool", "_Bool")):
            self.assumptions.append(f"{name} holds 0 or 1 before the loop")

    def _set_outside(self, key: str) -> list[Expression | None]:
        return [one.value for one in self._model.definitions.of(key) if self._loop not in one.loops]

    @cached_property
    def _steering(self) -> frozenset[str]:
        """The variables that the control of inner loops reads."""
        return frozenset(self._model.found_in(self._loop.body, steering))

    def _check_reduction(self, key: str, name: str, operator: str, written: int) -> None:
        arithmetic = self._model.variables.is_arithmetic(key)
        symbol = self._model.variables.symbol(key)
        if arithmetic is False or (symbol is not None and symbol.reference and symbol.kind != "parameter"):
            self.findings.append(Finding(written, f"{name} is accumulated, but is no plain number", False))
        elif arithmetic is None and symbol is not None:
            message = f"{name} is accumulated, but its type {symbol.type_text} is not known to be a number"
            self.findings.append(Finding(written, message, False))
        if name in self._model.variables.meanings.atomic_names:
            self.findings.append(Finding(written, f"{name} is atomic: no reduction clause may name it", False))
        mine = self._accumulations[key]
        if symbol and (why := misfit(self._model, symbol, operator, mine)):
            self.findings.append(Finding(written, f"{name} is {why}", False))
        if operator in ("&&", "||") and not surely_runs(self._model, self._loop):
            self._assume_truth_value(key, name)
        if operator in ("+", "*") and not is_integer(self._model.variables, symbol):
            self.assumptions.append(f"the order in which {name} is accumulated may change (rounding)")

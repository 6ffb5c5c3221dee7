"""Dependences of one loop through memory: every write against every other access of what may be the same storage."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from hpcls.analysis.accesses import Access
from hpcls.analysis.budget import A_PAIR
from hpcls.analysis.call_sites import given_alike
from hpcls.analysis.certainty import Certainty
from hpcls.analysis.dependence import Meeting, Ranges, Relation, meet_all
from hpcls.analysis.flow import is_scalar
from hpcls.analysis.followed import behind, selectors
from hpcls.analysis.forms import Forms
from hpcls.analysis.given_elsewhere import given_elsewhere
from hpcls.analysis.lifetimes import are_numbers_apart, came_later, is_unshared
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.naming import Names, do_not_overlap, undecided, when
from hpcls.analysis.nest.exact import ExactTest
from hpcls.analysis.sequences import may_overload_subscript, shares_elements
from hpcls.analysis.tables import Tables
from hpcls.analysis.touches import Shapes, Touch, common_loops, inner_bounds, place_of
from hpcls.analysis.variables import spelling
from hpcls.analysis.verdict import Finding
from hpcls.analysis.wrapping import taken_to_fit
from hpcls.syntax.declarations import BIT_FIELD
from hpcls.syntax.loops import LoopFacts
from hpcls.syntax.statements import Loop

_MOST_PAIRS = 20_000
"""Pairs of accesses that are still compared in one loop."""
_EASY = 16
"""Pairs of known shapes that cost as much as one to which the dependence tests are put."""


class MemoryDependences:
    """What stands against running the iterations of one loop in any order, as far as memory goes."""

    def __init__(
        self, model: UnitModel, facts: LoopFacts, forms: Forms, certainty: Certainty, apart: Set[str] = frozenset()
    ) -> None:
        """The dependences of the loop; of the variables `apart` every thread has its own."""
        self._model = model
        self._apart = apart
        self._loop = facts.statement
        self._forms = forms
        self._certainty = certainty
        self._overlaps: dict[str, dict[str, None]] = {}
        self._roots = model.roots
        self._tables = Tables(model)
        self._exact = ExactTest(model, forms, model.around(facts.statement))
        self._shapes = Shapes(forms)
        self._met: dict[tuple[int, int, int], Meeting] = {}
        self._names = Names(model)
        self._free: set[tuple[int, int]] = set()
        """Names of memory that were compared, and found to be of different variables."""
        self._strides: dict[str, None] = {}
        self._rows: dict[str, None] = {}
        self.clashing: set[str] = set()
        """The variables whose elements stand against independence."""
        self.findings = tuple(self._find())

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What has to hold for the absence of findings to mean independence."""
        overlap = [do_not_overlap(written, list(others)) for written, others in self._overlaps.items()]
        rows = " and ".join(self._rows)
        apart = [f"{rows}: different elements point to different memory"] if rows else []
        return (*overlap, *apart, *self._strides, *self._taken_to_fit())

    def _taken_to_fit(self) -> list[str]:
        """What is assumed of the subscripts of what the loop writes."""
        sites = () if self.findings else self._sites()
        accesses = [(one.event, one.loops) for one in sites if isinstance(one.event, Access)]
        written = {access.place.key for access, _ in accesses if access.is_write} - self._apart
        asked = ((access.place, loops) for access, loops in accesses if access.place.key in written)
        return taken_to_fit(self._forms, ((each, loops) for place, loops in asked for each in place.subscripts))

    def shortest(self) -> int | None:
        """The fewest iterations between two that meet, over all pairs of accesses; None where a pair is not known to
        meet at one distance, or none meets."""
        touches = self._touches()
        writes = [touch for touch in touches if touch.access.is_write]
        found = [self._against_itself(write) for write in writes]
        found += [self._compare(write, other) for write in writes for other in touches if other is not write]
        distances = [finding.distance for finding in found if finding]
        return None if None in distances else min((d for d in distances if d is not None), default=None)

    def _find(self) -> Iterator[Finding]:
        touches = self._touches()
        writes = [touch for touch in touches if touch.access.is_write]
        pairs = self._pairs(writes, touches)
        if pairs > _MOST_PAIRS or not self._model.budget.spend(A_PAIR * pairs):
            yield Finding(self._loop.start, f"too many accesses to compare ({len(touches)}): gave up", False)
            return
        compared: set[int] = set()
        for write in writes:
            compared.add(id(write))
            finding = None if write.access.place.key in self._apart else self._against_itself(write)
            if finding:
                self.clashing.add(write.access.place.key)
                yield finding
                continue
            for other in touches:
                is_new = (
                    id(other) not in compared
                    and not self._are_apart(write, other)
                    and (self._names.number(write), self._names.number(other)) not in self._free
                )
                finding = self._compare(write, other) if is_new else None
                if finding:
                    self.clashing.add(write.access.place.key)
                    yield finding
                    break

    def _pairs(self, writes: list[Touch], touches: list[Touch]) -> int:
        """How many questions the comparison comes to: pairs of known shapes, or of known variables, are easy."""
        easy = len(writes) * len(touches) // _EASY
        if easy > _MOST_PAIRS or not writes:
            return easy
        by_key: dict[str, list[Touch]] = {}
        for one in touches:
            by_key.setdefault(one.access.place.key, []).append(one)
        alike = (by_key[key] for key in {one.access.place.key for one in writes})
        names = [{self._names.number(one) for one in each} for each in (writes, touches)]
        hard = sum(map(self._pairs_of_shapes, alike)) + len(names[0]) * len(names[1])
        return easy + hard

    def _pairs_of_shapes(self, touches: list[Touch]) -> int:
        """How many questions are put about one variable."""
        if len(touches) == 1:
            return 1
        written = {self._shapes.of(one) for one in touches if one.access.is_write}
        return len(written) * len({self._shapes.of(one) for one in touches})

    def _touches(self) -> list[Touch]:
        found: dict[tuple[object, ...], Touch] = {}
        for sited in self._sites():
            event = sited.event
            if isinstance(event, Access) and is_shared_memory(self._model, self._loop, event):
                forms = tuple([self._forms.polynomial(s, sited.loops) for s in event.place.subscripts])
                touch = Touch(event, forms, sited.loops, sited.guards, self._exact.tests(event.offset))
                found.setdefault(touch.identity, touch)
        return list(found.values())

    def _sites(self) -> tuple[Sited, ...]:
        return (*self._model.control(self._loop), *self._model.in_memory(self._loop))

    def _are_apart(self, write: Touch, other: Touch) -> bool:
        """Whether they name one variable, of which every thread has its own."""
        return write.access.place.key == other.access.place.key and write.access.place.key in self._apart

    def _against_itself(self, write: Touch) -> Finding | None:
        if self._is_set_in_loop(write.access.place.key):
            name = spelling(write.access.place.key)
            message = f"{name}, set in the loop, may lead to the same memory in two iterations"
            return Finding(write.access.offset, message, False)
        if shares_elements(self._model.variables, write.access.place.key):
            message = (
                f"two elements of {spelling(write.access.place.key)} may share memory, or be made when they are named"
            )
            return Finding(write.access.offset, message, False)
        finding = self._compare_elements(write, write)
        place = write.access.place
        if finding is None and place.path.startswith("[]") and may_overload_subscript(self._model.variables, place.key):
            self._rows[spelling(place.key)] = None
        return finding

    def _is_set_in_loop(self, key: str) -> bool:
        is_inside = self._model.variables.is_declared_in(key, self._loop.start, self._loop.end)
        return is_inside or self._forms.varies(key)

    def _compare_elements(self, write: Touch, other: Touch) -> Finding | None:
        """Two accesses on one way from one variable."""
        finding = self._judge(write, other, self._meeting(write, other))
        if finding is None and self._are_told_apart_by_pointers(write, other):
            row = self._names.row(write)
            if self._tables.meet(write.access.place, other.access.place):
                table = self._names.base(write)
                message = f"elements of {table} are given addresses of one memory: {row} may overlap another"
                return Finding(write.access.offset, message, False)
            self._rows[row] = None
        return finding

    def _are_told_apart_by_pointers(self, write: Touch, other: Touch) -> bool:
        """Whether two iterations may follow different pointers: what these lead to might overlap."""
        own, count = self._forms.bounds(self._loop, (self._loop,)), self._selectors(write)
        if own is None or not count:
            return False
        rows = write.forms[:count]
        changes = any(form is None or own.variable in form.names or "%" in "".join(form.names) for form in rows)
        return changes or rows != other.forms[:count]

    def _selectors(self, touch: Touch) -> int | None:
        return selectors(self._model.variables, touch.access.place.key, touch.access.place.path)

    def _compare(self, write: Touch, other: Touch) -> Finding | None:
        mine, theirs = write.access.place, other.access.place
        if mine.key == theirs.key:
            if mine.path == theirs.path:
                return self._compare_elements(write, other)
            return self._compare_paths(write, other)
        if self._roots.of(mine.key) & self._roots.of(theirs.key):
            here, there = self._names.text(write), self._names.text(other)
            bases = f"{self._names.base(write)} and {self._names.base(other)}"
            message = f"{here} and {there} may be one element: {bases} lead to one array"
            return Finding(write.access.offset, message, False)
        if self._may_overlap(write, other):
            finding = self._called_with_one(write, other) or self._hold_one(write, other)
            if finding := finding or self._given_elsewhere(write, other):
                return finding
            self._assume_apart(write, other)
        if self._names.base(write) != self._names.base(other):  # else each is told by its own text
            self._free.add((self._names.number(write), self._names.number(other)))
        return None

    def _called_with_one(self, write: Touch, other: Touch) -> Finding | None:
        """A finding where a call in view gives both parameters one array, and two iterations may meet in it."""
        found = given_alike(self._model, write.access.place.key, other.access.place.key)
        if found is None:
            return None
        is_same = found[1] == 0 and write.access.place.path == other.access.place.path
        if is_same and self._meeting(write, other).relation is Relation.NEVER:
            return None
        both, line = f"{self._names.base(write)} and {self._names.base(other)}", self._model.source.line(found[0])
        return Finding(write.access.offset, f"{both} lead to one array where line {line} calls the function", False)

    def _given_elsewhere(self, write: Touch, other: Touch) -> Finding | None:
        at = given_elsewhere(self._model, write.access.place.key, other.access.place.key)
        if at is None:
            return None
        both, line = f"{self._names.base(write)} and {self._names.base(other)}", self._model.source.line(at)
        return Finding(write.access.offset, f"{both} lead to one array, as line {line} has it", False)

    def _hold_one(self, write: Touch, other: Touch) -> Finding | None:
        if not self._tables.hold_one(write.access.place, other.access.place):
            return None
        both = f"{self._names.base(write)} and {self._names.base(other)}"
        return Finding(write.access.offset, f"pointers in {both} are given addresses of one memory", False)

    def _compare_paths(self, write: Touch, other: Touch) -> Finding | None:
        """Different ways from one variable: fields apart they share nothing, a part and its whole do."""
        mine, theirs = write.access.place.path, other.access.place.path
        shorter = min(mine, theirs, key=len)
        longer = mine if shorter == theirs else theirs
        if self._are_bit_fields(write, other):
            return self._compare_words(write, other)
        is_address = self._model.variables.is_address(write.access.place.key, shorter)
        if is_address and shorter == theirs and not other.access.is_write and longer.startswith(shorter + "["):
            return None  # where a row begins is read, and the row is written
        if longer.startswith(shorter + "."):
            count = shorter.count("[]")
            part = replace(write, forms=write.forms[:count]), replace(other, forms=other.forms[:count])
            return self._judge(write, other, self._meeting(*part))
        fields = f"{mine}.{theirs}".replace("[]", "").split(".")
        in_union = self._model.variables.may_share_storage(write.access.place.key, [one for one in fields if one])
        if in_union or "(" in longer or longer.startswith(shorter + "["):
            message = f"{self._names.base(write)} and {self._names.base(other)} name the same storage in different ways"
            return Finding(write.access.offset, message, False)
        if self._are_fields_of_one_type(write, other):
            return None
        if any(self._tables.leads_back(write.access.place.key, path) for path in (mine, theirs)):
            both = f"{self._names.text(write)} and {self._names.text(other)}"
            message = f"{both} may be one: elements are given addresses of others"
            return Finding(write.access.offset, message, False)
        if self._tables.share(write.access.place, other.access.place):
            both = f"{self._names.base(write)} and {self._names.base(other)}"
            return Finding(write.access.offset, f"{both} are given addresses of one memory", False)
        self._assume_apart(write, other)
        return None

    def _are_bit_fields(self, write: Touch, other: Touch) -> bool:
        """Whether both are bit-fields of structs on one way from the variable."""
        ways = [one.access.place.path.rpartition(".") for one in (write, other)]
        fields = (self._model.variables.fields.get(field, ()) for _, _, field in ways)
        return ways[0][0] == ways[1][0] and all(any(BIT_FIELD in each.storage for each in one) for one in fields)

    def _compare_words(self, write: Touch, other: Touch) -> Finding | None:
        """Bit-fields side by side are one memory location: to write one is to write the other (C17 3.14)."""
        if self._meeting(write, other).relation is Relation.NEVER:
            return None
        both = f"{self._names.text(write)} and {self._names.text(other)}"
        return Finding(write.access.offset, f"{both} of two iterations may be bits of one word", False)

    def _are_fields_of_one_type(self, write: Touch, other: Touch) -> bool:
        """Whether both are fields of what one pointer leads to, or no pointer is followed."""
        here, there = self._selectors(write), self._selectors(other)
        if here is None or here != there:
            return here == there
        paths = write.access.place.path, other.access.place.path
        ways = {path.removesuffix(behind(path, here)) for path in paths}
        return len(ways) == 1

    def _assume_apart(self, write: Touch, touched: Touch) -> None:
        names = self._names
        ways = (names.base, names.text, place_of, names.declared)
        pairs = ((name(write), name(touched)) for name in ways)
        written, other = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
        if written not in self._overlaps.get(other, {}):
            self._overlaps.setdefault(written, {})[other] = None

    def _meeting(self, left: Touch, right: Touch) -> Meeting:
        met = self._quickly(left, right)
        if met.assumes:
            self._strides[met.assumes] = None
        return met if met.relation is Relation.NEVER else self._exactly(left, right, met)

    def _quickly(self, left: Touch, right: Touch) -> Meeting:
        """What the subscripts say, asked once for accesses of the same shapes."""
        pair = self._shapes.of(left), self._shapes.of(right), common_loops(left, right)
        if pair not in self._met:
            self._met[pair] = self._compared(left, right)
        return self._met[pair]

    def _compared(self, left: Touch, right: Touch) -> Meeting:
        own = self._forms.bounds(self._loop, left.loops[: left.loops.index(self._loop) + 1])
        if own is None:
            return Meeting(Relation.PERHAPS)
        inside = (*inner_bounds(left, self._forms), *inner_bounds(right, self._forms))
        inner = {bounds.variable: bounds for bounds in inside if bounds}
        ranges = Ranges(own, tuple(inner.values()), self._forms.outer, self._model.definitions.zeros)
        return meet_all(list(left.forms), list(right.forms), ranges)

    def _exactly(self, left: Touch, right: Touch, met: Meeting) -> Meeting:
        """What the whole nest and its guards say where the subscripts of the loop alone, as `met`, show nothing."""
        is_plain = met.relation is not Relation.PERHAPS and not self._forms.has_limits
        if is_plain and self._is_certain(left) and self._is_certain(right):
            return met
        found = self._exact.meeting((left.access, left.loops), (right.access, right.loops))
        return met if found.relation is Relation.PERHAPS else found

    def _is_certain(self, touch: Touch) -> bool:
        return self._certainty.happens(touch.access, touch.loops, touch.guards)

    def _judge(self, write: Touch, other: Touch, met: Meeting) -> Finding | None:
        if met.relation is Relation.NEVER:
            return None
        here, there = self._names.text(write), self._names.text(other)
        line = self._model.source.line(other.access.offset)
        kind = "written" if other.access.is_write else "read"
        if met.relation is Relation.PERHAPS:
            what = here if other is write else f"{here} and {there} (line {line})"
            return Finding(write.access.offset, undecided(write, other, f"{what} of two iterations"), False)
        shown = not self._forms.has_limits and self._is_certain(write) and self._is_certain(other)
        if met.relation is Relation.SOMEWHERE:
            shown = all(self._happens_where_allowed(touch) for touch in (write, other))
        both = (write.access, other.access)
        shown = shown and not self._certainty.is_doubted(both) and not self._certainty.may_exclude(both)
        if met.relation is Relation.ALWAYS:
            what = f"every iteration writes {here}" + ("" if other is write else f", {kind} at line {line}")
            return Finding(write.access.offset, what, shown, self._remedy(write))
        message = f"{here}, written here, is {kind} as {there} at line {line}, {when(met.distance)}"
        always = abs(met.distance) if met.relation is Relation.AT and met.distance is not None else None
        return Finding(write.access.offset, message, shown, distance=always)

    def _happens_where_allowed(self, touch: Touch) -> bool:
        """Whether data alone, beside the counters that the exact test has looked at, decides on the access."""
        return self._certainty.happens(touch.access, touch.loops[: touch.loops.index(self._loop) + 1], ())

    def _remedy(self, write: Touch) -> str:
        if not write.access.place.subscripts or len(write.loops) == write.loops.index(self._loop) + 1:
            return f"accumulate into a local variable and store {self._names.text(write)} after the loop"
        return f"if every iteration fills {self._names.base(write)} before reading it, declare it inside the loop"

    def _may_overlap(self, write: Touch, other: Touch) -> bool:
        variables = self._model.variables
        left, right = write.access.place, other.access.place
        if all(variables.is_object(one.access.place.key) and self._selectors(one) is None for one in (write, other)):
            return False
        symbols = variables.symbol(left.key), variables.symbol(right.key)
        direct = [one.access.place.key for one in (write, other) if self._is_direct(one)]
        others = {left.key: right.key, right.key: left.key}
        is_apart = (is_unshared(self._model, one, others[one], is_direct=others[one] in direct) for one in direct)
        inside = [one.access.place.key for one in (write, other) if self._selectors(one) is None]
        if any(is_apart) or came_later(self._model, left.key, right.key, direct, inside):
            return False
        is_cast = any("(" in place.path.replace("(flat)", "") for place in (left, right))
        return is_cast or not are_numbers_apart(*symbols)

    def _is_direct(self, touch: Touch) -> bool:
        """Whether the variable itself is the only pointer that is followed."""
        return touch.access.place.path.startswith("[]") and self._selectors(touch) is None


def is_shared_memory(model: UnitModel, loop: Loop, access: Access) -> bool:
    """Whether the access is to memory, no scalar, that the iterations of `loop` share."""
    if is_scalar(access):
        return False
    key = access.place.key
    symbol = model.variables.symbol(key)
    own = model.variables.is_declared_in(key, loop.start, loop.end)
    is_object = own and symbol is not None and not symbol.pointers and not symbol.reference
    return not is_object or model.variables.may_lead_elsewhere(key, access.place.path)

"""What may keep threads apart at an access that every iteration makes: a dependence through it is then not shown.

The sequential program has the dependence.  But the variable may be atomic or each thread's own, a lock may guard it, or
the thread's number may choose the element: whoever makes such a loop parallel need not be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property

from hpcls.analysis.accesses import Access
from hpcls.analysis.model import UnitModel
from hpcls.analysis.openmp.constructs import Constructs
from hpcls.analysis.openmp.protection import Protection
from hpcls.analysis.openmp.sharing import Sharing
from hpcls.analysis.openmp.thread_numbers import ThreadNumbers
from hpcls.analysis.variables import spelling
from hpcls.syntax import statements
from hpcls.syntax.directives import PlacedDirective
from hpcls.syntax.statements import Alternatives, Loop
from hpcls.syntax.unbraced import is_unread


class Doubts:
    """The doubts about the accesses in the loops of one unit."""

    def __init__(self, model: UnitModel, directives: Mapping[int, PlacedDirective]) -> None:
        self._model = model
        self._directives = directives
        self._sharing = Sharing(model)
        self._numbers = ThreadNumbers(model)
        self._guarded: dict[Loop, bool] = {}

    def concern(self, loop: Loop, accesses: Sequence[Access], removable: Set[str] = frozenset()) -> bool:
        """Whether something may keep the threads that run the iterations of `loop` apart at these accesses.

        Of the variables `removable` each thread may be given a copy.
        """
        return (
            any(one.place.key in removable for one in accesses)
            or self._is_guarded(loop)
            or all(self._model.is_synchronised(one, loop) for one in accesses)
            or any(self._is_apart(one, loop) for one in accesses)
        )

    def _is_guarded(self, loop: Loop) -> bool:
        """Whether something in the loop may synchronise, or could not be read."""
        known = self._guarded.get(loop)
        if known is None:
            node = self._model.source.tree.root_node.descendant_for_byte_range(loop.start, loop.end)
            is_open = node is None or is_unread(node)
            known = is_open or self._scans(loop) or self._protection.is_unknown_in(loop.body)
            self._guarded[loop] = known
        return known

    def _scans(self, loop: Loop) -> bool:
        """Whether what the loop accumulates is read as it grows (OpenMP 5.2, 5.6)."""
        return any(loop.start <= start < loop.end for start in self._scan_starts)

    @cached_property
    def _scan_starts(self) -> tuple[int, ...]:
        return tuple(one.start for one in self._directives.values() if one.directive.name == "scan")

    @cached_property
    def _protection(self) -> Protection:
        return Protection(self._model)

    def _is_apart(self, access: Access, loop: Loop) -> bool:
        return (
            any(loop.start <= start <= access.offset < end for start, end in self._optional)
            or self._is_atomic(access)
            or self._is_threads_own(access.place.key, loop)
            or self._is_on_a_device(access, loop)
            or self._has_a_reduction(access)
            or not self._model.variables.meanings.union_fields.isdisjoint(_fields(access))
            or self._numbers.choose(access)
        )

    @cached_property
    def _optional(self) -> tuple[tuple[int, int], ...]:
        """What an `#if` may leave out, or one of its branches replace."""
        found = (one for one in statements.walk(self._model.unit.body) if isinstance(one, Alternatives))
        return tuple((one.start, one.end) for one in found)

    def _is_atomic(self, access: Access) -> bool:
        names = {access.place.key.partition("@")[0], *_fields(access)}
        return not names.isdisjoint(self._model.variables.meanings.atomic_names)

    def _is_threads_own(self, key: str, loop: Loop) -> bool:
        """Whether a region around the loop, or the variable's storage, gives every thread a copy."""
        variables = self._model.variables
        if variables.meanings.is_thread_local(spelling(key), variables.symbol(key)):
            return True
        around = (one for one in self._constructs.around(loop.start) if one.statement.start < loop.start)
        return any(one.is_concurrent and self._sharing.copied_by(one, key) for one in around)

    def _is_on_a_device(self, access: Access, loop: Loop) -> bool:
        """Whether a target region in the loop holds the access: each iteration may choose a device, with its memory."""
        around = (one for one in self._constructs.around(access.offset) if one.statement.start > loop.start)
        return any("target" in one.parts for one in around)

    def _has_a_reduction(self, access: Access) -> bool:
        """Whether the file declares a reduction for the variable's type."""
        symbol = self._model.variables.symbol(access.place.key)
        return symbol is not None and symbol.type_text in self._reducible

    @cached_property
    def _reducible(self) -> frozenset[str]:
        """The types in `declare reduction(identifier : types : combiner)` (OpenMP 5.2, 5.5.11)."""
        found = (one.directive for one in self._directives.values() if one.directive.name == "declare reduction")
        lists = (one.argument.split(":")[1] for one in found if one.argument and one.argument.count(":") > 1)
        return frozenset(kind.strip() for kinds in lists for kind in kinds.split(","))

    @cached_property
    def _constructs(self) -> Constructs:
        return Constructs(self._model.unit.body, self._directives)


def _fields(access: Access) -> Iterator[str]:
    """The fields on the way to what is accessed."""
    return (part.partition("[")[0] for part in access.place.path.split(".")[1:])

"""Which accesses name storage that all threads of a team share, and that nothing but directives could protect."""

from __future__ import annotations

from hpcls.analysis.accesses import Access
from hpcls.analysis.model import UnitModel
from hpcls.analysis.openmp.constructs import Construct
from hpcls.analysis.openmp.sharing import Sharing
from hpcls.syntax import statements
from hpcls.syntax.statements import Alternatives


class SharedStorage:
    """The shared storage of one unit."""

    def __init__(self, model: UnitModel, sharing: Sharing) -> None:
        self._model = model
        self._sharing = sharing
        branches = [part for part in statements.walk(model.unit.body) if isinstance(part, Alternatives)]
        self._optional = [(part.start, part.end) for part in branches]
        self._atomic = model.variables.meanings.atomic_names

    def holds(self, access: Access, chain: tuple[Construct, ...]) -> bool:
        """Whether `access` surely touches it; `chain` are the constructs from the access out to the team's.

        What `#if` may leave out, and objects of classes whose operators may do anything, do not count.
        """
        key = access.place.key
        is_there = self._sharing.is_shared(key, chain) or self._is_copy_of_pointer(access, chain)
        return is_there and self.is_steady(access)

    def is_steady(self, access: Access) -> bool:
        """Whether `access` is surely compiled, and to storage of a plain type."""
        is_optional = any(start <= access.offset < end for start, end in self._optional)
        return not (access.by_address or is_optional) and self._is_plain(access)

    def _is_copy_of_pointer(self, access: Access, chain: tuple[Construct, ...]) -> bool:
        """Whether every thread's own copy of a pointer leads to the same memory: a firstprivate one that stays."""
        symbol = self._model.variables.symbol(access.place.key)
        if symbol is None or not symbol.pointers or not access.place.path.startswith("[]"):
            return False
        copies = [how for one in chain if (how := self._sharing.copied_by(one, access.place.key))]
        return bool(copies) and all(how == "firstprivate" for how in copies)

    def _is_plain(self, access: Access) -> bool:
        variables, place = self._model.variables, access.place
        symbol = variables.symbol(place.key)
        fields = {part.partition("[")[0] for part in place.path.split(".")[1:]}
        if "(" in place.path or not self._atomic.isdisjoint({place.key.partition("@")[0], *fields}):
            return False
        if place.path or symbol is None or self._model.source.language == "c":
            return True
        return bool(symbol.pointers) or variables.is_arithmetic(place.key) is True

"""What a call that stands in a program already makes necessary: a request is waited for, a datatype committed before it
is used, a file closed and a window freed (MPI-4.0 §3.7.3, §5.1.9, §14.2.2, §12.2.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import Item, items_of, line_before, way_to
from hpcls.suggest.mpi.facts.statuses import status_at
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.mpi import MpiCall
from hpcls.syntax.statements import Jump

_SURE = 0.85
_LIKELY = 0.7
_STARTS = re.compile(r"MPI_I(?!probe|mprobe|nit|nfo|nter|o_|n_)\w+")
"""Nonblocking calls but for probes."""
_MAKES_TYPE = re.compile(r"MPI_Type_(?:contiguous|vector|indexed|struct|create_(?!keyval|f90)\w+|h(?:vector|indexed))$")
_ENDS = {"MPI_File_open": "MPI_File_close", "MPI_Win_create": "MPI_Win_free", "MPI_Win_allocate": "MPI_Win_free"}
_ONE = re.compile(r"&\s*(\w+)")
_ELEMENT = re.compile(r"&\s*(\w+)\s*\[\s*(\d+)\s*\]")


@dataclass(frozen=True, eq=False)
class Completions:
    """Those of one function."""

    draft: Draft

    def calls(self) -> Iterator[PlacedCall]:
        """Each where what it completes is a variable of the function that nothing else is asked or told of."""
        yield from self._waits()
        for call in self._calls:
            handle = self._own(call, _ONE)
            if handle is None or not call.arity_matches:
                continue
            if _MAKES_TYPE.match(call.name) and self._is_used_without_commit(handle):
                yield from self._behind(call, PlacedCall(0, "MPI_Type_commit", (f"&{handle.name}",), _SURE))
            end = _ENDS.get(call.name)
            if end and not self._is_told(handle, end):
                yield from self._behind_all(call, handle, PlacedCall(0, end, (f"&{handle.name}",), _SURE))

    @cached_property
    def _calls(self) -> tuple[MpiCall, ...]:
        body = self.draft.function.body
        return tuple(call for call in self.draft.program.calls if body.start <= call.start < body.end)

    def _own(self, call: MpiCall, form: re.Pattern[str]) -> Variable | None:
        """The variable of the function whose address, in that form, is the last argument."""
        match = form.fullmatch(call.arguments[-1].text) if call.arguments else None
        found = self.draft.function.variable(match[1]) if match else None
        body = self.draft.function.body
        is_own = found and found.symbol and body.start <= found.symbol.start < body.end
        return found if is_own else None

    def _is_told(self, handle: Variable, function: str) -> bool:
        """Whether `function`, or anything that is not MPI's, gets the handle."""
        given = {use.offset for use in handle.uses}
        known = {at for call in self._calls for at in given if call.start <= at < call.end and call.name != function}
        return not given <= known

    def _is_used_without_commit(self, handle: Variable) -> bool:
        using = (call for call in self._calls if not call.name.startswith("MPI_Type_"))
        types = (one for call in using for one in call.arguments if one.name and one.name.endswith("type"))
        return any(one.text == handle.name for one in types) and not self._is_told(handle, "MPI_Type_commit")

    def _waits(self) -> Iterator[PlacedCall]:
        starts = [call for call in self._calls if _STARTS.fullmatch(call.name) and call.arity_matches]
        single = [(call, handle) for call in starts if (handle := self._own(call, _ONE)) and not self._is_asked(handle)]
        for call, handle in single:
            if sum(other is handle for _, other in single) == 1:
                yield from self._before_use(
                    call,
                    PlacedCall(
                        0, "MPI_Wait", (f"&{handle.name}", status_at(self.draft, self.draft.function.body)), _LIKELY
                    ),
                )
        arrays = {one.name: one for call in starts if (one := self._own(call, _ELEMENT)) and not self._is_asked(one)}
        for name, handle in arrays.items():
            mine = [call for call in starts if self._own(call, _ELEMENT) is handle]
            places = {found[2] for call in mine if (found := _ELEMENT.fullmatch(call.arguments[-1].text))}
            if places == {str(at) for at in range(len(mine))}:
                given = (str(len(mine)), name, "MPI_STATUSES_IGNORE")
                yield from self._before_use(mine[-1], PlacedCall(0, "MPI_Waitall", given, _LIKELY))

    def _is_asked(self, handle: Variable) -> bool:
        """Whether anything but nonblocking calls gets the request."""
        given = {use.offset for use in handle.uses}
        starts = [call for call in self._calls if _STARTS.fullmatch(call.name)]
        return not all(any(call.start <= at < call.end for call in starts) for at in given)

    def _behind(self, call: MpiCall, wanted: PlacedCall) -> Iterator[PlacedCall]:
        way = way_to(self.draft.function.body, call.start, self.draft.function.source)
        if way:
            yield replace(wanted, line=line_before(way[-1].block, way[-1].index + 1, self.draft.function.source))

    def _behind_all(self, call: MpiCall, handle: Variable, wanted: PlacedCall) -> Iterator[PlacedCall]:
        """Behind the last statement of the call's block that uses the handle."""
        way = way_to(self.draft.function.body, call.start, self.draft.function.source)
        if way:
            items = items_of(way[-1].block, self.draft.function.source)
            last = max(i for i, item in enumerate(items) if any(item.holds(use.offset) for use in handle.uses))
            yield replace(wanted, line=line_before(way[-1].block, last + 1, self.draft.function.source))

    def _before_use(self, call: MpiCall, wanted: PlacedCall) -> Iterator[PlacedCall]:
        """Before the next statement of the block that uses the buffer, or at the block's end."""
        way = way_to(self.draft.function.body, call.start, self.draft.function.source)
        if not way:
            return
        items = items_of(way[-1].block, self.draft.function.source)
        rest = range(way[-1].index + 1, len(items))
        index = next(
            (i for i in rest if self._touches(items[i], call) or isinstance(items[i].statement, Jump)), len(items)
        )
        yield replace(wanted, line=line_before(way[-1].block, index, self.draft.function.source))

    def _touches(self, item: Item, call: MpiCall) -> bool:
        names = set(re.findall(r"[A-Za-z_]\w*", call.arguments[0].text))
        uses: Sequence[int] = [u.offset for one in self.draft.function.variables if one.name in names for u in one.uses]
        return any(map(item.holds, uses))

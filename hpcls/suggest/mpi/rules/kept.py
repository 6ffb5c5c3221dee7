"""Assignments that keep a code of success and that no call has come to yet: one of the same block belongs there.  Only
for answers that are forced.

ierr = MPI_Bcast(…);
…
ierr = MPI_Finalize();
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hpcls.suggest.mpi.facts.draft import END, STARTS, Draft
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.statements import Block, Loop, walk

_FRAME = frozenset((*STARTS, "MPI_Comm_rank", "MPI_Comm_size"))
_MESSAGES = frozenset(("MPI_Send", "MPI_Recv", "MPI_Isend", "MPI_Irecv", "MPI_Wait"))


def into_kept(draft: Draft, calls: Iterable[PlacedCall]) -> list[PlacedCall]:
    """`calls`, by line, moved into such assignments: in each block in their order, as few lines as may be.

    Where the whole frame of the program keeps its codes, its end does, too, and messages that do not are left out.
    """
    listed = list(calls)
    is_kept = _keeps_frame(draft, listed)
    worked = _last_work(draft)
    if not draft.codes.keys() <= {call.line for call in listed}:
        moved = dict(_moves(draft, listed))
        ends = {i: line for i, line in moved.items() if listed[i].function == END}
        moved = {i: line for i, line in moved.items() if i not in ends or (is_kept and line > worked)}
        listed = [replace(call, line=moved.get(i, call.line)) for i, call in enumerate(listed)]
        listed.sort(key=lambda call: call.line)
    return [call for call in listed if not is_kept or call.line in draft.codes or call.function not in _MESSAGES]


def _keeps_frame(draft: Draft, calls: Sequence[PlacedCall]) -> bool:
    frame = [call for call in calls if call.function in _FRAME]
    return len(frame) > 1 and all(call.line in draft.codes for call in frame)


def _last_work(draft: Draft) -> int:
    """The line of the last statement of the function itself that is, or holds, a loop: MPI does not end before that."""
    items = draft.function.items
    loops = (item.first for item in items if any(isinstance(part, Loop) for part in walk(item.statement)))
    return max(loops, default=0)


def _moves(draft: Draft, calls: Sequence[PlacedCall]) -> Iterator[tuple[int, int]]:
    """(index of a call, the line that it belongs to); what stands in such a line stays there, and in its order."""
    blocks = _blocks(draft)
    filled = sorted({call.line for call in calls} & draft.codes.keys())
    of_place: dict[tuple[range, int], tuple[list[int], list[int]]] = {}
    for line in sorted(draft.codes.keys() - set(filled)):
        of_place.setdefault((_around(blocks, line), bisect(filled, line)), ([], []))[0].append(line)
    for index, line in enumerate(call.line for call in calls):
        place = (_around(blocks, line), bisect(filled, line))
        if place in of_place and line not in draft.clocks and line not in draft.codes:
            of_place[place][1].append(index)
    for lines, indices in of_place.values():
        yield from _aligned(lines, [(index, calls[index].line) for index in indices])


def _blocks(draft: Draft) -> list[range]:
    """The lines behind which something stands in a block, for each block, inner ones last."""
    line = draft.function.source.line
    found = (part for part in walk(draft.function.body) if isinstance(part, Block))
    return sorted((range(line(one.start), line(max(one.start, one.end - 1))) for one in found), key=len, reverse=True)


def _around(blocks: Sequence[range], line: int) -> range:
    return next((one for one in reversed(blocks) if line in one), range(0))


def _aligned(lines: Sequence[int], placed: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """(index, line): each of the `placed` (index, line) with one of the `lines`, or as many as there are, in order and
    with the least sum of distances.
    """
    count = min(len(lines), len(placed))
    best: dict[tuple[int, int], tuple[int, tuple[tuple[int, int], ...]]] = {}
    for i in range(len(lines) + 1):
        for j in range(len(placed) + 1):
            if min(i, j) == 0:
                best[i, j] = (0, ())
                continue
            cost, pairs = best[i - 1, j - 1]
            options = [(cost + abs(lines[i - 1] - placed[j - 1][1]), (*pairs, (placed[j - 1][0], lines[i - 1])))]
            options += [best[i - 1, j]] if i > j else []
            options += [best[i, j - 1]] if j > i else []
            best[i, j] = min(options, key=lambda one: (-len(one[1]), one[0]))
    yield from best[len(lines), len(placed)][1] if count else ()

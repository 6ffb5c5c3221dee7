"""A program with some calls written into it: what a model is shown, so that it adds what is missing besides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain

from hpcls.suggest.mpi.facts.gaps import Gap, filled
from hpcls.suggest.mpi.placed import PlacedCall


@dataclass(frozen=True)
class Drafted:
    """The text with the calls, and where its lines come from."""

    text: str
    origins: tuple[int, ...]
    """For each line, from 0 for none, the line of the program that it is; for a call that was written in, that behind
    which it stands."""

    def placed(self, call: PlacedCall) -> PlacedCall:
        """A call of the drafted text as one of the program."""
        return replace(call, line=self.origins[min(call.line, len(self.origins) - 1)])


def drafted(text: str, calls: Iterable[PlacedCall]) -> Drafted:
    """`text` with each of `calls` on a line of its own behind its line, or as the value that its line lacks."""
    gaps = {gap.line: gap for gap in filled(text).gaps}
    behind: dict[int, list[str]] = {}
    values: dict[int, str] = {}
    for call in calls:
        if call.line in gaps and call.line not in values:
            values[call.line] = call.text
        else:
            behind.setdefault(call.line, []).append(f"{call.text};")
    lines = ["", *text.split("\n")]
    whole = ((_valued(line, gaps.get(at), values.get(at)), *behind.get(at, ())) for at, line in enumerate(lines))
    rows = [(row, at) for at, written in enumerate(whole) for row in written]
    return Drafted("\n".join(row for row, _ in rows[1:]), tuple(at for _, at in rows))


def _valued(line: str, gap: Gap | None, value: str | None) -> str:
    if gap is None or value is None:
        return line
    end = "" if gap.has_semicolon else ";"
    return f"{line[: gap.column - 1]} {value}{end}{line[gap.column - 1 :]}"


def added(
    text: str, rules: Iterable[PlacedCall], propose: Callable[[str], Iterable[PlacedCall]]
) -> tuple[PlacedCall, ...]:
    """The calls of the rules, and those that `propose` adds where the rules' stand already, by line."""
    kept = tuple(rules)
    draft = drafted(text, kept)
    more = (draft.placed(call) for call in propose(draft.text) if call.function not in _SKELETON)
    return tuple(sorted(chain(kept, more), key=lambda call: call.line))


_SKELETON = frozenset({"MPI_Init", "MPI_Comm_rank", "MPI_Comm_size", "MPI_Finalize", "MPI_Wtime"})
"""What the rules place so well that no model is heard on it."""

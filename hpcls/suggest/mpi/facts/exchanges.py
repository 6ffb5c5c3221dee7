"""The messages that stand in a function already: who sends what to whom, and who receives it (MPI-4.0 §3.5)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from typing import TypeVar

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.numbers import number_at
from hpcls.suggest.mpi.facts.process_loops import ProcessLoops
from hpcls.suggest.mpi.facts.program import way_to
from hpcls.suggest.mpi.facts.sides import Side, sides_of
from hpcls.syntax.mpi import MpiCall
from hpcls.syntax.statements import If, Loop, Switch, walk

SENDS = frozenset({"MPI_Send", "MPI_Ssend", "MPI_Bsend", "MPI_Rsend", "MPI_Isend", "MPI_Issend"})
RECEIVES = frozenset({"MPI_Recv", "MPI_Irecv", "MPI_Mrecv"})
_STARTED = frozenset({"MPI_Isend", "MPI_Issend", "MPI_Irecv", "MPI_Mrecv"})
_OTHERWISE = re.compile(
    r"MPI_(?:Sendrecv|Send_init|[SBR]send_init|Recv_init|Psend|Precv|Start|Put|Get\b|I?[Mm]?[Pp]robe)"
)
"""What else sends, receives or finds out about messages."""
_NAME = re.compile(r"[A-Za-z_]\w*")
_T = TypeVar("_T")
_MOST = 100
"""Messages of a function that are held against each other."""


@dataclass(frozen=True)
class Message:
    """One send or receive, in the code of some of the processes."""

    call: MpiCall
    side: Side

    @property
    def is_sent(self) -> bool:
        """Whether it is sent there, not received."""
        return self.call.name in SENDS

    def given(self, name: str) -> str:
        """The argument for the standard's parameter `name`; empty where there is none."""
        found = self.call.argument(name)
        return found.text if found else ""

    @property
    def other(self) -> str:
        """The rank at the other end."""
        return self.given("dest" if self.is_sent else "source")


@dataclass(frozen=True, eq=False)
class Exchanges:
    """Those of one function."""

    draft: Draft

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """In source order; none where they are too many, or not all in view, each in a branch of a test on the rank."""
        calls = [call for call in self.draft.program.calls if call.name in SENDS | RECEIVES]
        own = [call for call in calls if call.line in self.draft.function.lines]
        found = [Message(call, side) for call in own if (side := self._side(call)) and call.arity_matches]
        is_more = any(_OTHERWISE.match(call.name) for call in self.draft.program.calls)
        is_clear = len(found) == len(own) and self._are_even(call for call in calls if call not in own)
        return tuple(found) if is_clear and not is_more and len(found) <= _MOST else ()

    def _are_even(self, calls: Iterable[MpiCall]) -> bool:
        """Whether each of the other functions receives as much as it sends: so it does that among its own processes."""
        left: Counter[int] = Counter()
        for call in calls:
            function = self.draft.program.around(call.start)
            left[function.body.start if function else 0] += 1 if call.name in SENDS else -1
        return not any(left.values())

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The branches of the tests on the rank."""
        return sides_of(self.draft)

    def _side(self, call: MpiCall) -> Side | None:
        """The innermost one around the call."""
        around = [side for side in self.sides if side.holds(call.start)]
        return max(around, key=lambda side: side.block.start, default=None)

    @cached_property
    def pairs(self) -> dict[Message, Message]:
        """Both ends of each message that has two, by either.

        Messages between two processes do not overtake each other (MPI-4.0 §3.5), so that ends stand in one order.
        """
        found: dict[Message, Message] = {}
        for sender, receiver in permutations(self.sides, 2):
            if sender.excludes(receiver):
                sent = [one for one in self.messages if one.side is sender and one.is_sent and one not in found]
                received = [one for one in self.messages if one.side is receiver and one not in found]
                for one, other in aligned(sent, received, self._likeness):
                    found |= {one: other, other: one}
        return found

    @property
    def unanswered(self) -> Sequence[Message]:
        """Those that have no other end; none where some are sent and some received: they may belong together."""
        left = [one for one in self.messages if one not in self.pairs]
        is_one_sided = len({one.is_sent for one in left}) == 1
        return [one for one in left if not self._may_be_served(one)] if is_one_sided else ()

    def _may_be_served(self, left: Message) -> bool:
        """Whether an end of another message may stand for more than one: it is in a loop, or takes anything, or more
        than one process comes to it.
        """
        ends = (self.pairs[one] for one in self.pairs if one.is_sent == left.is_sent)
        fitting = (end for end in ends if (self._likeness(left, end) if left.is_sent else self._likeness(end, left)))
        is_open = self._is_conditional(left)
        return any(is_open or self._is_repeated(end) or self.pairs[end].other != left.other for end in fitting)

    def _is_conditional(self, message: Message) -> bool:
        """Whether it depends on more than the rank, so that another message may take its place."""
        way = way_to(message.side.block, message.call.start, self.draft.function.source)
        return any(isinstance(step.item.statement, If | Switch) for step in way)

    def _is_repeated(self, message: Message) -> bool:
        """Whether one process comes to it more than once, as far as one can see."""
        wild = {"MPI_ANY_TAG", "MPI_ANY_SOURCE"} & {message.given("tag"), message.given("source")}
        return bool(wild) or self.nest(message) is not None

    def nest(self, message: Message) -> Loop | None:
        """The innermost loop around it, on its side, that is not over the processes."""
        loops = [part for part in walk(message.side.block) if isinstance(part, Loop)]
        around = [loop for loop in loops if loop.start <= message.call.start < loop.end]
        return next((loop for loop in reversed(around) if self._processes.counter(loop) is None), None)

    def usual(self, function: str) -> str | None:
        """What the program calls for `function`, MPI_Send or MPI_Recv; None where it only starts such messages."""
        kind = SENDS if function in SENDS else RECEIVES
        used = Counter(one.call.name for one in self.messages if one.call.name in kind)
        blocking = [name for name, _ in used.most_common() if name not in _STARTED]
        return next(iter(blocking), None if used else function)

    @cached_property
    def _processes(self) -> ProcessLoops:
        return ProcessLoops(self.draft)

    def other(self, message: Message) -> str:
        """The rank at the other end of it, as a number where that is known."""
        return number_at(self.draft, message.other, message.call.start)

    def may_be(self, side: Side, other: Side, rank: str) -> bool:
        """Whether the processes of `side` may be those that `rank`, spelled in `other`, is for."""
        only = side.only and number_at(self.draft, side.only, side.chain.start)
        is_known = only is not None and rank.isdigit() and only.isdigit()
        return side.excludes(other) and (not is_known or only == rank)

    def _likeness(self, sent: Message, received: Message) -> int:
        """0 where the two are no ends of one message; more the more they have in common."""
        is_of_type = sent.given("datatype") == received.given("datatype") and not received.is_sent
        ends = self.may_be(received.side, sent.side, self.other(sent)) and self.may_be(
            sent.side, received.side, self.other(received)
        )
        tags = [number_at(self.draft, one.given("tag"), one.call.start) for one in (sent, received)]
        is_tag = tags[0] == tags[1] or "MPI_ANY_TAG" in tags or any(map(self._varies, tags))
        alike = sum(sent.given(name) == received.given(name) for name in ("buf", "count", "tag"))
        return 2 + alike if is_of_type and ends and is_tag else 0

    def _varies(self, tag: str) -> bool:
        """Whether the tag comes from the rank or from the counter of a loop."""
        return not set(_NAME.findall(tag)).isdisjoint(self.draft.flow.local | self.draft.function.counters)


def aligned(ones: Sequence[_T], others: Sequence[_T], likeness: Callable[[_T, _T], int]) -> list[tuple[_T, _T]]:
    """The pairs in one order that are together most alike (Needleman and Wunsch, J. Mol. Biol. 48, 1970)."""
    best: list[list[tuple[int, list[tuple[_T, _T]]]]] = [[(0, [])] * (len(others) + 1)]
    for one in ones:
        row: list[tuple[int, list[tuple[_T, _T]]]] = [(0, [])]
        for at, other in enumerate(others):
            alike = likeness(one, other)
            before, pairs = best[-1][at]
            paired = [(before + alike, [*pairs, (one, other)])] if alike else []
            row.append(max(best[-1][at + 1], row[-1], *paired, key=lambda found: found[0]))
        best.append(row)
    return best[-1][-1][1]

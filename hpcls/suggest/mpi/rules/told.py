"""Texts that tell of messages where no other rule writes any.  Only for answers that are forced.

printf("%d sending to %d\n", rank, to);
MPI_Send(… to …);
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import items_of, line_before
from hpcls.suggest.mpi.facts.sides import sides_of
from hpcls.suggest.mpi.facts.texts import is_text
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.messages import RECEIVES, SENDS, Messages, may_send
from hpcls.syntax.statements import Block, walk

_WILL_SEND = re.compile(r'"[^"\n]*\bsend(?:ing|s)\b', re.IGNORECASE)
_HAS_SENT = re.compile(r'"[^"\n]*\bsent\b', re.IGNORECASE)
_WILL_RECEIVE = re.compile(r'"[^"\n]*\b(?:receiving|waiting)\b', re.IGNORECASE)
_HAS_RECEIVED = re.compile(r'"[^"\n]*\breceived\b', re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Told:
    """What the texts of one function tell."""

    draft: Draft

    def calls(self, others: Iterable[PlacedCall]) -> Iterator[PlacedCall]:
        """The messages, where a text tells of one that is sent and `others` sends none."""
        written = {call.function for call in others}
        sends = list(self._lines(_WILL_SEND, _HAS_SENT))
        if not sends or not may_send(self.draft) or written & SENDS:
            return
        messages = Messages(self.draft)
        for block, line in sends:
            yield from messages.sent_from(block, line, self._partner(block))
        for block, line in () if written & RECEIVES else self._lines(_WILL_RECEIVE, _HAS_RECEIVED):
            yield from messages.received_in(block, line, self._partner(block))

    def _lines(self, before: re.Pattern[str], behind: re.Pattern[str]) -> Iterator[tuple[Block, int]]:
        """(block, line): behind the texts that come before what they tell, in front of those that come behind it."""
        source = self.draft.function.source
        for block in (part for part in walk(self.draft.function.body) if isinstance(part, Block)):
            for index, item in enumerate(items_of(block, source)):
                text = source.slice(item.statement.start, item.statement.end) if is_text(item.statement) else ""
                if before.search(text) or behind.search(text):
                    yield block, line_before(block, index + (before.search(text) is not None), source)

    def _partner(self, block: Block) -> str:
        """The process at the other end: the first one, or the next where that is the one that runs the block."""
        sides = [side for side in sides_of(self.draft) if side.holds(block.start)]
        return "1" if any(side.only == "0" for side in sides) else "0"

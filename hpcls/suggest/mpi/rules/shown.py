"""Messages stand in front of the texts that show what was done, and behind those that tell what is to come.  Only for
answers that are forced.

MPI_Send(&n …);
printf("%d has sent %d\\n", rank, n);
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import Item, Step, items_of, line_before
from hpcls.suggest.mpi.facts.texts import is_text
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.messages import RECEIVES, SENDS
from hpcls.syntax.statements import Block, walk

_BEFORE_SENDS = re.compile(r'"[^"\n]*\b(?:send(?:ing|s)?|start\w*|receiv\w*|got)\b', re.IGNORECASE)
_BEFORE_RECEIVES = re.compile(
    r'"(?![^"\n]*\breceived\b)[^"\n]*\b(?:receiving|waiting|start\w*|send\w*|sent)\b', re.IGNORECASE
)
"""What texts say that stand in front of a message: what is to come, or what the other end did."""


def in_front_of_texts(draft: Draft, calls: Iterable[PlacedCall]) -> Iterator[PlacedCall]:
    """`calls`, the messages among them moved in front of such texts right there."""
    for call in calls:
        kept = _BEFORE_SENDS if call.function in SENDS else _BEFORE_RECEIVES if call.function in RECEIVES else None
        yield replace(call, line=_line_in_front(draft, call.line, kept)) if kept else call


def _line_in_front(draft: Draft, line: int, kept: re.Pattern[str]) -> int:
    source, step = draft.function.source, _step_ending(draft, line)
    if step is None:
        return line
    items = items_of(step.block, source)[: step.index + 1]
    texts = list(takewhile(lambda item: _is_text(draft, item, kept), reversed(items)))
    return line_before(step.block, len(items) - len(texts), source) if texts else line


def _is_text(draft: Draft, item: Item, kept: re.Pattern[str]) -> bool:
    text = draft.function.source.slice(item.statement.start, item.statement.end)
    return is_text(item.statement) and kept.search(text) is None


def _step_ending(draft: Draft, line: int) -> Step | None:
    """The innermost statement that ends on `line`."""
    found: Step | None = None
    for block in (part for part in walk(draft.function.body) if isinstance(part, Block)):
        for index, item in enumerate(items_of(block, draft.function.source)):
            if item.last == line:
                found = Step(block, index, item)
    return found

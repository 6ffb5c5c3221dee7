"""MPI001: the calls of MPI that a file lacks, as suggestions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hpcls.suggest.mpi.drafted import added
from hpcls.suggest.mpi.edits import suggestions
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.gaps import Gap, filled
from hpcls.suggest.mpi.facts.pair import Pair, missing_pair
from hpcls.suggest.mpi.facts.program import Program, read_program, shows_mpi
from hpcls.suggest.mpi.intent import Intent, may_use_mpi
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.completions import Completions
from hpcls.suggest.mpi.rules.ends import end_calls
from hpcls.suggest.mpi.rules.group import among_the_same
from hpcls.suggest.mpi.rules.neighbourly import neighbourly
from hpcls.suggest.mpi.rules.shared import broadcasts
from hpcls.suggest.mpi.rules.skeleton import pair_calls, processor_name, start_calls
from hpcls.suggest.mpi.rules.sums import Sums
from hpcls.suggest.mpi.rules.times import times
from hpcls.suggest.mpi.rules.typed_in import TypedIn
from hpcls.suggest.mpi.rules.unanswered import Unanswered
from hpcls.suggest.mpi.rules.vectors import Vectors
from hpcls.suggest.mpi.rules.waiting import waiting_arrays
from hpcls.suggest.mpi.veto import accepted
from hpcls.suggest.report import Suggestion
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source, parse

Proposals = Callable[[Source], Iterable[PlacedCall]]
"""What a model would write into a text."""


def suggest_mpi(
    source: Source, scopes: ScopeTree, wanted: Callable[[PlacedCall], bool], propose: Proposals | None = None
) -> tuple[Suggestion, ...]:
    """The missing calls that are `wanted`, with edits that apply together; `scopes` are those of `source`.

    `propose` is asked where the file means to use MPI; its calls pass the same veto as those of the rules.
    """
    if not may_use_mpi(source):
        return ()
    whole = filled(source.text)
    parsed = parse(whole.text, source.path, source.language) if whole.gaps else source
    program = read_program(parsed, None if whole.gaps else scopes)
    calls = tuple(missing_calls(program, whole.gaps))
    if propose is not None and (calls or shows_mpi(source)):
        name, language = source.path, source.language
        calls = added(source.text, calls, lambda text: propose(parse(text, name, language)))
    placements = accepted(program, whole.gaps, filter(wanted, calls))
    return suggestions(source, parsed, placements)


def missing_calls(program: Program, gaps: tuple[Gap, ...]) -> Iterator[PlacedCall]:
    """What the rules find in each function; nothing where they are not sure."""
    intent = Intent(program)
    for function in program.functions:
        if function.name != "main" and not program.shows_mpi:
            continue  # only the start of a program may mean MPI without saying so
        pair = intent.pair(function, missing_pair(function, forced=False))
        draft = Draft(program, function, pair, gaps, forced=False)
        if _has_intent(draft):
            yield from sorted(_of_function(draft), key=lambda call: call.line)


def _has_intent(draft: Draft) -> bool:
    return draft.pair != Pair(None, None) or draft.program.shows_mpi


def _of_function(draft: Draft) -> Iterator[PlacedCall]:
    """In the order in which the calls of one line follow each other."""
    inner = [*times(draft), *pair_calls(draft), *processor_name(draft), *_exchanges(draft)]
    is_used = bool(inner) or not draft.program.called_lines.isdisjoint(draft.function.lines)
    if is_used or draft.is_started:
        yield from start_calls(draft)
        yield from inner
        yield from end_calls(draft)


def _exchanges(draft: Draft) -> Iterator[PlacedCall]:
    """What the processes have to tell each other, in a function that knows its rank or calls MPI."""
    if draft.flow.rank is None and draft.program.called_lines.isdisjoint(draft.function.lines):
        return
    sums = list(Sums(draft).calls())
    found = [*Completions(draft).calls(), *Unanswered(draft).calls(), *neighbourly(draft), *sums]
    if draft.flow.rank is not None:
        found = [
            *broadcasts(draft),
            *TypedIn(draft).calls(),
            *waiting_arrays(draft),
            *Vectors(draft).calls(),
            *found,
        ]
    yield from among_the_same(draft, found)

"""MPI calls by rules alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.gaps import filled
from hpcls.suggest.mpi.facts.hollow import mended
from hpcls.suggest.mpi.facts.pair import missing_pair
from hpcls.suggest.mpi.facts.program import read_program
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.addresses import address_calls, difference_calls
from hpcls.suggest.mpi.rules.answered import Answered
from hpcls.suggest.mpi.rules.asked import asked_by_name
from hpcls.suggest.mpi.rules.barriers import barriers
from hpcls.suggest.mpi.rules.combined import combined
from hpcls.suggest.mpi.rules.communicators import communicator_calls
from hpcls.suggest.mpi.rules.conditionals import into_conditionals
from hpcls.suggest.mpi.rules.declared import behind_declarations
from hpcls.suggest.mpi.rules.derived import datatype_calls
from hpcls.suggest.mpi.rules.empty import Empty
from hpcls.suggest.mpi.rules.ends import end_calls
from hpcls.suggest.mpi.rules.explained import explanations
from hpcls.suggest.mpi.rules.frees import freed_if_there
from hpcls.suggest.mpi.rules.groups import group_calls
from hpcls.suggest.mpi.rules.habits import Habits
from hpcls.suggest.mpi.rules.handles import handle_calls
from hpcls.suggest.mpi.rules.kept import into_kept
from hpcls.suggest.mpi.rules.packed import with_packed
from hpcls.suggest.mpi.rules.pending import with_waits
from hpcls.suggest.mpi.rules.results import into_results
from hpcls.suggest.mpi.rules.roots import with_own_root
from hpcls.suggest.mpi.rules.shared import broadcasts
from hpcls.suggest.mpi.rules.shown import in_front_of_texts
from hpcls.suggest.mpi.rules.skeleton import pair_calls, processor_name, start_calls
from hpcls.suggest.mpi.rules.spawned import spawned_calls
from hpcls.suggest.mpi.rules.spread import Spread
from hpcls.suggest.mpi.rules.sums import Sums
from hpcls.suggest.mpi.rules.times import times
from hpcls.suggest.mpi.rules.told import Told
from hpcls.suggest.mpi.rules.uneven import uneven
from hpcls.suggest.mpi.rules.world import with_own_name
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.source import parse
from hpcls.syntax.statements import If, walk

LONGEST_PROGRAM = 40_000
"""Bytes of a text that is worth asking about: a longer one takes long, and is no program of one file."""

_MOST_BRANCHES = 120
"""Of `main`: with more of them rules that hold each against all others take seconds."""


def answer_mpi(code: str, language: LanguageName = "c") -> tuple[PlacedCall, ...]:
    """The calls that an author would most likely have written into the program `code`, by line: a forced answer, with
    no threshold and no veto; none for a program that is too much.
    """
    whole = filled(code)
    program = read_program(parse(mended(whole.text), "program", language))
    if program.main is None or sum(isinstance(part, If) for part in walk(program.main.body)) > _MOST_BRANCHES:
        return ()
    draft = Draft(program, program.main, missing_pair(program.main, forced=True), whole.gaps, forced=True)
    found = with_packed(draft, with_waits(draft, _forced(draft)))
    written = _by_line(behind_declarations(draft, found))
    placed = _by_line(into_conditionals(draft, into_kept(draft, into_results(draft, written))))
    return tuple(with_own_name(draft, with_own_root(draft, placed)))


def _by_line(calls: Iterable[PlacedCall]) -> list[PlacedCall]:
    return sorted(calls, key=lambda call: call.line)


def _forced(draft: Draft) -> Iterator[PlacedCall]:
    """In the order in which the calls of one line follow each other."""
    named, shared = tuple(processor_name(draft)), tuple(broadcasts(draft))
    sums = (*Sums(draft).calls(), *combined(draft))
    arrays = Spread(draft)
    spread = tuple(uneven(draft, arrays.calls()))
    yield from times(draft)
    yield from start_calls(draft)
    yield from pair_calls(draft)
    yield from named
    communicators = (*spawned_calls(draft), *group_calls(draft), *communicator_calls(draft))
    yield from communicators
    yield from asked_by_name(draft, communicators)
    yield from address_calls(draft)
    yield from difference_calls(draft)
    yield from datatype_calls(draft)
    yield from handle_calls(draft)
    yield from freed_if_there(draft)
    yield from explanations(draft)
    yield from shared
    yield from spread
    messages = _messages(draft, named, (*shared, *spread, *sums), arrays.doubtful)
    yield from in_front_of_texts(draft, messages)
    yield from sums
    yield from barriers(draft, (*shared, *spread, *sums))
    yield from end_calls(draft)


def _messages(
    draft: Draft, named: tuple[PlacedCall, ...], others: tuple[PlacedCall, ...], doubtful: frozenset[str]
) -> Iterator[PlacedCall]:
    """What goes from one process to another, and aborts."""
    habits = tuple(Habits(draft, (*named, *others), doubtful).calls())
    yield from habits
    empty = tuple(Empty(draft, (*others, *habits)).calls())
    yield from empty
    told = tuple(Told(draft).calls((*habits, *empty)))
    yield from told
    yield from Answered(draft, (*habits, *empty, *told)).calls()

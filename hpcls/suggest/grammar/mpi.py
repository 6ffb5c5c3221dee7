"""Answers about MPI: all missing calls, the next one, or the rest of a started one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import log

from hpcls.errors import NothingFits
from hpcls.inference.constraint_words import Speller, WordConstraint, WordIds
from hpcls.inference.grammar import Grammar
from hpcls.suggest.grammar.arguments import Arguments
from hpcls.suggest.grammar.mpi_gapwise import Gapwise
from hpcls.suggest.grammar.mpi_states import Answer, Gap, InCall, Question, begun
from hpcls.suggest.grammar.slots import slots_of
from hpcls.suggest.grammar.states import Given
from hpcls.suggest.prompt.words import END, gap_marker

__all__ = ["Gap", "arguments_of", "mpi_answer", "mpi_grammar", "next_call"]

_LITERALS = tuple(map(str, range(1000)))


def mpi_answer(gaps: Iterable[Gap], pieces: Speller, limit: int, least: float = 0.5) -> WordConstraint:
    """Each of `gaps` (at least one, rising lines), what is given there, and calls, at most `limit` in all; `<end>`.

    It begins behind `<answer>`.  MPI_Init, MPI_Init_thread and MPI_Finalize come once at most, and no call comes twice
    with the same arguments at one line, but for MPI_Win_fence, which comes in pairs.  A gap gets a call that is at
    least as likely as `least` is beside the rest: a half for the likelier of the two.
    """
    question = _question(gaps, pieces)
    ids = WordIds(pieces)
    start = Given((gap_marker(question.gaps[0].line),), Gapwise(question, limit).opened(0))
    empty = (word for gap in question.gaps for word in (gap_marker(gap.line), *gap.given))
    passing = ids.spelled([END, *(gap_marker(gap.line) for gap in question.gaps)])
    return WordConstraint(start, ids, ids.spelled(empty), dict.fromkeys(passing, log((1 - least) / least)))


def mpi_grammar(gaps: Iterable[Gap], pieces: Speller, limit: int) -> Grammar:
    """Only the gaps that have calls, each call behind the marker of its own: as published models answer,

        <L3> MPI_Init ( & argc , & argv ) <L3> MPI_Comm_rank ( … ) … <end>

    lines never falling; whatever its words are spelled with.
    """
    return Answer(_question(gaps, pieces), limit)


def next_call(gap: Gap, pieces: Speller, beginning: str = "") -> WordConstraint:
    """One call at `gap`, of a function whose name begins so.  Its line is forced.  Raises NothingFits."""
    question = replace(_question((gap,), pieces), beginning=beginning)
    if not question.functions(gap):
        raise NothingFits(f"no function that begins with {beginning!r} can be called here")
    start = Answer(question, left=1).after(gap_marker(gap.line))
    return _behind((gap_marker(gap.line), *gap.given), start, pieces)


def arguments_of(function: str, given: tuple[tuple[str, ...], ...], gap: Gap, pieces: Speller) -> WordConstraint:
    """The rest of a started call behind the arguments `given`, which are forced with all that stands in front.

    Any function of MPI will do, also one that is not offered.  Raises NothingFits for a name that is none, for more
    arguments than it has, and where nothing in scope fits a parameter.
    """
    question = _question((gap,), pieces)
    parameters = len(slots_of(function))
    arguments = question.arguments[gap.scope]
    impossible = [slot for slot in slots_of(function)[len(given) :] if not arguments.argument(slot).is_possible]
    if not parameters or len(given) > parameters or impossible:
        raise NothingFits(f"no call of {function} with {len(given)} arguments can be completed here")
    words = gap_marker(gap.line), *gap.given, function, *begun(function, given)
    return _behind(words, InCall.begin(Answer(question, left=1), function, given), pieces)


def _question(gaps: Iterable[Gap], pieces: Speller) -> Question:
    """Literals that are more than one id would make every list of operands long: only those of the program are."""
    literals = tuple(literal for literal in _LITERALS if len(literal) == 1 or len(pieces.spell(literal)) == 1)
    listed = tuple(gaps)
    scopes = {gap.scope for gap in listed}
    return Question(listed, {scope: Arguments(scope, literals) for scope in scopes})


def _behind(words: tuple[str, ...], start: Grammar, pieces: Speller) -> WordConstraint:
    return WordConstraint(Given(words, start), WordIds(pieces))

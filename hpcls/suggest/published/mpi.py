"""MPIrigen asked about a function or a program: its numbered lines, `parallel`; it goes on with the calls by line.

(MonoCoder/hf_data_mpi.py and data/test of Scientific-Computing-Lab/MPI-rigen; arXiv:2402.09126.  Its own test script
ends the prompt with a blank and an end of text, which its training never had there: here it is that of the training.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from hpcls.suggest.advise_mpi import MOST_CALLS, arguments, ends_a_line, line_of
from hpcls.suggest.grammar.mpi import Gap, mpi_grammar
from hpcls.suggest.grammar.visible import gaps_of
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.prompt import code_prompt
from hpcls.suggest.prompt.code import CodePrompt, Span
from hpcls.suggest.prompt.words import END, gap_line
from hpcls.suggest.published.advisor import TextAdvisor, Written
from hpcls.suggest.published.calls import Said, SpelledCalls, Spelling
from hpcls.suggest.published.lines import numbered, program_lines
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source

_BUDGET = 4_000
"""Words of code: more than fit into its context as text."""


def program_prompt(text: str) -> str:
    """The question about a program."""
    lines = text.replace("\r\n", "\n")
    return f"{numbered(lines)} \n parallel"


def written_calls(
    advisor: TextAdvisor, source: Source, span: Span, scopes: ScopeTree, cancelled: Callable[[], bool] = lambda: False
) -> tuple[PlacedCall, ...]:
    """The calls that are missing from the function at the bytes `span`, by rising line; none where the model was not
    trained for MPI or the function is too long."""
    if not advisor.is_asked("mpi"):
        return ()
    first = source.line(span[0])
    text = source.slice(source.line_starts[first - 1], span[1])
    code = code_prompt(source, span, scopes, _BUDGET)
    gaps = gaps_by_line(source, code, gaps_of(code, scopes), first)
    if not gaps:
        return ()
    values = frozenset(gap.line for gap in gaps if gap.is_value)
    spelling = Spelling(code.names, program_lines(text), values)
    found = advisor.write(
        program_prompt(text),
        tuple(gap.key for gap in gaps),
        lambda: SpelledCalls(mpi_grammar(gaps, advisor.pieces, MOST_CALLS), spelling),
        cancelled,
    )
    return tuple(placed_calls(found, code, first)) if found else ()


def gaps_by_line(source: Source, code: CodePrompt, gaps: tuple[Gap, ...], first: int) -> tuple[Gap, ...]:
    """The gaps by the lines of the text itself, the first of which is line `first`: behind each line of code, and
    behind the blank ones that follow it."""
    found: dict[int, Gap] = {}
    for gap in gaps:
        if ends_a_line(source, code, gap.line):
            last = line_of(source, code, gap.line)
            while last >= first and not source.line_text(last).strip():
                found[last - first + 1] = replace(gap, line=last - first + 1)
                last -= 1
            found[last - first + 1] = replace(gap, line=last - first + 1)
    return tuple(found[line] for line in sorted(found) if line >= 0)


def placed_calls(found: Written, code: CodePrompt, first: int) -> Iterator[PlacedCall]:
    """The calls of an answer, without the last one of an answer that was cut off: its arguments are made up."""
    assert isinstance(found.end, SpelledCalls)
    said = found.end.said
    starts = [i for i, one in enumerate(said) if gap_line(one.word) is not None or one.word == END]
    calls = list(pairwise(starts))
    for start, end in calls[:-1] if found.is_cut_off else calls:
        marker, function, *rest = said[start:end]
        words = [word for one in rest for word in one.word.split()]
        line = first - 1 + (gap_line(marker.word) or 0)
        yield PlacedCall(
            line, function.word, arguments(words, code.names), _likely(found, marker, function, said[end - 1])
        )


def _likely(found: Written, marker: Said, function: Said, last: Said) -> float:
    """The probability of a call and its line, whatever the blanks between them."""
    return found.probability(marker.start, marker.end) * found.probability(function.start, last.end)

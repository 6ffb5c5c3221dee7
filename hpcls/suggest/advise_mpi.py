"""The MPI calls that a model would write into a function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING

from hpcls.inference.calibration import Calibration
from hpcls.suggest.grammar.mpi import mpi_answer
from hpcls.suggest.grammar.visible import gaps_of
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.prompt import code_prompt, mpi_question
from hpcls.suggest.prompt.code import CodePrompt, Span
from hpcls.suggest.prompt.gaps import Gaps, Proposals, proposals
from hpcls.suggest.prompt.words import ANSWER, gap_line
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source
from hpcls.tokens.decode import decode
from hpcls.tokens.symbols import SymbolTable

if TYPE_CHECKING:
    from hpcls.suggest.advisor import Advisor  # starting ONNX Runtime takes longer than most questions
    from hpcls.suggest.asking import Advice

BUDGET = 1_200
"""Words of code: with the longest answer they fit into 2,048."""
MOST_CALLS = 24
"""As many as fit into the longest answer; programs that have more are one in a hundred."""
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True)
class Leaning:
    """What inclines a model to write a call into a gap."""

    rules: Sequence[PlacedCall] = ()
    """What the rules would write into the file."""
    least: float = 0.5
    """How likely a call has to be beside none: the likelier of the two is chosen at a half."""


def calls_in(
    advisor: Advisor, source: Source, span: Span, scopes: ScopeTree, leaning: Leaning = Leaning()
) -> tuple[PlacedCall, ...]:
    """The calls that are missing from the function at the bytes `span`, by rising line.

    Where it is too long to be shown whole, the rules have the rest.
    """
    code = code_prompt(source, span, scopes, BUDGET)
    gaps = [gap for gap in gaps_of(code, scopes) if ends_a_line(source, code, gap.line)]
    if not gaps:
        return ()
    question, proposed = mpi_question(code), proposed_in(source, code, leaning.rules)
    told = Gaps.of(code.words, question)
    gaps = [replace(gap, given=told.given(gap.line, proposed.get(gap.line, ()))) for gap in gaps]
    answer = advisor.answer(
        prompt=(*code.words, *question),
        choice=(tuple(gap.key for gap in gaps), leaning.least),
        constraint=lambda: mpi_answer(gaps, advisor.pieces, MOST_CALLS, leaning.least),
    )
    rest = (call for call in leaning.rules if not _is_shown(source, code, call.line))
    return (*_placed(source, code, answer, advisor.calibration), *rest)


def proposed_in(source: Source, code: CodePrompt, rules: Iterable[PlacedCall]) -> Proposals:
    """The calls of the rules in the lines that are shown, from the first on, as words."""
    ends = [source.line(code.encoded.offsets[end - 1][1] - 1) for end in code.ends[: code.last]]
    shown = (call for call in rules if _is_shown(source, code, call.line))
    return proposals(shown, ends, code.names)


def _is_shown(source: Source, code: CodePrompt, line: int) -> bool:
    return code.is_whole or line < source.line(code.end_of(code.lines) - 1)


def ends_a_line(source: Source, code: CodePrompt, number: int) -> bool:
    """Whether a call on a line of its own would be where it is meant to be behind line `number` of a prompt: not where
    a brace follows on the same line of the text, as in `{ a(); b(); }`.
    """
    token = code.ends[code.first + number - 1] if code.first + number else 0
    line = _behind_comment(source, source.line(max(0, code.end_of(number) - 1)))
    for word, (start, _) in zip(code.encoded.tokens[token:], code.encoded.offsets[token:], strict=True):
        if source.line(start) != line:
            return True
        if word in ("{", "}"):
            return False
    return True


def _placed(source: Source, code: CodePrompt, answer: Advice, calibration: Calibration) -> Iterator[PlacedCall]:
    """The calls of an answer, without the last one of an answer that was cut off: its arguments are made up."""
    calls = list(answered_calls(answer.words))
    for gap, start, end in calls[:-1] if answer.is_cut_off else calls:
        function, *rest = answer.words[start:end]
        line = line_of(source, code, gap)
        called, *given = answer.probabilities[start:end]
        yield PlacedCall(line, function, arguments(rest, code.names), calibration("MPI call", called) * prod(given))


def answered_calls(words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """(line of the gap, start, end) of each call in the words of an answer that goes from gap to gap."""
    gap, depth, start = 0, 0, 0
    for i, word in enumerate(words):
        if (line := gap_line(word)) is not None:
            gap, start = line, len(words)
        elif word == ANSWER:
            depth, start = 0, i + 1
        elif start <= i:
            depth += (word == "(") - (word == ")")
            if word == ")" and depth == 0:
                yield gap, start, i + 1
                start = i + 1


def line_of(source: Source, code: CodePrompt, number: int) -> int:
    """The line of the text after which a call behind line `number` of the prompt goes, blank lines passed over; for a
    dangling assignment its own line."""
    behind = code.end_of(number)
    line = _behind_comment(source, source.line(max(0, behind - 1))) if number else 0
    following = code.start_after(number)
    last = source.line(following) if following is not None else line
    while line + 1 < last and not source.line_text(line + 1).strip():
        line += 1
    return line


def _behind_comment(source: Source, line: int) -> int:
    """The last line of a comment that begins in line `line` and goes on in the next; that line itself without one."""
    if line >= len(source.line_starts):
        return line
    start = source.line_starts[line]
    node = source.tree.root_node.descendant_for_byte_range(start, start)
    goes_on = node is not None and node.type == "comment" and node.start_byte < start
    return source.line(node.end_byte - 1) if node is not None and goes_on else line


def arguments(words: Sequence[str], names: SymbolTable) -> tuple[str, ...]:
    """The arguments between the parentheses of `( a , & b [ 0 ] )`, spelled."""
    found: list[list[str]] = [[]]
    depth = 0
    for word in words:
        depth += (word in _OPENING) - (word in _CLOSING)
        if (word == "(" and depth == 1) or (word == ")" and depth == 0):
            continue
        if word == "," and depth == 1:
            found.append([])
        else:
            found[-1].append(word)
    return tuple(decode(one, names).strip() for one in found if one)

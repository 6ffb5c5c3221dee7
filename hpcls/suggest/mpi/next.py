"""The MPI call that belongs at the cursor: on a blank line, behind the beginning of its name, or its arguments."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING

from hpcls.errors import NothingFits
from hpcls.suggest.advise_mpi import answered_calls, arguments
from hpcls.suggest.cursor import is_comment
from hpcls.suggest.grammar.mpi import Gap, arguments_of, next_call
from hpcls.suggest.grammar.visible import gaps_of
from hpcls.suggest.mpi.facts.pair import is_named_for_the_other
from hpcls.suggest.mpi.fits import arguments_fit, read_call
from hpcls.suggest.prompt import CodePrompt, code_prompt, mpi_question, spans_of
from hpcls.suggest.prompt.gaps import Gaps
from hpcls.suggest.published.advisor import TextAdvisor
from hpcls.syntax.expressions import Name
from hpcls.syntax.mpi import MpiCall, call_at, mpi_function
from hpcls.syntax.scopes import ScopeTree, scopes_of
from hpcls.syntax.source import Source, parse
from hpcls.tokens.encode import encode

if TYPE_CHECKING:
    from hpcls.inference.constraint import Constraint
    from hpcls.suggest.advisor import Advisor
    from hpcls.suggest.asking import Advice
    from hpcls.suggest.loading import AnyAdvisor

_BUDGET = 900
"""Words of code around the cursor."""
_SURE = 0.5
"""How likely a call has to be, its arguments together, to be shown unasked."""
_STARTED = re.compile(r"(?P<before>.*?)(?P<typed>\bMPI_\w*)?\Z")
_BEHIND = re.compile(r"\s*\)?\s*;?\s*")


@dataclass(frozen=True)
class NextCall:
    """What goes behind the cursor, and how likely the model takes it to be."""

    text: str
    probability: float


def next_at(
    advisor: AnyAdvisor, source: Source, line: int, column: int, cancelled: Callable[[], bool] = lambda: False
) -> NextCall | None:
    """What completes line `line` at `column`; None where nothing does, the model is not sure, or it is a published one,
    which knows whole programs alone.

    Raises Cancelled and ModelError.
    """
    if isinstance(advisor, TextAdvisor):
        return None
    before, after = source.line_text(line)[: column - 1], source.line_text(line)[column - 1 :]
    if not _BEHIND.fullmatch(after) or not uses_mpi(source) or is_comment(source, source.line_starts[line - 1]):
        return None
    started = call_at(source, line, column)
    try:
        if started and _is_at_an_argument(source, started, line, column):
            space = " " if before.endswith(",") else ""
            found = _Place(source, line, started[0].start).rest(advisor, *started, space, cancelled)
        else:
            match = _STARTED.fullmatch(before)
            if match is None or match["before"].strip() or after.strip():
                return None
            offset = source.line_starts[line - 1] + len(match["before"].encode())
            found = _Place(source, line, offset).call(advisor, match["typed"] or "", cancelled)
    except NothingFits:
        return None
    if found is None or found.probability < _SURE:
        return None
    start = started[0].start if started else source.line_starts[line - 1] + len(before) - len(before.lstrip())
    typed = source.slice(start, source.line_starts[line - 1] + len(before.encode()))
    return found if _is_fit(typed + found.text, scopes_of(source), start) else None


def _is_fit(text: str, scopes: ScopeTree, offset: int) -> bool:
    """Whether the types and the names of the arguments speak against nothing in the whole call `text`."""
    read = read_call(text.rstrip().removesuffix(";"))
    function = mpi_function(read.function.name) if read and isinstance(read.function, Name) else None
    if read is None or function is None or len(function.parameters) != len(read.arguments):
        return False
    if read.arguments and is_named_for_the_other(function.name, read.arguments[-1]):
        return False
    return arguments_fit(read, function, scopes, offset)


def uses_mpi(source: Source) -> bool:
    """Whether the file is an MPI program already: it includes its header."""
    return re.search(rb"#\s*include\s*[<\"]mpi(?:cxx)?\.h[>\"]", source.data) is not None


def _is_at_an_argument(source: Source, started: tuple[MpiCall, int], line: int, column: int) -> bool:
    """Whether the cursor stands where an argument begins, behind which nothing of the call follows."""
    call, index = started
    text = source.line_text(line)[: column - 1]
    return text.rstrip().endswith(("(", ",")) and call.function is not None and len(call.arguments) <= index + 1


def _is_fragment(source: Source) -> bool:
    """Whether statements stand outside of any function."""
    return any(child.type.endswith("_statement") for child in source.tree.root_node.children)


def _call(answer: Advice) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The words of the one call of an answer, and their probabilities."""
    _, start, end = next(answered_calls(answer.words))
    return answer.words[start:end], answer.probabilities[start:end]


class _Place:
    """The place of a call in the text without what is typed of it."""

    def __init__(self, source: Source, line: int, start: int) -> None:
        self._typed = source
        end = source.line_starts[line] - 1 if line < len(source.line_starts) else len(source.data)
        blank = source.data[:start] + b" " * (end - start) + source.data[end:]
        self._source = parse(blank.decode("utf-8", "surrogatepass"), source.path, source.language)
        self._scopes: ScopeTree = scopes_of(self._source)
        self._start = start
        self._code = self._prompt()

    def _prompt(self) -> CodePrompt | None:
        """The function around the place; a text without functions where it is a fragment of one."""
        span = next((one for one in spans_of(self._source) if one[0] <= self._start <= one[1]), None)
        if span is None or (span == (0, len(self._source.data)) and not _is_fragment(self._source)):
            return None
        near = (self._start, self._start + 1)
        return code_prompt(self._source, span, self._scopes, _BUDGET, focus=near)

    def call(self, advisor: Advisor, typed: str, cancelled: Callable[[], bool]) -> NextCall | None:
        """A whole call that begins with `typed`."""
        gap = self._gap()
        if self._code is None or gap is None:
            return None
        answer = self._ask(advisor, next_call(gap, advisor.pieces, typed), cancelled)
        (function, *rest), (called, *given) = _call(answer)
        text = f"{function}({', '.join(arguments(rest, self._code.names))});"
        return NextCall(text[len(typed) :], advisor.calibration("MPI function", called) * prod(given))

    def rest(
        self, advisor: Advisor, call: MpiCall, index: int, space: str, cancelled: Callable[[], bool]
    ) -> NextCall | None:
        """The arguments of a started call from number `index` on, behind `space`."""
        if call.function is not None and not call.function.parameters:
            return NextCall(");", 1.0)
        gap = self._gap()
        if self._code is None or gap is None:
            return None
        scopes, names = scopes_of(self._typed), self._code.names
        given = tuple(encode(self._typed, names, (one.start, one.end), scopes).tokens for one in call.arguments[:index])
        answer = self._ask(advisor, arguments_of(call.name, given, gap, advisor.pieces), cancelled)
        found = arguments(_call(answer)[0][1:], names)[index:]
        return NextCall(f"{space}{', '.join(found)});", prod(answer.probabilities))

    def _gap(self) -> Gap | None:
        """The gap of the prompt that the call goes into."""
        if self._code is None:
            return None
        following = self._code.number_at(self._start)
        line = following - 1 if following is not None else self._code.lines
        gap = next((gap for gap in gaps_of(self._code, self._scopes) if gap.line == line), None)
        told = Gaps.of(self._code.words, mpi_question(self._code))
        return replace(gap, given=told.given(line)) if gap else None

    def _ask(self, advisor: Advisor, constraint: Constraint, cancelled: Callable[[], bool]) -> Advice:
        assert self._code is not None
        return advisor.ask((*self._code.words, *mpi_question(self._code)), constraint, cancelled)

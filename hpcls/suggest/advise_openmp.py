"""What a model says about one loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from hpcls.analysis.verdict import Role, Verdict
from hpcls.suggest.grammar.openmp import OpenmpChoice, openmp_answer
from hpcls.suggest.prompt.code import CodePrompt
from hpcls.suggest.prompt.openmp import appearing, openmp_question
from hpcls.suggest.prompt.words import END, NONE
from hpcls.syntax.openmp_text import Directive, parse_directive
from hpcls.syntax.statements import Declare, Loop, walk
from hpcls.tokens.symbols import SymbolTable

if TYPE_CHECKING:
    from hpcls.suggest.advisor import Advisor  # starting ONNX Runtime takes longer than most questions

_OPERATORS = ("+", "*", "&", "|", "^", "&&", "||", "min", "max")


@dataclass(frozen=True)
class Advised:
    """An answer about a loop."""

    directive: Directive | None
    """None: no directive belongs there."""
    probability: float


def advise(
    advisor: Advisor,
    code: CodePrompt,
    verdict: Verdict,
    choice: OpenmpChoice,
    cancelled: Callable[[], bool] = lambda: False,
) -> Advised | None:
    """The likeliest directive that `choice` leaves; None where the loop is not in the prompt."""
    question = openmp_question(code, verdict)
    if question is None:
        return None
    prompt = (*code.words, *question)
    answer = advisor.answer(prompt, choice.key, lambda: openmp_answer(choice, advisor.pieces), cancelled)
    return Advised(spelled(answer.words, code.names), prod(answer.probabilities))


def spelled(words: Sequence[str], names: SymbolTable) -> Directive | None:
    """An answer as a directive with the program's own names."""
    if not words or words[0] in (NONE, END):
        return None
    text = " ".join(names.spelled(word) for word in words if word != END)
    return parse_directive(text)


def anything(code: CodePrompt, verdict: Verdict) -> OpenmpChoice:
    """Every clause with every variable of the loop that is visible in front of it: what a model may say where nobody
    looks."""
    inside = {code.names.symbol("var", name) for name in _declared_in(verdict.loop.statement)}
    variables = tuple(symbol for symbol in appearing(code, verdict.loop) if symbol not in inside)
    return OpenmpChoice(("parallel for",), private=variables, reductions=dict.fromkeys(_OPERATORS, variables))


def _declared_in(loop: Loop) -> frozenset[str]:
    """What a loop declares: its counter, and the variables of its body."""
    declarations = (part for part in walk(loop) if isinstance(part, Declare))
    return frozenset(declared.name for one in declarations for declared in one.declarators)


def sensible(code: CodePrompt, verdict: Verdict) -> OpenmpChoice:
    """The variables that the analysis allows in each clause; whether they are listed is a matter of habit."""
    names = code.names
    order = appearing(code, verdict.loop)
    private = {names.symbol("var", name) for name in _private(verdict)}
    reductions: dict[str, tuple[str, ...]] = {}
    for operator in _OPERATORS:
        wanted = {names.symbol("var", name) for other, name in verdict.reductions if other == operator}
        if found := tuple(symbol for symbol in order if symbol in wanted):
            reductions[operator] = found
    return OpenmpChoice(
        ("parallel for",), private=tuple(symbol for symbol in order if symbol in private), reductions=reductions
    )


def _private(verdict: Verdict) -> Iterator[str]:
    """What may be private, whether or not somebody has to say so."""
    induction = verdict.loop.induction
    if induction and not induction.is_declared_here:
        yield induction.variable
    for role in (Role.PRIVATE, Role.LASTPRIVATE):
        yield from verdict.names(role)

"""Which scoping clauses an author would have written on a loop: asked clause by clause.

Greedy decoding would compare `private` with each other continuation (the end, a schedule, a collapse) and so list
too much.  Here a clause stands where it is likelier than all else together; this is OMPGPT's chain-of-OMP
(arXiv:2401.16445), with probabilities in place of further prompts.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import TYPE_CHECKING

from hpcls.suggest.advise_openmp import spelled
from hpcls.suggest.grammar.openmp import OpenmpChoice
from hpcls.suggest.grammar.openmp import openmp_answer as constrained
from hpcls.suggest.prompt.openmp import openmp_question
from hpcls.syntax.openmp_text import Directive

if TYPE_CHECKING:
    from hpcls.analysis.verdict import Verdict
    from hpcls.suggest.advisor import Advisor
    from hpcls.suggest.prompt.code import CodePrompt

_START = ("parallel", "for")
_CLAUSES = ("private", "reduction")
_SURE = {"private": 0.5, "reduction": 0.5}


def scoped(advisor: Advisor, code: CodePrompt, verdict: Verdict, choice: OpenmpChoice) -> Directive | None:
    """A `parallel for` with the private and reduction clauses that an author more likely wrote than not, of those that
    `choice` leaves; None where the loop is not in the prompt.  The model is not told what the analysis knows.
    """
    question = openmp_question(code, verdict, with_facts=False)
    if question is None:
        return None
    prompt = (*code.words, *question)
    said = _START
    for clause in _CLAUSES:
        possible = choice.private if clause == "private" else any((choice.reductions or {}).values())
        if possible and _likelihood(advisor, prompt, said, clause) >= _SURE[clause]:
            said = _with_clause(advisor, prompt, said, clause, choice)
    return spelled(said, code.names)


def _likelihood(advisor: Advisor, prompt: Sequence[str], said: Sequence[str], word: str) -> float:
    """How likely `word` follows what is said, among everything."""
    encode = advisor.pieces.encode
    without, with_word = advisor.engine.score(encode(prompt), [encode(said), encode((*said, word))])
    return exp(with_word - without)


def _with_clause(
    advisor: Advisor, prompt: Sequence[str], said: tuple[str, ...], clause: str, choice: OpenmpChoice
) -> tuple[str, ...]:
    """What is said, and the likeliest form of one more clause."""
    constraint = constrained(choice, advisor.pieces)
    words = (*said, clause, "(")
    for token in advisor.pieces.encode(words):
        constraint.advance(token)
    answer = advisor.ask((*prompt, *words), constraint)
    return (*words, *answer.words[: answer.words.index(")") + 1])

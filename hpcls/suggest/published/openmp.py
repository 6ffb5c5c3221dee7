"""MonoCoder asked about a loop: its code without pragmas, a new line, `parallel`; it goes on with the clauses.

It was trained on loops that have a directive, so that it cannot say whether one belongs there, only which clauses.
(MonoCoder/hf_data_omp.py and test_omp.py of Scientific-Computing-Lab/MonoCoder; arXiv:2312.13322.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp

from hpcls.analysis.verdict import Verdict
from hpcls.suggest.grammar.openmp import OpenmpChoice
from hpcls.suggest.published.advisor import TextAdvisor
from hpcls.suggest.published.clauses import Answered, Clauses, clauses_text
from hpcls.syntax.openmp_text import Clause, Directive
from hpcls.syntax.source import Source
from hpcls.tokens.symbols import SymbolTable


def loop_prompt(source: Source, verdict: Verdict) -> str:
    """The question about the loop of `verdict`."""
    loop = verdict.loop.statement
    lines = source.slice(loop.start, loop.end).split("\n")
    code = "\n".join(line for line in lines if not line.lstrip().startswith("#pragma"))
    return f"{code}\nparallel"


def written_directive(
    advisor: TextAdvisor, source: Source, verdict: Verdict, choice: OpenmpChoice, names: SymbolTable
) -> Directive | None:
    """A `parallel for` with the likeliest clauses that `choice` leaves, whose symbols are those of `names`; None where
    the model was not trained for loops or this one is too long.
    """
    if not advisor.is_asked("omp"):
        return None
    spelled = names.spelled
    private = tuple(map(spelled, choice.private))
    reductions = {op: tuple(map(spelled, names)) for op, names in (choice.reductions or {}).items()}
    allowed = Clauses(private, reductions)
    found = advisor.write(loop_prompt(source, verdict), (private, tuple(reductions.items())), allowed.grammar)
    if found is None or not isinstance(found.end, Answered):
        return None
    return Directive("parallel for", None, found.end.answer.clauses)


def agreement(advisor: TextAdvisor, source: Source, verdict: Verdict, clauses: Sequence[Clause]) -> float | None:
    """How likely an author who puts a directive on the loop writes just these private and reduction clauses, with or
    without the loop's own counter, which is private anyway; None where the model cannot be asked or cannot say so.
    """
    reductions = [clause for clause in clauses if clause.name == "reduction"]
    if not advisor.is_asked("omp") or len(reductions) > 1:
        return None
    private = [name for clause in clauses if clause.name == "private" for name in clause.arguments]
    operator, reduced = (reductions[0].modifier or "+", reductions[0].arguments) if reductions else ("", ())
    answers = [clauses_text(names, operator, reduced) for names in _with_and_without_counter(private, verdict)]
    scores = advisor.score(loop_prompt(source, verdict), answers)
    return None if scores is None else min(1.0, sum(map(exp, scores)))


def _with_and_without_counter(private: Sequence[str], verdict: Verdict) -> Iterator[Sequence[str]]:
    yield private
    counter = verdict.loop.induction
    if counter and not counter.is_declared_here and counter.variable not in private:
        yield [counter.variable, *private]

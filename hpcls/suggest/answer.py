"""The forced answer of `hpcls evaluate omp`: the directive that an author would most likely have put on a loop.

There is no threshold and no veto here, and private clauses that authors write by habit are given too; what is offered
to users comes from `openmp`.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.classes import STREAMS
from hpcls.analysis.effects import Effect, effect_of
from hpcls.analysis.engine import LoopAnalysis, analyse
from hpcls.analysis.scratch import scratch_variables
from hpcls.analysis.verdict import Outcome, Role, Verdict
from hpcls.suggest.prompt.openmp import inner_counters
from hpcls.suggest.thread_names import is_threads_own
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Assign, Cast, Expression, Literal, Name, Subscript
from hpcls.syntax.loops import Induction
from hpcls.syntax.openmp_text import Clause, Directive, render
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, parse
from hpcls.syntax.statements import expressions_of, walk

_STANDARD_OUTPUT = frozenset(("printf", "std::printf", "puts", "putchar", "cout", "std::cout"))


def answer_loop(code: str) -> str:
    """The directive for the first loop of `code`, such as `parallel for private(i, j) reduction(+:s)`."""
    source = parse_loop(code)
    analyses, _ = analyse(source, scopes_of(source))
    clauses = clauses_of(analyses[0]) if analyses else ()
    return render(Directive("parallel for", None, clauses)).removeprefix("#pragma omp ")


def parse_loop(code: str) -> Source:
    """A bare loop: `code` in C++, whose grammar reads nearly all of C, unless C reads what C++ does not."""
    source = parse(code, "loop", "cpp")
    if not source.tree.root_node.has_error:
        return source
    as_c = parse(code, "loop", "c")
    return source if as_c.tree.root_node.has_error else as_c


def clauses_of(analysis: LoopAnalysis) -> tuple[Clause, ...]:
    """The private and reduction clauses for the loop."""
    private = tuple(dict.fromkeys(_private(analysis)))
    found = [Clause("private", None, private)] if private else []
    reductions = _reductions(analysis.verdict)
    for operator in dict.fromkeys(operator for operator, _ in reductions):
        names = tuple(name for other, name in reductions if other == operator)
        found.append(Clause("reduction", operator, names))
    return tuple(found)


def _reductions(verdict: Verdict) -> list[tuple[str, str]]:
    """Those that authors write: the race of a flag they often leave, since every write of it is the same.

    Of 59 loops of other repositories that accumulate into what by its name is a thread's own 43 have no clause: it
    stands on the region around them; and of 28 that print and would need one 19 have none.
    Sections of arrays only where nothing but calls out of view stands against the loop: what else is carried along has
    no clause, and half of what has to be said helps nobody.
    """
    if any(is_threads_own(name) for _, name in verdict.reductions) or _prints(verdict):
        return []
    flags = {scalar.name for scalar in verdict.scalars if scalar.sets_flag}
    is_all = verdict.outcome is Outcome.INDEPENDENT or bool(verdict.undecided_calls)
    wanted = (one for one in verdict.reductions if one[1] not in flags and (is_all or "[" not in one[1]))
    return [
        ("-" if operator == "+" and _only_subtracts(verdict, name) else operator, name) for operator, name in wanted
    ]


def _only_subtracts(verdict: Verdict, name: str) -> bool:
    """Whether `-=` is all that is done to `name`.

    OpenMP 5.2 (5.5.5) takes `-` for `+` and advises against it; of 6 authors of other repositories 5 write it.
    """
    steps = [
        part.operator
        for whole in _expressions(verdict)
        for part in expressions.walk(whole)
        if isinstance(part, Assign) and isinstance(part.target, Name) and part.target.name == name
    ]
    return set(steps) == {"-="}


def _prints(verdict: Verdict) -> bool:
    return any(effect_of(name) is Effect.OUTPUT or name in STREAMS for name in _names(verdict))


def _names(verdict: Verdict) -> Iterator[str]:
    """Every name in the body, each time."""
    return (part.name for one in _expressions(verdict) for part in expressions.walk(one) if isinstance(part, Name))


def _expressions(verdict: Verdict) -> Iterator[Expression]:
    return (one for part in walk(verdict.loop.statement.body) for one in expressions_of(part))


def _is_of_region(verdict: Verdict) -> bool:
    """Whether the loop looks like the `for` of a parallel region, whose own directive names the temporaries.

    It accumulates into what a thread has for itself, or shows on the standard output what each thread does.  Of 43
    loops of other repositories that print and have temporaries 9 of 30 such list them, and 10 of the 13 that complain
    on the standard error or write files.
    """
    is_own = any(is_threads_own(name) for _, name in verdict.reductions)
    return is_own or not _STANDARD_OUTPUT.isdisjoint(_names(verdict))


def _private(analysis: LoopAnalysis) -> list[str]:
    verdict = analysis.verdict
    induction = verdict.loop.induction
    counter = induction.variable if induction and not induction.is_declared_here else None
    if counter is None and verdict.outcome is Outcome.DEPENDENT:
        # who declares the counter in the loop declares the temporaries there too: what is left is meant to be shared
        return []
    roles = (Role.PRIVATE, Role.LASTPRIVATE)
    names = [scalar.name for scalar in verdict.scalars if scalar.role in roles and "::" not in scalar.name]
    if _is_of_region(verdict):
        names = []
    has_temporaries = bool(names) and any(scalar.role is Role.PRIVATE for scalar in verdict.scalars)
    if has_temporaries:
        # who lists no temporaries but inner counters lists no arrays: none of 11 loops of five other repositories
        has_others = not inner_counters(verdict.loop).issuperset(names)
        scratch = scratch_variables(analysis.model, verdict.loop)
        names += [name for name in scratch if has_others or not _is_indexed(verdict, name)]
    if counter and induction and _lists_counter(verdict, induction, has_temporaries):
        names.append(counter)
    return names


def _is_indexed(verdict: Verdict, name: str) -> bool:
    parts = (part for one in _expressions(verdict) for part in expressions.walk(one))
    bases = (part.base for part in parts if isinstance(part, Subscript))
    return any(isinstance(base, Name) and base.name == name for base in bases)


def _lists_counter(verdict: Verdict, induction: Induction, has_temporaries: bool) -> bool:
    """Whether an author would name the loop's own counter, which OpenMP makes private by itself: four in ten do."""
    if has_temporaries:
        return True
    fixed = isinstance(induction.upper, (Literal, Cast))
    return verdict.outcome is not Outcome.DEPENDENT and not fixed

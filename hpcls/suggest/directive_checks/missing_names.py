"""`default(none)` without a word on a variable that the construct uses: no compiler takes that.

    #pragma omp parallel for default(none) shared(a)        needs shared(n)
    for (int i = 0; i < n; i++)
        a[i] = 0.0;

OpenMP 5.2, 5.4.1: each variable that is referenced, and whose attribute no rule determines, has to be listed.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.accesses import Access
from hpcls.analysis.openmp.constructs import Construct
from hpcls.analysis.variables import spelling
from hpcls.suggest.directive_checks.subject import Fix, Place, Problem, Subject, clause_for
from hpcls.syntax.openmp_text import Clause, render_clause
from hpcls.syntax.statements import Loop

_LISTING = ("shared", "private", "firstprivate", "lastprivate", "reduction", "linear", "copyin", "in_reduction", "map")


def check(subject: Subject) -> Iterator[Problem]:
    """A problem for each variable that is not listed."""
    construct = subject.construct
    if not any("none" in clause.arguments for clause in construct.clauses("default")):
        return
    listed = frozenset[str]().union(*(subject.races.sharing.listed(construct, clause) for clause in _LISTING))
    for key, offset in _used(subject, construct).items():
        if key not in listed and _has_to_be_listed(subject, construct, key):
            yield _problem(subject, key, offset)


def _used(subject: Subject, construct: Construct) -> dict[str, int]:
    """The variables whose storage the construct's statement names, each with its first place."""
    found: dict[str, int] = {}
    for sited in subject.model.between(construct.statement.start, construct.statement.end):
        event = sited.event
        if isinstance(event, Access):
            key = event.place.key
            if subject.model.is_by_name(event) and not _is_made_private_inside(subject, key, event.offset):
                found.setdefault(key, event.offset)
    return found


def _is_made_private_inside(subject: Subject, key: str, offset: int) -> bool:
    """Whether a construct inside gives the variable a new copy there, so that the outer one is not touched."""
    around = subject.races.constructs.around(offset)
    inner = around[: around.index(subject.construct)]
    return any(key in subject.races.sharing.listed(one, "private") for one in inner)


def _has_to_be_listed(subject: Subject, construct: Construct, key: str) -> bool:
    symbol = subject.model.variables.symbol(key)
    if symbol is None or symbol.kind not in ("variable", "parameter") or symbol.owner is not None:
        return False
    if {"const", "constexpr", "thread_local"} & symbol.storage or symbol.reference:
        return False
    name = spelling(key)
    inside = subject.model.variables.key(name, construct.pragma.start) != key
    own = subject.model.variables.meanings.is_thread_local(name, symbol)
    return not (inside or own or key in subject.races.sharing.counters(construct))


def _problem(subject: Subject, key: str, offset: int) -> Problem:
    name = spelling(key)
    message = f"default(none) asks for {name} to be listed"
    return Problem(subject.construct, message, (Place(offset, f"{name} is used here"),), _fix(subject, key, name))


def _fix(subject: Subject, key: str, name: str) -> Fix | None:
    statement = subject.construct.statement
    is_written = any(
        isinstance(sited.event, Access)
        and sited.event.is_write
        and sited.event.place.key == key
        and not sited.event.place.path
        for sited in subject.model.between(statement.start, statement.end)
    )
    clause: Clause | None = Clause("shared", None, (name,))
    if is_written:
        scalar = subject.role(key) if isinstance(statement, Loop) else None
        clause = clause_for(scalar) if scalar else None
    return Fix(f"missing {render_clause(clause)}", (clause,)) if clause else None

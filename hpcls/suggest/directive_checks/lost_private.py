"""A `private` variable whose value is used behind the construct, where the variable itself has never been given one.

    double last;
    #pragma omp parallel for private(last)          needs lastprivate(last)
    for (int i = 0; i < n; i++)
        last = a[i];
    return last;

OpenMP 5.2, 5.4.3: what the threads' copies hold is gone with the construct.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.flow import sequence
from hpcls.analysis.verdict import Role
from hpcls.suggest.directive_checks.subject import Fix, Place, Problem, Subject
from hpcls.syntax.openmp_text import Clause, render_clause
from hpcls.syntax.statements import Block, Statement, walk


def check(subject: Subject) -> Iterator[Problem]:
    """A problem for each private variable that only the loops of the construct set, and that is read behind it."""
    construct = subject.construct
    if not construct.loops or not construct.shares_iterations:
        return
    own = subject.races.sharing
    for key in sorted(own.listed(construct, "private") - own.counters(construct)):
        read = _read_behind(subject, key) if _is_set_only_inside(subject, key) else None
        if read is not None:
            yield _problem(subject, key, read)


def _is_set_only_inside(subject: Subject, key: str) -> bool:
    """Whether the variable is a plain local one that nothing else gives a value."""
    model, statement = subject.model, subject.construct.statement
    symbol, body, definitions = model.variables.symbol(key), model.unit.body, model.definitions
    if symbol is None or not model.variables.is_declared_in(key, body.start, body.end):
        return False
    found = definitions.of(key)
    is_reached = key in definitions.escaped | definitions.addressed | definitions.handed_on
    is_plain = not (symbol.dimensions or symbol.reference) and model.variables.is_arithmetic(key) is True
    inside = all(statement.start <= one.offset < statement.end for one in found)
    return is_plain and not is_reached and bool(found) and inside


def _read_behind(subject: Subject, key: str) -> int | None:
    """Where a statement of the block around the construct reads the variable, before anything may write it."""
    model, statement = subject.model, subject.construct.statement
    block = next((one for one in walk(model.unit.body) if isinstance(one, Block) and _holds(one, statement)), None)
    after = block.statements[block.statements.index(statement) + 1 :] if block else ()
    exposure = sequence(model.flows.of(part) for part in after).exposed.get(key)
    return exposure.offset if exposure and not exposure.perhaps_written else None


def _holds(block: Block, statement: Statement) -> bool:
    return any(one is statement for one in block.statements)


def _problem(subject: Subject, key: str, read: int) -> Problem:
    name = key.partition("@")[0]
    message = f"{name} is private, and read behind the construct, where it has no value"
    scalar = subject.role(key)
    is_last = scalar is not None and scalar.role is Role.LASTPRIVATE
    clause = Clause("lastprivate", None, (name,))
    fix = Fix(f"{render_clause(clause)} in the place of private({name})", (clause,), ("private", (name,)))
    place = Place(read, f"{name} is read here, and what the iterations assigned went to copies")
    return Problem(subject.construct, message, (place,), fix if is_last else None)

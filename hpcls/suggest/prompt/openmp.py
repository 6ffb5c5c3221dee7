"""The question about one loop: `<omp> <L2> <facts> independent counter var_0 private ( var_1 ) <answer>`.

The facts are what chain-of-OMP (OMPGPT, arXiv:2401.16445) asks a model for one after the other; here they are computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hpcls.analysis.verdict import Role, Verdict
from hpcls.suggest.prompt.code import CodePrompt
from hpcls.suggest.prompt.words import ANSWER, FACTS, OPENMP, line_marker
from hpcls.syntax.loops import LoopFacts, induction_of
from hpcls.syntax.openmp_text import Clause
from hpcls.syntax.statements import Loop, walk
from hpcls.tokens.symbols import SymbolTable

_ROLES = (Role.FIRSTPRIVATE, Role.LASTPRIVATE, Role.CARRIED)
_NAMED = ("private", "firstprivate", "lastprivate", "reduction")
"""Clauses that list variables and that a model answers, in the order of an answer."""


def openmp_question(code: CodePrompt, verdict: Verdict, *, with_facts: bool = True) -> tuple[str, ...] | None:
    """The words of the question about the loop of `verdict`; None where the loop is not among the lines shown."""
    line = code.number_at(verdict.loop.statement.start)
    if line is None:
        return None
    facts = _facts(verdict, code.names) if with_facts else ()
    return (OPENMP, line_marker(line), FACTS, *facts, ANSWER)


def _facts(verdict: Verdict, names: SymbolTable) -> Iterator[str]:
    loop = verdict.loop
    yield verdict.outcome.value
    yield from _counter(loop, names)
    inner = inner_counters(loop)
    private = verdict.names(Role.PRIVATE)
    yield from _listed("inner", [name for name in private if name in inner], names)
    yield from _listed("private", [name for name in private if name not in inner], names)
    for role in _ROLES:
        yield from _listed(role.value, [name for name in verdict.names(role) if name != _own_counter(loop)], names)
    for operator in dict.fromkeys(operator for operator, _ in verdict.reductions):
        of_operator = [name for other, name in verdict.reductions if other == operator]
        yield from ("reduction", operator, *_list(_symbols(of_operator, names)))
    depth = perfect_depth(loop)
    if depth > 1:
        yield from ("nest", str(min(depth, 9)))
    if loop.depth:
        yield "deeper"


def _counter(loop: LoopFacts, names: SymbolTable) -> Iterator[str]:
    counter = loop.induction
    if counter is None:
        return
    symbol = names.symbol("var", counter.variable)
    if counter.is_declared_here:
        yield "local"
    elif symbol:
        yield from ("counter", symbol)


def _own_counter(loop: LoopFacts) -> str | None:
    return loop.induction.variable if loop.induction else None


def inner_counters(loop: LoopFacts) -> frozenset[str]:
    """The variables that count the loops inside `loop`."""
    loops = [part for part in walk(loop.statement.body) if isinstance(part, Loop)]
    counters = [induction_of(inner) for inner in loops]
    return frozenset(counter.variable for counter in counters if counter)


def perfect_depth(loop: LoopFacts) -> int:
    """How many counted loops are perfectly nested, this one among them."""
    depth, inner = 1, loop.only_child
    while inner is not None and induction_of(inner) and depth < 9:
        depth += 1
        inner = LoopFacts(inner, loop.unit, None, 0, None, (), None).only_child
    return depth


def _listed(name: str, spelled: Iterable[str], names: SymbolTable) -> Iterator[str]:
    symbols = _symbols(spelled, names)
    if symbols:
        yield from (name, *_list(symbols))


def _symbols(spelled: Iterable[str], names: SymbolTable) -> list[str]:
    found = (names.symbol("var", name) for name in spelled)
    return [symbol for symbol in found if symbol]


def _list(symbols: Iterable[str]) -> Iterator[str]:
    for i, symbol in enumerate(symbols):
        yield "," if i else "("
        yield symbol
    yield ")"


def appearing(code: CodePrompt, loop: LoopFacts) -> tuple[str, ...]:
    """The variables of a loop as symbols, in order of first appearance: the order in which answers list them."""
    start, end = loop.statement.start, loop.statement.end
    words = zip(code.encoded.tokens, code.encoded.offsets, strict=True)
    inside = (word for word, (at, _) in words if start <= at < end)
    return tuple(dict.fromkeys(word for word in inside if word.startswith(("var_", "arr_"))))


def openmp_answer(name: str, clauses: Sequence[Clause], order: Sequence[str], names: SymbolTable) -> tuple[str, ...]:
    """The words of a directive as an answer: clauses in one order, variables in that of `order`, without the rest."""
    found: list[str] = name.split()
    taken: set[str] = set()
    for clause, operator in _listing(clauses):
        wanted = {names.symbol("var", one) for one in _arguments(clauses, clause, operator)}
        symbols = [symbol for symbol in order if symbol in wanted and symbol not in taken]
        taken.update(symbols)
        if symbols:
            head = [clause, "(", operator, ":"] if operator else [clause, "("]
            found.extend([*head, *list(_list(symbols))[1:]])
    return (*found, *_collapse(clauses), *_schedule(clauses))


def _listing(clauses: Sequence[Clause]) -> list[tuple[str, str | None]]:
    """Name and operator of the clauses that an answer has, each once."""
    pairs = dict.fromkeys((clause.name, _operator(clause)) for clause in clauses if clause.name in _NAMED)
    return sorted(pairs, key=lambda pair: _NAMED.index(pair[0]))


def _arguments(clauses: Sequence[Clause], name: str, operator: str | None) -> list[str]:
    """The variables of all clauses of that name and operator."""
    alike = (clause for clause in clauses if clause.name == name and _operator(clause) == operator)
    return [argument for clause in alike for argument in clause.arguments]


def _operator(clause: Clause) -> str | None:
    """A reduction's operator behind modifiers such as `inscan,`; `-` means `+` (OpenMP 5.2, 5.5.5)."""
    if clause.name != "reduction":
        return None
    operator = (clause.modifier or "+").split(",")[-1].strip()
    return "+" if operator == "-" else operator


def _collapse(clauses: Iterable[Clause]) -> Iterator[str]:
    depth = next((clause.arguments[0] for clause in clauses if clause.name == "collapse" and clause.arguments), "")
    if depth in "23456789" and depth:
        yield from ("collapse", "(", depth, ")")


def _schedule(clauses: Iterable[Clause]) -> Iterator[str]:
    arguments = next((clause.arguments for clause in clauses if clause.name == "schedule"), ())
    kind = arguments[0].lower() if arguments else ""
    if kind in ("static", "dynamic", "guided", "auto", "runtime"):
        chunk = arguments[1] if len(arguments) > 1 and arguments[1].isdigit() and len(arguments[1]) < 4 else None
        yield from ("schedule", "(", kind, *((",", chunk) if chunk else ()), ")")

"""Calls out of view about which a model may be asked.

A call that serves to change something shared gives itself away: a member function changes its object, a function that
is given nothing of the iteration's own keeps state (a generator of random numbers, a counter), and one whose result
nobody takes works through its arguments or behind them.  So does a name that says so (`push`), text that it is given to
tell, an argument that an index from memory picks, and a neighbour of the iteration's own element (`x[i - 1]` beside
`x[i]`): two iterations may be given the same one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from hpcls.analysis.accesses import Access
from hpcls.analysis.forms import Forms
from hpcls.analysis.model import UnitModel
from hpcls.suggest.call_names import says_that_it_changes_something, says_that_it_starts_again
from hpcls.suggest.legality import Site
from hpcls.suggest.member_functions import may_change_its_object
from hpcls.syntax import expressions, statements
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import AddressOf, Call, Dereference, Expression, Literal, Member, Name, Subscript
from hpcls.syntax.loops import induction_of
from hpcls.syntax.spelled import spelled
from hpcls.syntax.statements import Evaluate, Loop, Statement

_PLAIN_FUNCTION = re.compile(r"(?!MPI_|(?:std::)?swap\()[A-Za-z_][\w:]*\(\)(?: \(called by [\w:]+\(\)\))?")
"""A function by its name.  MPI's may be called by several threads only if MPI_Init_thread said so (MPI 4.1, 11.6), and
whom a swap reaches is no matter of opinion.
"""


def may_be_vouched_for(site: Site) -> bool:
    """Whether nothing stands against a loop but calls of functions that seem to work on an iteration's own data."""
    named = site.verdict.undecided_calls
    if not named or not all(map(_PLAIN_FUNCTION.fullmatch, named)):
        return False
    forms = Forms(site.model, site.verdict.loop.statement)
    calls = tuple(_calls(site, named))
    if _may_meet(site, calls, forms) or (may_change_its_object(site) and not all("::" in name for name, _, _ in calls)):
        return False
    return all(
        _is_given_its_own(site, call, is_used, forms)
        and not _is_object(site, call)
        and not any(_is_written_as_well(site, argument) for argument in call.arguments)
        and not any(_is_handle_that_moves(site, argument) for argument in call.arguments)
        and not says_that_it_changes_something(name, is_used)
        and (is_used or not _tells(call))
        and (f"{name}()" not in named or not _is_in_view(site, name, call))
        for name, call, is_used in calls
    )


def _tells(call: Call) -> bool:
    """Whether a function whose result nobody takes is given a text: a message, and those appear in turn."""
    parts = (part for argument in call.arguments for part in expressions.walk(argument))
    return any(isinstance(part, Literal) and part.text.endswith('"') for part in parts)


def _is_object(site: Site, call: Call) -> bool:
    """Whether it calls a variable: an object with a state of its own, or whatever a pointer leads to."""
    if not isinstance(call.function, Name):
        return True
    symbol = _symbol(site, call.function)
    return symbol is not None and symbol.kind in ("variable", "parameter", "field")


def _is_in_view(site: Site, name: str, call: Call) -> bool:
    """Whether the file has the function, so that what is unknown of it is more than its text."""
    return site.variables.meanings.is_own_function(name, call.start)


def _calls(site: Site, named: tuple[str, ...]) -> Iterator[tuple[str, Call, bool]]:
    """The calls of those functions, with their names and whether anything takes the result."""
    functions = {found for one in named for found in re.findall(r"([\w:]+)\(\)", one)}
    for part in statements.walk(site.verdict.loop.statement.body):
        ignored = part.expression if isinstance(part, Evaluate) else None
        for whole in statements.expressions_of(part):
            for one in expressions.walk(whole):
                if isinstance(one, Call) and isinstance(one.function, Name) and one.function.name in functions:
                    yield one.function.name, one, one is not ignored


def _is_given_its_own(site: Site, call: Call, is_used: bool, forms: Forms) -> bool:
    """Whether an argument differs between iterations, and where the result is not used, leads to memory while no other
    may be written."""
    changing = (argument for argument in call.arguments if not _stays(site, argument))
    varying = [argument for argument in changing if not forms.is_invariant(argument)]
    repeated = _repeated(site, forms)
    own = [argument for argument in varying if not _varies_only_by(site, argument, repeated, forms)]
    if any(_is_picked_object(site, one) for one in own):
        return False
    if is_used:
        return bool(own) and not any(isinstance(one, AddressOf) for one in varying if one not in own)
    shared = (argument for argument in call.arguments if argument not in own)
    is_free = not any(_may_be_written(site, one) for one in shared) and not any(_is_picked(site, one) for one in own)
    return is_free and any(map(_leads_to_memory, own))


def _stays(site: Site, argument: Expression) -> bool:
    """Whether it is a variable that nothing in the loop sets, though some function has its address."""
    if not isinstance(argument, Name):
        return False
    key, loop = site.variables.key(argument.name, argument.start), site.verdict.loop.statement
    is_outer = not site.variables.is_declared_in(key, loop.start, loop.end)
    return is_outer and not site.model.definitions.changes_in(key, loop)


def _is_written_as_well(site: Site, argument: Expression) -> bool:
    """Whether the loop writes into what a pointer or an array leads to that the function gets whole: it may look at, or
    set, what other iterations write, as `x[i] = work(x, i)`."""
    if not _stays(site, argument) or not isinstance(argument, Name):
        return False
    key, loop = site.variables.key(argument.name, argument.start), site.verdict.loop.statement
    events = (sited.event for sited in site.model.touching(loop, key))
    return any(isinstance(one, Access) and one.is_write and one.place.path for one in events)


def _is_handle_that_moves(site: Site, argument: Expression) -> bool:
    """Whether the argument is also given to a function that puts it back to its beginning, such as a file or a table
    that is read row by row: what is read of it hangs on what was read before."""
    if not isinstance(argument, Name):
        return False
    key = site.variables.key(argument.name, argument.start)
    return key in site.model.found_in(site.model.unit.body, _put_back)


def _put_back(model: UnitModel, statement: Statement) -> Iterator[str]:
    for part in model.expressions_in(statement):
        match part:
            case Call(function=Name(name=name), arguments=(Name() as first, *_)) if says_that_it_starts_again(name):
                yield model.variables.key(first.name, first.start)
            case _:
                pass


def _may_meet(site: Site, calls: tuple[tuple[str, Call, bool], ...], forms: Forms) -> bool:
    """Whether functions whose results nobody takes are given several elements of one array, such as `x[i]` and
    `x[i - 1]`: what one iteration writes another may read."""
    places = defaultdict[str, set[str]](set)
    for _, call, is_used in calls:
        for part in () if is_used else _parts(site, call):
            if isinstance(part, Subscript) and not _varies(site, part.base, forms):
                places[spelled(part.base)].add(spelled(part.index))
    return any(len(indices) > 1 for indices in places.values())


def _parts(site: Site, call: Call) -> Iterator[Expression]:
    """The expressions in the arguments of a call, and in what their variables are given."""
    for argument in call.arguments:
        yield from expressions.walk(argument)
        if isinstance(argument, Name):
            for one in site.model.definitions.of(site.variables.key(argument.name, argument.start)):
                yield from expressions.walk(one.value) if one.value else ()


def _varies(site: Site, expression: Expression, forms: Forms) -> bool:
    return any(map(forms.varies, site.model.mentions.of(expression).keys))


def _repeated(site: Site, forms: Forms) -> frozenset[str]:
    """The counters of loops inside that count the same in every iteration: their elements are no iteration's own."""
    inner = (one for one in statements.walk(site.verdict.loop.statement.body) if isinstance(one, Loop))
    found = (induction for one in inner if (induction := induction_of(one)) and forms.is_invariant(induction.lower))
    return frozenset(site.variables.key(one.variable, one.offset) for one in found)


def _varies_only_by(site: Site, argument: Expression, counters: frozenset[str], forms: Forms) -> bool:
    varying = set(filter(forms.varies, site.model.mentions.of(argument).keys))
    return bool(varying) and varying <= counters


def _is_picked(site: Site, argument: Expression) -> bool:
    """Whether it leads to an element whose index is read from memory: `&bins[index[i]]`, `rows[index[i]]`, or a pointer
    that holds the former."""
    match argument:
        case AddressOf() | Subscript():
            return any(isinstance(part, Subscript) and _reads_memory(part.index) for part in expressions.walk(argument))
        case Name(name=name, start=start) | Dereference(operand=Name(name=name, start=start)):
            given = site.model.definitions.of(site.variables.key(name, start))
            return any(isinstance(one.value, AddressOf) and _is_picked(site, one.value) for one in given)
        case _:
            return False


def _is_picked_object(site: Site, argument: Expression) -> bool:
    """Whether it is a pointer that is read from a table at an index from memory: two iterations may be given one
    object, and what a function makes of it beside its result is not known."""
    if not isinstance(argument, Name):
        return False
    symbol, key = _symbol(site, argument), site.variables.key(argument.name, argument.start)
    given = [one.value for one in site.model.definitions.of(key)]
    is_read = any(isinstance(value, Subscript) and _reads_memory(value.index) for value in given)
    return symbol is not None and symbol.pointers > 0 and is_read


def _reads_memory(index: Expression) -> bool:
    return any(isinstance(part, (Subscript, Dereference, Member)) for part in expressions.walk(index))


def _leads_to_memory(argument: Expression) -> bool:
    return any(isinstance(part, (AddressOf, Subscript, Dereference, Call)) for part in expressions.walk(argument))


def _may_be_written(site: Site, argument: Expression) -> bool:
    """Whether a function that is given an argument as it stands may write it, or what it leads to."""
    is_cpp = site.source.language == "cpp"  # where a function may take what it is given by reference
    match argument:
        case Name():
            symbol = _symbol(site, argument)
            is_value = symbol is not None and ("const" in symbol.storage or symbol.kind in ("macro", "enumerator"))
            return _leads_on(symbol) or (is_cpp and not is_value)
        case Member(field=field):
            found = site.variables.fields.get(field)
            return is_cpp or found is None or any(map(_leads_on, found))
        case AddressOf() | Subscript() | Dereference():
            return True
        case Call():
            return False
        case _:
            return any(isinstance(one, Name) and _leads_on(_symbol(site, one)) for one in expressions.walk(argument))


def _symbol(site: Site, name: Name) -> Symbol | None:
    return site.variables.symbol(site.variables.key(name.name, name.start))


def _leads_on(symbol: Symbol | None) -> bool:
    """Whether a variable leads to memory besides its own."""
    return symbol is None or symbol.pointers > 0 or len(symbol.dimensions) > 0 or symbol.reference

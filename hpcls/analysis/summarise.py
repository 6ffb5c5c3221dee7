"""Summaries of the functions of one file, each made when a call of it is first met."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from hpcls.analysis.accesses import Access, Action
from hpcls.analysis.accessors import Accessors
from hpcls.analysis.budget import A_BYTE, Budget
from hpcls.analysis.classes import Objects
from hpcls.analysis.containers import clashing_elements
from hpcls.analysis.effects import Effect
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.number_types import is_integer_type, is_narrow_type
from hpcls.analysis.openmp.equal_stores import stored_alike
from hpcls.analysis.summaries import Gives, Leads, Summary, Touched, parameter_name
from hpcls.analysis.tables import way_of
from hpcls.analysis.variables import Variables, spelling
from hpcls.analysis.volatile import volatile_name
from hpcls.syntax import statements
from hpcls.syntax.expressions import Binary, Cast, Expression, Literal, Name
from hpcls.syntax.functions import Function, Functions
from hpcls.syntax.statements import Alternatives, Jump, Pragma, Unreadable

_MOST = 3_000
"""Events of a function that is still summed up."""
_DEEPEST = 20
"""Calls within calls that are still followed."""


@dataclass(frozen=True)
class Abroad:
    """What the summaries of one file share with those of others."""

    summary_of: Callable[[str], Summary | None] = lambda _name: None
    """The summary of a function that the file does not define."""
    under_way: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """The functions that are being summed up, each the reason for the next."""


class Summaries:
    """The functions of one file."""

    def __init__(
        self,
        functions: Functions,
        variables: Variables,
        accessors: Accessors,
        budget: Budget,
        abroad: Abroad | None = None,
    ) -> None:
        self._functions = functions
        self._variables = variables
        self._accessors = accessors
        self._budget = budget
        self._abroad = abroad or Abroad()
        self._known: dict[str, Summary | None] = {}

    def of(self, name: str, offset: int) -> Summary | None:
        """The summary of the function that `name` means at `offset`; None where nothing is known of it."""
        symbol = self._variables.symbol(self._variables.key(name, offset))
        if symbol is not None and symbol.kind != "function":
            return None
        if self._functions.nodes(name):
            return self.own(name) if symbol else None
        return self._abroad.summary_of(name)

    def own(self, name: str) -> Summary | None:
        """The summary of the file's own function called `name`."""
        place, under_way = (id(self), name), self._abroad.under_way
        if place in under_way or len(under_way) >= _DEEPEST:
            return None
        if name not in self._known:
            under_way.append(place)
            self._known[name] = self._common([self._made(one) for one in self._functions.named(name)])
            under_way.pop()
        return self._known[name]

    def _common(self, overloads: list[Summary | None]) -> Summary | None:
        """The summary of the only function; types choose among several, so none of them may do more than compute."""
        first = overloads[0] if overloads else None
        alike = all(one is not None and not (one.touched or one.effects) for one in overloads)
        same = len({one.arity for one in overloads if one is not None}) == 1
        return first if len(overloads) == 1 or (alike and same) else None

    def _made(self, function: Function) -> Summary | None:
        body = function.unit.body
        if not self._budget.spend(A_BYTE * (body.end - body.start)):
            return None
        unit = replace(function.unit, body=self._accessors.expanded(body))
        model = UnitModel(self._variables.source, unit, self._variables, self.of, self._budget)
        return _summary(model, function, self._variables)


def _summary(model: UnitModel, function: Function, variables: Variables) -> Summary | None:
    if len(model.sites) > _MOST:
        return None
    keys = [variables.key(one.name, one.start) if one else None for one in function.parameters]
    reader = _Reader(model, keys)
    effects = dict.fromkeys(_statements(model))
    touched: dict[Touched, bool] = {}
    sure = _surely_made(model)
    for sited in model.sites:
        event = sited.event
        if isinstance(event, Action):
            effects[event.effect, event.what] = None
            continue
        found = reader.read(event)
        if isinstance(found, Touched):
            touched[found] = touched.get(found, False) or sure(sited)
        elif found is not None:
            effects[found] = None
        for one in reader.kept_between_calls(event):
            touched[one] = touched.get(one, False) or sure(sited)
    is_open = any(effect in (Effect.UNKNOWN, Effect.EXIT) for effect, _ in effects)
    found = tuple(replace(one, is_sure=is_sure and not is_open) for one, is_sure in touched.items())
    assumptions = tuple(dict.fromkeys(model.assumptions(model.unit.body)))
    return Summary(found, tuple(effects), len(keys), assumptions, _leads(model, keys), _gives(model, keys))


def _leads(model: UnitModel, keys: list[str | None]) -> Leads:
    """Where what the function returns may lead."""
    body = model.unit.body
    jumps = (one for one in statements.walk(body) if isinstance(one, Jump) and one.kind == "return")
    roots = frozenset(root for one in jumps if one.value for root in model.roots.of_value(one.value))
    return _outside(model, keys, roots)


def _outside(model: UnitModel, keys: list[str | None], roots: frozenset[str]) -> Leads:
    """Those of `roots` that outlive the call."""
    body = model.unit.body
    symbols = {root: model.variables.symbol(root) for root in roots if root not in keys}
    kept = (
        root
        for root, symbol in symbols.items()
        if symbol and ("static" in symbol.storage or not body.start <= symbol.start < body.end)
    )
    return Leads(frozenset(keys.index(root) for root in roots if root in keys), frozenset(kept))


def _gives(model: UnitModel, keys: list[str | None]) -> tuple[Gives, ...]:
    """What the function stores in pointers behind its parameters."""
    found = {index: _given(model, keys, index) for index in range(len(keys))}
    told: list[Gives] = []
    for index, (leads, own) in found.items():
        # two that are given one another change places
        others = frozenset(one for one in leads.parameters - {index} if index not in found[one][0].parameters)
        if others or leads.keys or own:
            told.append(Gives(index, Leads(others, leads.keys), own))
    return tuple(told)


def _given(model: UnitModel, keys: list[str | None], index: int) -> tuple[Leads, frozenset[str]]:
    """Where what is stored in pointers behind the parameter leads, and the function's own variables among that."""
    key = keys[index]
    stored = model.definitions.stored.get(key, ()) if key else ()
    addresses = [one.value for one in stored if key and model.variables.is_address(key, way_of(one.target))]
    symbol = model.variables.symbol(key) if key else None
    if key and symbol and symbol.reference and symbol.pointers:
        addresses += [one.value for one in model.definitions.of(key) if one.value is not None]
    roots = frozenset(root for value in addresses for root in model.roots.up_to(keys, value))
    leads = _outside(model, keys, roots)
    return leads, roots - leads.keys - {keys[one] for one in leads.parameters}


def _surely_made(model: UnitModel) -> Callable[[Sited], bool]:
    """Whether every call makes an access, and it is no store of one value that no machine shows a race of."""
    body = list(statements.walk(model.unit.body))
    ends = min((one.start for one in body if isinstance(one, Jump) and one.kind in ("return", "goto")), default=1 << 60)
    optional = [(one.start, one.end) for one in body if isinstance(one, Alternatives)]

    @cache
    def alike() -> frozenset[str]:
        return stored_alike(model.unit.body, model)

    def sure(sited: Sited) -> bool:
        access = sited.event
        is_plain = isinstance(access, Access) and (not access.is_conditional or access.is_made_by_call)
        return (
            isinstance(access, Access)
            and is_plain
            and not (sited.loops or sited.guards)
            and access.offset < ends
            and not any(start <= access.offset < end for start, end in optional)
            and access.place.key not in alike()
        )

    return sure


def _statements(model: UnitModel) -> Iterator[tuple[Effect, str]]:
    """What statements and objects do, expressions apart."""
    objects = Objects(model, model.unit.body)
    yield from ((effect, what) for _, effect, what in objects.calls)
    yield from ((Effect.UNKNOWN, f"an operator of {kind}") for kind in objects.assumed)
    yield from (
        (Effect.UNKNOWN, "an element of a container that packs or makes it")
        for _ in clashing_elements(model, model.unit.body)
    )
    for statement in statements.walk(model.unit.body):
        match statement:
            case Unreadable(what=what):
                yield Effect.UNKNOWN, what
            case Pragma(is_openmp=True):
                yield Effect.UNKNOWN, "an OpenMP directive"
            case Jump(kind="throw"):
                yield Effect.EXIT, "a throw"
            case _:
                pass


class _Reader:
    """The accesses of one function, as its callers see them."""

    def __init__(self, model: UnitModel, keys: list[str | None]) -> None:
        self._model = model
        self._variables = model.variables
        self._keys = keys

    def read(self, access: Access) -> Touched | tuple[Effect, str] | None:
        """What the access means for a caller; None if nothing."""
        key = access.place.key
        symbol = self._variables.symbol(key)
        if name := volatile_name(self._variables, access.place):
            return Effect.UNKNOWN, name
        if self._variables.meanings.is_thread_local(spelling(key), symbol):
            return Effect.UNKNOWN, spelling(key)
        if key in self._keys:
            return self._of_parameter(access, self._keys.index(key))
        if symbol is None:
            return self._touched(access)
        if symbol.kind not in ("variable", "field", "parameter"):
            return None
        body = self._model.unit.body
        return self._of_local(access) if body.start <= symbol.start < body.end else self._touched(access)

    def kept_between_calls(self, access: Access) -> Iterator[Touched]:
        """The access, if it is to a static variable of the function's own that it writes somewhere."""
        symbol = self._variables.symbol(access.place.key)
        body = self._model.unit.body
        is_own = symbol is not None and body.start <= symbol.start < body.end and "static" in symbol.storage
        if is_own and self._is_written(access.place.key):
            yield self._touched(access)

    def _is_written(self, key: str) -> bool:
        events = (sited.event for sited in self._model.sites)
        return any(isinstance(one, Access) and one.is_write and one.place.key == key for one in events)

    def _of_parameter(self, access: Access, index: int) -> Touched | None:
        symbol = self._variables.symbol(access.place.key)
        by_value = symbol is None or not symbol.reference
        # what is the function's own copy is nobody else's
        return None if by_value and "[" not in access.place.path else self._touched(access, index)

    def _of_local(self, access: Access) -> tuple[Effect, str] | None:
        key, path = access.place.key, access.place.path
        symbol = self._variables.symbol(key)
        if symbol is not None and "static" in symbol.storage:
            return (Effect.STATE, spelling(key)) if access.is_write else None
        if "[" not in path and not (symbol and symbol.reference):
            return None
        is_block = self._variables.is_contiguous(key, path)
        is_storage = is_block and symbol is not None and not symbol.pointers
        if is_storage or ((is_block or path == "[]") and self._model.definitions.is_allocated(key)):
            return None
        return Effect.UNKNOWN, f"an access through {spelling(key)}"

    def _touched(self, access: Access, parameter: int | None = None) -> Touched:
        place = access.place
        moved = parameter is not None and bool(self._model.definitions.of(place.key))
        subscripts = tuple(None if moved else self._portable(one) for one in place.subscripts)
        if parameter is None:
            return Touched(place.key, place.path, subscripts, access.is_write)
        symbol = self._variables.symbol(place.key)
        return Touched(
            "", place.path, subscripts, access.is_write, parameter, by_reference=symbol is not None and symbol.reference
        )

    def _portable(self, subscript: Expression, depth: int = 0) -> Expression | None:
        """`subscript` over literals and parameters alone; None where there is more to it."""
        if depth > _DEEPEST:
            return None
        match subscript:
            case Literal():
                return subscript
            case Name(name=name, start=start):
                return self._portable_name(subscript, self._variables.key(name, start), depth)
            case Binary(operator="+" | "-" | "*", left=left, right=right):
                a, b = self._portable(left, depth + 1), self._portable(right, depth + 1)
                return None if a is None or b is None else replace(subscript, left=a, right=b)
            case Cast(operand=operand, type_text=kind, start=start):
                inner = self._portable(operand, depth + 1)
                named = self._variables.number_types.named(kind.strip("()"), start)
                is_whole = named is not None and is_integer_type(named) and not is_narrow_type(named)
                return replace(subscript, type_text=named, operand=inner) if inner and named and is_whole else None
            case _:
                return None

    def _portable_name(self, name: Name, key: str, depth: int) -> Expression | None:
        if self._variables.is_narrow(key):
            return None
        if key in self._keys:
            symbol = self._variables.symbol(key)
            is_kept = symbol is not None and not symbol.reference and not self._model.definitions.of(key)
            given = replace(name, name=parameter_name(self._keys.index(key)))
            # the caller's argument is converted to the parameter's type
            named = self._variables.number_types.named(symbol.type_text, symbol.start) if symbol else None
            return (Cast(name.start, name.end, named, given) if named else given) if is_kept else None
        constant = self._variables.constant(key)
        if constant is not None:
            return constant
        found = self._model.definitions.value(key, ())
        is_plain = found is not None and found.value is not None and not found.loops and not found.is_reference
        return self._portable(found.value, depth + 1) if is_plain and found and found.value else None

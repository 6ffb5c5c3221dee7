"""What a range-based loop or one with an iterator runs over, by its type: OpenMP takes random-access iterators alone.

OpenMP 5.2, 4.4.1: the counter of a canonical loop is an integer, a pointer or "of a random access iterator type", and
so are the iterators of a range-based loop; C++20 [iterator.requirements].
"""

from __future__ import annotations

from hpcls.analysis.element_types import Type, element_of, extent_of, is_random_access, type_of
from hpcls.analysis.model import UnitModel
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import Dereference, Expression, Member, Name, Subscript
from hpcls.syntax.iterators import begun, ended, unmoved
from hpcls.syntax.loops import Induction, induction_of
from hpcls.syntax.range_for import elements_of, sequence_of
from hpcls.syntax.statements import Loop

_DEEPEST = 8


def why_not_shared_out(model: UnitModel, loop: Loop) -> str | None:
    """Why the iterations of a range-based loop, or of one with an iterator, are none that threads could share; None if
    they are, and for any other loop.
    """
    counter = _iterator(model, loop)
    declared = _container_of(model, counter) if counter else None
    if declared is not None:
        return _why_not_apart(model, loop, declared, declared.text)
    sequence = _walked(model, counter.lower) if counter else sequence_of(loop)
    if sequence is None:
        return f"{counter.name} is not known to be a random-access iterator" if counter else None
    kind, text = type_of(model, sequence), model.source.slice(sequence.start, sequence.end)
    if kind is None or not is_random_access(kind):
        return f"{text} is not known to have random-access iterators, as std::vector and arrays have"
    return _why_not_apart(model, loop, kind, text)


def _why_not_apart(model: UnitModel, loop: Loop, kind: Type, text: str) -> str | None:
    if not kind.dimensions and element_of(kind) == Type("bool", 0) and not _is_read_only(model, loop):
        return f"two elements of {text} may share memory: a std::vector<bool> packs them"
    return None


def extent(model: UnitModel, loop: Loop) -> int | None:
    """How many elements a loop over all of a sequence has, where a number in the type of its array or std::array says
    it.
    """
    sequence = sequence_of(loop) or _swept(model, loop)
    kind = type_of(model, sequence) if sequence else None
    return kind and extent_of(kind)


def is_counted_by_iterator(model: UnitModel, loop: Loop) -> bool:
    """Whether the counter of `loop` is an iterator, no number and no pointer."""
    return _iterator(model, loop) is not None


def is_counted_by_object(model: UnitModel, loop: Loop) -> bool:
    """Whether the counter of `loop`, written or not, may be an object of a class: neither a number nor a pointer."""
    sequence = sequence_of(loop)
    kind = type_of(model, sequence) if sequence else None
    is_array = kind is not None and bool(kind.dimensions)
    return is_counted_by_iterator(model, loop) or (sequence is not None and not is_array)


def _iterator(model: UnitModel, loop: Loop) -> Induction | None:
    """The counter of `loop`, if it is an iterator."""
    induction = induction_of(loop) if loop.form == "for" else None
    key = model.variables.key(induction.variable, induction.offset) if induction else ""
    symbol = model.variables.symbol(key)
    if induction is None or symbol is None or symbol.pointers or model.variables.is_arithmetic(key):
        return None
    if model.variables.is_iterator(key, induction.lower):
        return induction
    kind = type_of(model, induction.lower)
    is_pointer = kind is not None and (kind.pointers > 0 or bool(kind.dimensions))
    return induction if not is_pointer and _is_followed(model, key, loop) else None


def _container_of(model: UnitModel, counter: Induction) -> Type | None:
    """The container that the iterator is declared to belong to, as in `std::vector<double>::iterator`."""
    symbol = model.variables.symbol(model.variables.key(counter.variable, counter.offset))
    container, _, last = symbol.type_text.removeprefix("typename ").rpartition("::") if symbol else ("", "", "")
    kind = Type(container, 0)
    return kind if last in ("iterator", "const_iterator") and is_random_access(kind) else None


def _is_followed(model: UnitModel, key: str, loop: Loop) -> bool:
    """Whether the loop looks at what the variable leads to."""
    wholes = (whole for part in statements.walk(loop.body) for whole in part.expressions)
    followed = (name for whole in wholes for part in expressions.walk(whole) if (name := _followed(part)))
    return any(model.variables.key(name.name, name.start) == key for name in followed)


def _followed(part: Expression) -> Name | None:
    match part:
        case (
            Dereference(operand=Name() as name)
            | Subscript(base=Name() as name)
            | Member(base=Name() as name, arrow=True)
        ):
            return name
        case _:
            return None


def _walked(model: UnitModel, first: Expression, depth: int = 0) -> Expression | None:
    """The sequence that an iterator with the value `first` begins in; None where that is not in view."""
    first = unmoved(first)
    if not isinstance(first, Name) or depth > _DEEPEST:
        return begun(first)
    found = model.definitions.of(model.variables.key(first.name, first.start))
    value = found[0].value if len(found) == 1 else None
    return _walked(model, value, depth + 1) if value is not None else None


def _swept(model: UnitModel, loop: Loop) -> Expression | None:
    """The sequence that a loop goes through from its first element to its last, one by one."""
    induction = induction_of(loop)
    if induction is None or induction.step != 1 or induction.relation not in ("<", "!="):
        return None
    first, behind = begun(induction.lower), ended(induction.upper)
    if first is None or behind is None:
        return None
    texts = {model.source.slice(one.start, one.end) for one in (first, behind)}
    return first if len(texts) == 1 else None


def _is_read_only(model: UnitModel, loop: Loop) -> bool:
    """Whether the loop's variable is a copy of the element, or constant, and no stand-in for a bit."""
    if sequence_of(loop) is None:
        return False
    found = [model.variables.symbol(model.variables.key(one.name, one.start)) for one in elements_of(loop)]
    return all(one is not None and (one.type_text == "bool" or "const" in one.storage) for one in found)

"""Range-based loops as what C++ says that they are: a counted loop whose body begins by naming an element.

`for (auto &x : v) body` is `for (k = 0; k < v.size(); ++k) { auto &x = v[k]; body }` where the iterators of v are
random-access ones (C++20 [stmt.ranged]); whether they are, types tell.  The counter has a name that no program has.
"""

from __future__ import annotations

from dataclasses import replace

from hpcls.syntax.expressions import Binary, Call, Expression, Literal, Member, Name, Step, Subscript
from hpcls.syntax.statements import Block, Declarator, Declare, Loop, Statement, Unreadable

_SIZE = "size"


def counted(
    start: int, end: int, elements: tuple[Declarator, ...] | Unreadable, sequence: Expression, body: Statement
) -> Loop:
    """The loop over `sequence`, from byte `start` to `end` of the source.

    `elements` are the variables that it declares: several for a structured binding.
    """
    first, called = (
        (elements.start, "it") if isinstance(elements, Unreadable) else (elements[0].start, elements[0].name)
    )
    # beside other variables the key of this one is its own: see Variables.key
    name = f"the position of {called}@{start}"
    counter = Name(first, first, name)
    size = Call(sequence.start, sequence.end, Member(sequence.start, sequence.end, sequence, _SIZE, False), ())
    return Loop(
        start,
        end,
        "range-for",
        Declare(start, start, (Declarator(name, first, Literal(first, first, "0"), (), False, False),)),
        Binary(sequence.start, sequence.end, "<", counter, size),
        Step(first, first, "++", counter),
        Block(first, body.end, (_named(elements, sequence, counter), body)),
    )


def _named(elements: tuple[Declarator, ...] | Unreadable, sequence: Expression, counter: Name) -> Statement:
    if isinstance(elements, Unreadable):
        return elements
    value = Subscript(sequence.start, sequence.end, sequence, counter)
    return Declare(elements[0].start, elements[0].start, tuple(replace(one, initial=value) for one in elements))


def is_unwritten(name: str) -> bool:
    """Whether `name` is that of a counter made here."""
    return "@" in name


def sequence_of(loop: Loop) -> Expression | None:
    """What a range-based loop runs over; None for any other loop."""
    match loop:
        case Loop(form="range-for", test=Binary(right=Call(function=Member(base=sequence)))):
            return sequence
        case _:
            return None


def elements_of(loop: Loop) -> tuple[Declarator, ...]:
    """The variables that a range-based loop declares for each element; none where that is not understood."""
    match loop:
        case Loop(form="range-for", body=Block(statements=(Declare(declarators=elements), _))):
            return elements
        case _:
            return ()

"""Rules that are told apart by their first word, and the stack of those that are still to come.

This is a recursive-descent recogniser for an LL(1) language (Aho et al., Compilers, §4.4), turned inside out so that it
stops between any two words.  Rules do not refer to themselves: what could go on for ever is written out to a bounded
depth when they are built, which makes them plain values with a known shortest completion.

llguidance (PyPI 1.9.1) was tried first.  A grammar is built for every question, because it names what is in scope;
`python -m scripts.grammar_costs` does so for 60 MPI programs of 31 gaps, on one busy x86-64 core:

    these rules                            0.5 ms a question,  0.10 to 0.15 ms a token (median 0.01)
    llguidance, a simplified grammar      11 to 24 ms          0.02 to 0.04 ms        (median 0.01)
    llguidance, the same rules as Lark   290 ms                0.04 ms, and half of them refused as too large

Per token it is the faster one, but a call at a cursor has a dozen tokens and is asked for at every key.  Nor does it
say that a call or a variable comes once, or how an answer is completed in the fewest words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from hpcls.errors import HpclsError

Stack = tuple["Rule", ...]
"""What is still to come, first things first."""


@dataclass(frozen=True, eq=False)
class Rule:
    """Several ways on."""

    ways: Mapping[str, Stack]
    """First word → what comes behind it."""
    is_optional: bool = False
    """Whether nothing at all is a way on, too."""

    @property
    def is_possible(self) -> bool:
        """Whether there is any way on."""
        return bool(self.ways) or self.is_optional

    @cached_property
    def words(self) -> frozenset[str]:
        """The first words."""
        return frozenset(self.ways)

    @cached_property
    def shortest(self) -> tuple[str, ...]:
        """The fewest words; of several such the shortest spelling, then the first by name."""
        if self.is_optional:
            return ()
        best = min((1 + fewest(stack), len(word), word) for word, stack in self.ways.items())[2]
        return (best, *closing(self.ways[best]))

    @cached_property
    def longest_rest(self) -> int:
        """The most words that may be needed behind a first word."""
        return max((fewest(stack) for stack in set(self.ways.values())), default=0)


NOTHING = Rule({}, is_optional=True)


def fewest(stack: Stack) -> int:
    """The number of words that complete `stack`."""
    return sum(len(rule.shortest) for rule in stack)


def closing(stack: Stack) -> tuple[str, ...]:
    """The fewest words that complete `stack`."""
    return tuple(word for rule in stack for word in rule.shortest)


def word(text: str, *then: Rule) -> Rule:
    """One word, and what comes behind it."""
    return one_of((text,), *then)


def one_of(words: Iterable[str], *then: Rule) -> Rule:
    """Any of `words`, and what comes behind it; impossible where that is."""
    return Rule(dict.fromkeys(words, then) if all(rule.is_possible for rule in then) else {})


def either(*rules: Rule) -> Rule:
    """Any of `rules`.  Raises HpclsError where two begin alike."""
    ways: dict[str, Stack] = {}
    for rule in rules:
        if not ways.keys().isdisjoint(rule.ways):
            raise HpclsError(f"two rules begin with {sorted(ways.keys() & rule.ways.keys())}")
        ways.update(rule.ways)
    return Rule(ways, any(rule.is_optional for rule in rules))


def optional(rule: Rule) -> Rule:
    """`rule` or nothing."""
    return Rule(rule.ways, is_optional=True)


def following(stack: Stack) -> frozenset[str]:
    """The words that may come next."""
    found: frozenset[str] | None = None
    for rule in stack:
        found = rule.words if found is None else found | rule.words
        if not rule.is_optional:
            break
    return found or frozenset()


def after(stack: Stack, text: str) -> Stack | None:
    """What is still to come behind the word `text`; None where it may not come next."""
    for depth, rule in enumerate(stack):
        then = rule.ways.get(text)
        if then is not None:
            return then + stack[depth + 1 :]
        if not rule.is_optional:
            break
    return None

"""What of a file's headers is wanted, and what of that is sure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass

from hpcls.syntax.headers.conditions import Definition
from hpcls.syntax.headers.walk import Placed, Walk
from hpcls.syntax.languages import LanguageName

_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_EACH_THREADS_OWN = re.compile(r"#\s*pragma\s+omp\s+threadprivate\b")


@dataclass(frozen=True)
class Chosen:
    """Text out of headers."""

    sure: str
    """What surely holds for the names in it."""
    doubtful: str
    """Types that are perhaps otherwise, or not there: their fields are among those that an object may have."""
    replaced: frozenset[str]
    """Names that are macros of a header, whatever the file declares by them."""


def choose(walk: Walk, text: str, outer: Set[str], declared: Set[str], language: LanguageName) -> Chosen:
    """What the headers of `walk` say of the names in `text`, and of what that leads to.

    The file declares `declared`, at its top level `outer`: what is its own is not asked of a header.
    """
    if not (walk.placed or walk.defined):
        return Chosen("", "", frozenset())
    choice = _Choice(walk, outer, declared, language)
    choice.follow(set(_IDENTIFIER.findall(text)))
    return Chosen(*choice.texts(), frozenset(choice.replaced))


class _Choice:
    def __init__(self, walk: Walk, outer: Set[str], declared: Set[str], language: LanguageName) -> None:
        self._macros = _macros(walk, declared)
        unknown = (walk.defined.keys() - self._macros.keys()) | walk.own
        self.replaced = declared & self._macros.keys()
        self._sure = _sure(walk.placed, outer | walk.defined.keys() | walk.own, unknown, language)
        self._by_name: dict[str, list[Placed]] = defaultdict(list)
        for one in walk.placed:
            for name in one.piece.names | one.piece.members:
                self._by_name[name].append(one)
        self._pragmas = [one.text for one in walk.placed if _EACH_THREADS_OWN.match(one.text)]
        self._taken: dict[Placed, None] = {}
        self._defined: dict[str, Definition] = {}

    def follow(self, names: Set[str]) -> None:
        """Takes what says something of `names`, and of the names in that."""
        pending, seen = sorted(names), set(names)
        while pending:
            name = pending.pop()
            found = set(self._take(name)) - seen
            seen |= found
            pending += sorted(found)

    def _take(self, name: str) -> Iterator[str]:
        macro = self._macros.get(name)
        if macro is not None:
            self._defined[name] = macro
            yield from _IDENTIFIER.findall(macro.value)
        for one in (*self._by_name.get(name, ()), *self._by_name.get(f"struct {name}", ())):
            if one not in self._taken:
                self._taken[one] = None
                yield from one.piece.mentions

    def texts(self) -> tuple[str, str]:
        """What was taken and is sure, and what is doubtful of it."""
        if not (self._taken or self._defined):
            return "", ""
        macros = [f"#define {name}{one.parameters or ''} {one.value}".rstrip() for name, one in self._defined.items()]
        sure = [f"{one.text};" for one in self._taken if one in self._sure]
        doubtful = [f"{one.text};" for one in self._taken if one not in self._sure and one.piece.members]
        return "\n".join([*self._pragmas, *macros, *sure, ""]), "\n".join([*doubtful, ""])


def _macros(walk: Walk, declared: Set[str]) -> dict[str, Definition]:
    """The macros of headers that surely stand for one thing; a function-like one gives way to what is `declared`."""
    elsewhere = walk.doubtful | walk.own
    single = {name: next(iter(found)) for name, found in walk.defined.items() if len(found) == 1}
    known = {
        name: one
        for name, one in single.items()
        if name not in elsewhere and (one.parameters is None or name not in declared)
    }
    users: dict[str, list[str]] = defaultdict(list)
    for name, one in known.items():
        for inside in set(_IDENTIFIER.findall(one.value)):
            users[inside].append(name)
    lost = [name for name in walk.defined if name not in known and name not in walk.own]
    while lost:
        # what a macro is made of that is not known is not known either
        lost += [name for name in users[lost.pop()] if known.pop(name, None) is not None]
    return known


def _sure(placed: list[Placed], taken: Set[str], unknown: Set[str], language: LanguageName) -> set[Placed]:
    """The pieces that say all there is to know of their names, each text once.

    `taken` are names with another meaning, and of the macros in `unknown` nobody knows what they stand for.
    """
    texts: dict[str, dict[str, Placed]] = defaultdict(dict)
    doubted = set(taken)
    for one in placed:
        is_sure = one.is_certain and one.piece.kind != "other" and one.piece.mentions.isdisjoint(unknown)
        if not is_sure and one.piece.kind != "announced":
            doubted |= one.piece.names
        for name in one.piece.names if one.piece.kind not in ("announced", "pragma") else ():
            texts[name].setdefault(" ".join(one.text.split()), one)
    if language == "cpp":
        doubted |= _overloaded(placed, texts)
    doubted |= {name for name, found in texts.items() if len(found) > 1 and not _are_overloads(found, language)}
    once = (one for found in texts.values() for one in found.values())
    return {one for one in once if one.is_certain and one.piece.names.isdisjoint(doubted)}


def _are_overloads(found: dict[str, Placed], language: LanguageName) -> bool:
    """Whether they are functions, each with other parameters than the rest."""
    parameters = {one.piece.parameters for one in found.values()}
    are_functions = all(one.piece.kind == "function" for one in found.values())
    return language == "cpp" and are_functions and len(parameters) == len(found)


def _overloaded(placed: list[Placed], defined: dict[str, dict[str, Placed]]) -> set[str]:
    """Functions that are announced with other parameters than they are defined with."""
    found = set[str]()
    for one in placed:
        if one.piece.kind == "announced" and one.piece.parameters:
            for name in one.piece.names & defined.keys():
                if all(other.piece.parameters != one.piece.parameters for other in defined[name].values()):
                    found.add(name)
    return found

"""The data-sharing attribute of a variable in a construct (OpenMP 5.2, 5.1.1 and 5.4).

What a construct shares it shares with what is around it: so a variable is one for all threads if no construct, from the
access out to the one that forms the team, gives it a copy.  A task copies implicitly only what is copied around it.
"""

from __future__ import annotations

import re

from hpcls.analysis.model import UnitModel
from hpcls.analysis.openmp.constructs import Construct
from hpcls.analysis.variables import spelling
from hpcls.syntax.loops import induction_of

COPIES = ("private", "firstprivate", "lastprivate", "linear", "reduction", "in_reduction")
"""Clauses that give each thread, task or lane its own copy."""
_NAME = re.compile(r"[A-Za-z_]\w*")


class Sharing:
    """The attributes of the variables of one unit."""

    def __init__(self, model: UnitModel) -> None:
        self._variables = model.variables
        self._body = model.unit.body
        self._is_fragment = model.unit.is_fragment
        self._listed: dict[tuple[Construct, str], frozenset[str]] = {}

    def listed(self, construct: Construct, clause: str) -> frozenset[str]:
        """The keys of the variables in the clauses called `clause`; of array sections that of the array."""
        asked = construct, clause
        if asked not in self._listed:
            arguments = (argument for one in construct.clauses(clause) for argument in one.arguments)
            names = (match[0] for argument in arguments if (match := _NAME.match(argument)))
            self._listed[asked] = frozenset(self._variables.key(name, construct.pragma.start) for name in names)
        return self._listed[asked]

    def copied_by(self, construct: Construct, key: str) -> str | None:
        """Why `construct` gives the variable a copy of its own for each thread, task or lane; None if it does not."""
        statement = construct.statement
        if self._variables.is_declared_in(key, statement.start, statement.end):
            return "local"
        named = next((clause for clause in COPIES if key in self.listed(construct, clause)), None)
        if named:
            return named
        if key in self.counters(construct):
            return "counter"
        default = next((argument for one in construct.clauses("default") for argument in one.arguments), None)
        copies = default in ("private", "firstprivate") and key not in self.listed(construct, "shared")
        return default if copies else None

    def is_shared(self, key: str, chain: tuple[Construct, ...]) -> bool:
        """Whether the threads of a team see one variable; `chain` are the constructs from the access out to the team's.

        False where the declaration is not in view, outside of fragments: nobody knows what it says.
        """
        symbol = self._variables.symbol(key)
        if symbol is None and not (self._is_fragment or key == "this"):
            return False
        if self._variables.meanings.is_thread_local(spelling(key), symbol):
            return False
        if any(self.copied_by(one, key) for one in chain):
            return False
        return any(one.is_concurrent for one in chain) or not self._is_own(key)

    def counters(self, construct: Construct) -> frozenset[str]:
        """The variables that count its loops."""
        found = (induction_of(loop) for loop in construct.loops)
        return frozenset(self._variables.key(one.variable, one.offset) for one in found if one)

    def _is_own(self, key: str) -> bool:
        """Whether every thread that calls this function has a variable of its own."""
        symbol = self._variables.symbol(key)
        if symbol is None:
            return False
        is_inside = self._variables.is_declared_in(key, self._body.start, self._body.end)
        return is_inside or (symbol.kind == "parameter" and not symbol.reference)

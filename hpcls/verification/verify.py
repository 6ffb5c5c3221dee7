"""`hpcls verify`: each suggestion of a file, tried out by its program, or by a driver for the function around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hpcls.analysis.model import UnitModel
from hpcls.analysis.variables import Variables
from hpcls.suggest.report import Suggestion
from hpcls.syntax.scopes import ScopeTree, scopes_of
from hpcls.syntax.source import Source
from hpcls.syntax.units import Unit, units
from hpcls.verification import races
from hpcls.verification.model import Unverifiable, Verification
from hpcls.verification.reach import reached
from hpcls.verification.sandbox import Limits, Sandbox
from hpcls.verification.subject import Driven, Program, Subject
from hpcls.verification.tolerance import tolerance
from hpcls.verification.toolchain import Compilation, compiler
from hpcls.verification.trial import Trial
from hpcls.verification.workshop import Workshop


@dataclass(frozen=True)
class Manner:
    """What is wanted of the trials of one file."""

    flags: tuple[str, ...] = ()
    """For the compilers."""
    folder: Path | None = None
    """Where the compilers run; None: here."""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Verified:
    """The suggestions of one file, in their order, each with what is known of it."""

    results: tuple[Verification, ...]
    isolation: str
    """What kept the programs from the rest of the machine."""
    notes: tuple[str, ...]
    """What was left out for all of them, and why."""


def verify(source: Source, suggestions: tuple[Suggestion, ...], manner: Manner) -> Verified:
    """Compile, run, compare, look for races, time.  It runs the code of `source`: only call it when the user asks.

    Raises Unverifiable where nothing can be tried at all.
    """
    compiler(source.language)
    beside = Path(source.path).absolute().parent
    how = Compilation(source.language, manner.folder or Path.cwd(), beside, manner.flags, source.encoding)
    with TemporaryDirectory(prefix="hpcls-verify-") as folder:
        sandbox = Sandbox(Path(folder))
        no_races = races.why_not(sandbox, source.language)
        bench = _Bench(Workshop(source, how, sandbox, manner.limits), scopes_of(source), no_races)
        found = dict(bench.all(suggestions))
        notes = tuple(note for note in (no_races, sandbox.isolation.missing) if note)
        return Verified(tuple(found[at] for at in range(len(suggestions))), sandbox.isolation.name, notes)


@dataclass(frozen=True)
class _Bench:
    workshop: Workshop
    scopes: ScopeTree
    no_races: str | None

    def all(self, suggestions: tuple[Suggestion, ...]) -> Iterator[tuple[int, Verification]]:
        """(index, what is known): by the program where it reaches the loop, by a driver otherwise."""
        left = dict(enumerate(suggestions))
        reasons = dict.fromkeys(left, "")
        if any(one.kind == "function" and one.name == "main" for one in self.scopes.symbols):
            for at, found in self._attempt(Program(), left).items():
                if found.unverifiable is None:
                    del left[at]
                    yield at, found
                else:
                    reasons[at] = f"the program: {found.unverifiable}; "
        for unit, mine in _by_unit(self.workshop.source, left):
            for at, found in self._driven(unit, mine).items():
                told = found.unverifiable and f"{reasons[at]}a driver: {found.unverifiable}"
                yield at, replace(found, unverifiable=told)

    def _driven(self, unit: Unit | None, mine: dict[int, Suggestion]) -> dict[int, Verification]:
        source, scopes = self.workshop.source, self.scopes
        try:
            if unit is None:
                raise Unverifiable("it stands in no function that is read whole")
            subject = Driven(source, scopes, UnitModel(source, unit, Variables(source, scopes)))
        except Unverifiable as error:
            return dict.fromkeys(mine, Verification(unverifiable=str(error)))
        return self._attempt(subject, mine)

    def _attempt(self, subject: Subject, mine: dict[int, Suggestion]) -> dict[int, Verification]:
        """Try those of `mine` that `subject` reaches; where that fails, one by one, to tell right from wrong."""
        found = dict.fromkeys(mine, Verification(unverifiable="it does not reach the loop"))
        try:
            lines = reached(self.workshop, subject)
            there = {at: one for at, one in mine.items() if one.line in lines}
            together = self._tried(subject, *there.values()) if there else Verification()
            alone = together.failed and len(there) > 1
            return found | {at: self._tried(subject, one) if alone else together for at, one in there.items()}
        except Unverifiable as error:
            return dict.fromkeys(mine, Verification(unverifiable=str(error)))

    def _tried(self, subject: Subject, *suggestions: Suggestion) -> Verification:
        allowed = tolerance(self.workshop.source, self.scopes, suggestions)
        return Trial(self.workshop, subject, suggestions, allowed, self.no_races).verify()


def _by_unit(source: Source, left: dict[int, Suggestion]) -> Iterator[tuple[Unit | None, dict[int, Suggestion]]]:
    """The suggestions by the function around them; None: in no function."""
    remaining = dict(left)
    for unit in units(source):
        first, last = source.line(unit.body.start), source.line(unit.body.end)
        mine = {at: one for at, one in remaining.items() if first <= one.line <= last}
        if mine:
            yield unit, mine
        remaining = {at: one for at, one in remaining.items() if at not in mine}
    if remaining:
        yield None, remaining

"""One trial: a subject as it is, the same with suggestions, and what tells the two apart."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from hpcls.suggest.changes import apply
from hpcls.suggest.report import Edit, Suggestion
from hpcls.syntax.source import Source
from hpcls.verification import races, reach, sanitisers
from hpcls.verification.model import Speedup, Unverifiable, Verification
from hpcls.verification.printed import RELATIVE
from hpcls.verification.sandbox import Limits, Run, Sandbox
from hpcls.verification.speed import speedup
from hpcls.verification.subject import Judge, Subject, Timed
from hpcls.verification.toolchain import (
    COMPARE,
    COVERAGE,
    COVERAGE_AND_MEMORY,
    RACES,
    TIME,
    Compilation,
    Options,
    compile_text,
    compiler,
    race_compiler,
)

_LONG = 0.5
"""Seconds that one timed run of a driver may take."""
_ROUNDED = frozenset(("+", "-", "*"))


def thread_counts() -> tuple[int, ...]:
    """1, 2, and as many as there are cores, or 4 where there are fewer: more threads than cores meet in more orders."""
    return tuple(sorted({1, 2, max(4, min(16, os.cpu_count() or 1))}))


@dataclass(frozen=True)
class Trial:
    """Everything that the trials of one file share."""

    source: Source
    how: Compilation
    sandbox: Sandbox
    limits: Limits
    no_races: str | None
    """Why races are not looked for."""

    @property
    def label(self) -> str:
        """What compilers call the file."""
        return self.source.path if self.source.path.isascii() else f"file.{self.source.language}"

    def reached(self, subject: Subject) -> frozenset[int]:
        """The lines that the code as it is runs in loops.  Raises Unverifiable where it does not run soundly."""
        is_driven = subject.by == "driver"
        program = self._compiled(subject.text, (), COVERAGE_AND_MEMORY if is_driven else COVERAGE, "as-it-is")
        memory = None if is_driven else self.limits.memory
        limits = replace(self.limits, memory=memory, seconds=4 * self.limits.seconds)
        found: set[int] = set()
        for arguments in dict.fromkeys(subject.inputs):
            run = self.sandbox.run((program, *arguments), limits, reach.environment(self.sandbox))
            wrong = sanitisers.trouble(run)
            if wrong and is_driven:
                raise Unverifiable(f"the inputs that the driver chooses do not fit the function: {wrong}")
            if wrong:
                raise Unverifiable(f"as it is, {wrong}")
            found |= reach.reached(self.sandbox, run, self.label)
        return frozenset(found)

    def verify(self, subject: Subject, suggestions: tuple[Suggestion, ...]) -> Verification:
        """What is seen of `suggestions`, applied together.  Raises Unverifiable."""
        before = self._compiled(subject.text, (), COMPARE, "before")
        judge = subject.judge(lambda arguments: self._run(before, arguments, 1))
        found = self._compared(subject, suggestions, judge)
        if found.equal:
            found = self._raced(subject, suggestions, found)
        if found.failed:
            return found
        try:
            return replace(found, speedup=self._timed(subject, suggestions))
        except Unverifiable as error:
            return found.noting(f"not timed: {error}")

    def _compared(self, subject: Subject, suggestions: tuple[Suggestion, ...], judge: Judge) -> Verification:
        tolerant = any(one.name == "reduction" and one.modifier in _ROUNDED for s in suggestions for one in s.clauses)
        found = Verification(by=subject.by, threads=thread_counts(), tolerance=RELATIVE if tolerant else None)
        try:
            after = self._compiled(subject.text, suggestions, COMPARE, "after")
        except Unverifiable as error:
            return replace(found, equal=False, difference=f"with the suggestion {error}")
        runs = 0
        for threads in found.threads:
            for at, arguments in enumerate(subject.inputs):
                run = self._run(after, arguments, threads)
                runs += 1
                told = run.stopped or judge(at, run, tolerant)
                if told:
                    return replace(found, runs=runs, equal=False, difference=f"with {_threads(threads)} {told}")
        return replace(found, runs=runs, equal=True)

    def _raced(self, subject: Subject, suggestions: tuple[Suggestion, ...], found: Verification) -> Verification:
        if self.no_races:
            return found.noting(self.no_races)
        try:
            runs = self._detect(subject, tuple(races.spread(one) for one in suggestions), "races")
            counted = sum(races.count(run) for run in runs)
            if counted and any(races.count(run) for run in self._detect(subject, (), "races-as-it-is")):
                return found.noting("races were not counted: the code has some as it is")
        except Unverifiable as error:
            return found.noting(f"races were not looked for: {error}")
        found = replace(found, runs=found.runs + len(runs), races=counted)
        racy = next((run for run in runs if races.count(run)), None)
        return replace(found, difference=races.first(racy, self.label)) if racy else found

    def _detect(self, subject: Subject, suggestions: tuple[Suggestion, ...], name: str) -> list[Run]:
        program = self._compiled(subject.text, suggestions, RACES, name, race_compiler(self.how.language))
        runs: list[Run] = []
        for arguments in tuple(dict.fromkeys(subject.inputs))[:2]:
            for threads in thread_counts()[1:]:
                run = self.sandbox.run((program, *arguments), races.LIMITS, races.environment(threads))
                wrong = sanitisers.trouble(run)
                if wrong and not races.count(run):
                    raise Unverifiable(f"under the race detector {wrong}")
                runs.append(run)
        return runs

    def _timed(self, subject: Subject, suggestions: tuple[Suggestion, ...]) -> Speedup:
        threads = os.cpu_count() or 1
        if threads == 1:
            raise Unverifiable("the machine has one core")
        timed, seconds = self._worth_timing(subject)
        after = self._compiled(timed.text, suggestions, TIME, "timed-after")
        before = str(self.sandbox.build / "timed-before")
        return speedup(
            lambda: timed.seconds(self._run(before, timed.arguments, 1)),
            lambda: timed.seconds(self._run(after, timed.arguments, threads)),
            threads,
            seconds,
        )

    def _worth_timing(self, subject: Subject) -> tuple[Timed, float]:
        """The largest inputs that do not take too long, compiled as they are, and the seconds that they took."""
        *larger, smallest = subject.timed()
        for timed in larger:
            before = self._compiled(timed.text, (), TIME, "timed-before")
            run = self._run(before, timed.arguments, 1, replace(self.limits, seconds=_LONG))
            if run.trouble is None and run.status == 0:
                return timed, timed.seconds(run)
        before = self._compiled(smallest.text, (), TIME, "timed-before")
        return smallest, smallest.seconds(self._run(before, smallest.arguments, 1))

    def _run(self, program: str, arguments: tuple[str, ...], threads: int, limits: Limits | None = None) -> Run:
        # Threads that wait do not spin: there may be more of them than cores.
        environment = {"OMP_NUM_THREADS": str(threads), "OMP_DYNAMIC": "false", "OMP_WAIT_POLICY": "passive"}
        return self.sandbox.run((program, *arguments), limits or self.limits, environment)

    def _compiled(
        self,
        text: Callable[[str], str],
        suggestions: tuple[Suggestion, ...],
        options: Options,
        name: str,
        command: str | None = None,
    ) -> str:
        """The program, as a path."""
        code = apply(self.source.text, [_numbered(edit) for one in suggestions for edit in one.edits])
        placed = f"#line 1 {json.dumps(self.label)}\n{code}"
        program: Path = self.sandbox.build / name
        compile_text(self.how, command or compiler(self.how.language), text(placed), options, program)
        return str(program)


def _numbered(edit: Edit) -> Edit:
    """The edit, and what follows it on the line that it had: compilers and detectors speak of the file as it is."""
    inserted, newline, indentation = edit.text.rpartition("\n")
    return replace(edit, text=f"{inserted}\n#line {edit.end_line}\n{indentation}") if newline else edit


def _threads(count: int) -> str:
    return "1 thread" if count == 1 else f"{count} threads"

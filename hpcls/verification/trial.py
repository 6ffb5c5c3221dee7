"""One trial: a subject as it is, the same with suggestions, and what tells the two apart."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hpcls.config.cores import cores
from hpcls.suggest.report import Suggestion
from hpcls.verification import races
from hpcls.verification.model import Unverifiable, Verification
from hpcls.verification.speed import speedup
from hpcls.verification.subject import Judge, Subject
from hpcls.verification.toolchain import COMPARE
from hpcls.verification.variants import unconditional
from hpcls.verification.workshop import Workshop


def thread_counts() -> tuple[int, ...]:
    """1, 2, and as many as there are cores, or 4 where there are fewer: more threads than cores meet in more orders."""
    return tuple(sorted({1, 2, max(4, min(16, cores()))}))


@dataclass(frozen=True)
class Trial:
    """One subject with one set of suggestions, applied together."""

    workshop: Workshop
    subject: Subject
    suggestions: tuple[Suggestion, ...]
    tolerance: float | None
    """Of sums; None where the suggestions change the order of none."""
    no_races: str | None
    """Why races are not looked for."""

    @property
    def _tried(self) -> tuple[Suggestion, ...]:
        return tuple(map(unconditional, self.suggestions))

    def verify(self) -> Verification:
        """What is seen.  Raises Unverifiable."""
        before = self.workshop.compiled(self.subject.text, (), COMPARE)
        judge = self.subject.judge(
            lambda arguments, threads: self.workshop.run(before, arguments, threads), thread_counts()
        )
        found = self._compared(judge)
        if found.equal:
            found = self._raced(found)
        return found if found.failed else self._timed(found)

    def _compared(self, judge: Judge) -> Verification:
        found = Verification(self.subject.by, threads=thread_counts(), tolerance=self.tolerance)
        try:
            after = self.workshop.compiled(self.subject.text, self._tried, COMPARE)
        except Unverifiable as error:
            return replace(found, equal=False, difference=f"with the suggestion {error}")
        runs = [(threads, at) for threads in found.threads for at in range(len(self.subject.inputs))]
        for count, (threads, at) in enumerate(runs, 1):
            run = self.workshop.run(after, self.subject.inputs[at], threads)
            told = run.stopped or judge(at, run, self.tolerance)
            if told:
                with_threads = "1 thread" if threads == 1 else f"{threads} threads"
                return replace(found, runs=count, equal=False, difference=f"with {with_threads} {told}")
        return replace(found, runs=len(runs), equal=True)

    def _raced(self, found: Verification) -> Verification:
        if self.no_races:
            return found.noting(self.no_races)
        threads = found.threads[1:]
        try:
            seen = races.detect(self.workshop, self.subject, self._tried, threads)
            if seen.races and races.detect(self.workshop, self.subject, (), threads).races:
                return found.noting("races were not counted: the code has some as it is")
        except Unverifiable as error:
            return found.noting(f"races were not looked for: {error}")
        return replace(found, runs=found.runs + seen.runs, races=seen.races, difference=seen.first)

    def _timed(self, found: Verification) -> Verification:
        try:
            return replace(found, speedup=speedup(self.workshop, self.subject, self.suggestions))
        except Unverifiable as error:
            return found.noting(f"not timed: {error}")

"""What is compiled and run for some suggestions: the program of the file, or a driver around a function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from typing import Protocol

from hpcls.analysis.model import UnitModel
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source
from hpcls.verification import printed, records
from hpcls.verification.driver import driver
from hpcls.verification.extents import Extent, Roles, extents, roles
from hpcls.verification.inputs import Signature, signature
from hpcls.verification.model import Means, Unverifiable
from hpcls.verification.sandbox import Run

_SIZES = (32, 17, 7)
"""The sizes of a driver's runs; the smallest is larger than what an array of subscripts holds."""
_REPEATS = 3
_MOST_REPEATS = 20
"""Of a program as it is, where one with the suggestions prints something else."""
_LARGEST_MEMORY = 1 << 22
"""Elements of all inputs together in the runs that are timed; a quarter of it where that takes too long, and so on."""
_LEAST_MEMORY = 1 << 16

AsItIs = Callable[[tuple[str, ...], int], Run]
"""(command line, number of threads) → a run of the code as it is."""
Judge = Callable[[int, Run, float | None], str | None]
"""(which input, a run with the suggestions, the tolerance of sums or None) → the first difference."""


@dataclass(frozen=True)
class Timed:
    """A text and arguments whose run takes a time worth measuring, and how to read that time off a run."""

    text: Callable[[str], str]
    arguments: tuple[str, ...]
    seconds: Callable[[Run], float]


class Subject(Protocol):
    """One thing to try out."""

    by: Means
    inputs: tuple[tuple[str, ...], ...]
    """The command lines to run it with."""

    def text(self, code: str) -> str:
        """The whole program around `code`, the file's text as it is or changed."""
        ...

    def judge(self, run: AsItIs, threads: tuple[int, ...]) -> Judge:
        """How to tell whether a run differs from the code as it is, which will be run with each number of `threads`.

        Raises Unverifiable.
        """
        ...

    def timed(self) -> tuple[Timed, ...]:
        """What to time, best first: the next where one takes too long."""
        ...


class Program:
    """The file's own program, run without arguments or input."""

    by: Means = "program"
    inputs: tuple[tuple[str, ...], ...] = ((),) * _REPEATS

    def text(self, code: str) -> str:
        """The file."""
        return code

    def judge(self, run: AsItIs, threads: tuple[int, ...]) -> Judge:
        """By what is printed; words that change from run to run as it is, such as times and the number of threads, are
        not compared."""
        counts = cycle(threads)
        runs = [printed.printed(_sound(run(arguments, next(counts)))) for arguments in self.inputs]

        def judged(at: int, after: Run, tolerance: float | None) -> str | None:
            told = self._differs(runs, after, tolerance)
            while told and len(runs) < _MOST_REPEATS:
                # a time of a few microseconds may be the same three times
                runs.append(printed.printed(_sound(run(self.inputs[at], next(counts)))))
                told = self._differs(runs, after, tolerance)
            return told

        self._unsteady(runs)
        return judged

    def _differs(self, runs: list[printed.Printed], after: Run, tolerance: float | None) -> str | None:
        return printed.difference(runs[0], printed.printed(after), self._unsteady(runs), tolerance)

    def _unsteady(self, runs: list[printed.Printed]) -> printed.Unsteady:
        unsteady = printed.changing(runs)
        if unsteady is None:
            raise Unverifiable("as it is it prints something else each time")
        if not printed.is_told(runs[0], unsteady):
            raise Unverifiable("it prints nothing but numbers that change from run to run")
        return unsteady

    def timed(self) -> tuple[Timed, ...]:
        """The same run, the start of the process included."""
        return (Timed(self.text, (), lambda run: run.seconds),)


class Driven:
    """One function, called by a driver with inputs of its choice."""

    by: Means = "driver"
    inputs: tuple[tuple[str, ...], ...] = tuple((str(seed), str(size)) for seed, size in enumerate(_SIZES, 1))

    def __init__(self, source: Source, scopes: ScopeTree, model: UnitModel) -> None:
        """Raises Unverifiable where no driver can be written."""
        self._model = model
        self._called: Signature = signature(source, scopes, model.unit)
        self._roles: Roles = roles(model, self._called)

    def text(self, code: str) -> str:
        """The file, its own main under another name, and the driver."""
        return self._around(code, self._room(max(_SIZES)))

    def _room(self, size: int) -> dict[str, Extent]:
        return extents(self._model, self._called, self._roles, size)

    def _around(self, code: str, room: dict[str, Extent]) -> str:
        return f"#define main hpcls_main\n{code}\n#undef main\n{driver(self._called, self._roles, room)}"

    def judge(self, run: AsItIs, threads: tuple[int, ...]) -> Judge:
        """By every bit that the function leaves in its inputs, in the file's variables, and returns."""
        expected = [records.read_records(_sound(run(arguments, 1))) for arguments in self.inputs]

        def repeat(at: int) -> None:
            again = records.read_records(_sound(run(self.inputs[at], threads[-1])))
            if records.difference(expected[at], again, tolerant=False):
                raise Unverifiable("as it is it leaves something else each time")

        def judged(at: int, after: Run, tolerance: float | None) -> str | None:
            if after.trouble or after.status:
                return after.trouble or f"the exit status is {after.status}"
            told = records.difference(expected[at], records.read_records(after), tolerant=tolerance is not None)
            for _ in range(_MOST_REPEATS if told else 0):
                repeat(at)  # a time of a few microseconds may be the same twice
            return told

        repeat(len(self.inputs) - 1)
        return judged

    def timed(self) -> tuple[Timed, ...]:
        """The call alone, on inputs of some megabytes."""
        sizes: dict[int, None] = {}
        memory = _LARGEST_MEMORY
        while memory >= _LEAST_MEMORY:
            sizes[self._size_within(memory)] = None
            memory //= 4
        return tuple(self._timed(size) for size in sizes)

    def _timed(self, size: int) -> Timed:
        room = self._room(size)
        return Timed(lambda code: self._around(code, room), ("1", str(size), "time"), _seconds)

    def _size_within(self, memory: int) -> int:
        size = max(_SIZES)
        while size < memory and sum(one.count * (one.row + 1) for one in self._room(size * 2).values()) <= memory:
            size *= 2
        return size


def _sound(run: Run) -> Run:
    """`run`, of the code as it is.  Raises Unverifiable where it tells nothing."""
    if run.trouble:
        raise Unverifiable(f"as it is, {run.trouble}")
    return run


def _seconds(run: Run) -> float:
    return records.read_records(_sound(run)).seconds

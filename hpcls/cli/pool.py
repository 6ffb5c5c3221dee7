"""Work on many items in several processes: answers in order, memory flat, no item lost when a process dies."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from hpcls.cli.leaving import leave_in_order
from hpcls.config.cores import cores

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_AHEAD = 64
"""How many answers may wait for a slow one before them."""
_WORTH_A_PROCESS = 8
"""Fewer items than this are sooner done than a second process is started."""


def processes_for(items: int, asked: int | None) -> int:
    """How many processes to use: what was asked for, else the cores, and never more than there is work for."""
    if asked is not None:
        return max(1, min(asked, items))
    return max(1, min(cores(), items // _WORTH_A_PROCESS))


def ordered(
    work: Callable[[Item], Answer], died: Callable[[Item, str], Answer], items: Sequence[Item], processes: int
) -> Generator[Answer, None, None]:
    """`work` of each item, in order.  `work` must not raise; an item whose process died is answered by `died`."""
    if processes <= 1:
        yield from map(work, items)
        return
    pool = _Pool(work, died, items)
    try:
        yield from pool.answers(processes)
    finally:
        pool.stop()


@dataclass
class _Worker:
    process: BaseProcess
    connection: Connection[Any, Any]
    item: int | None = None
    """The index of what it works on."""


class _Pool(Generic[Item, Answer]):
    """One pipe per process and one item at a time on each, so that a death is blamed on the right item."""

    def __init__(
        self, work: Callable[[Item], Answer], died: Callable[[Item, str], Answer], items: Sequence[Item]
    ) -> None:
        self._work = work
        self._died = died
        self._items = items
        self._workers: list[_Worker] = []
        self._done: dict[int, Answer] = {}
        self._given = 0

    def answers(self, processes: int) -> Iterator[Answer]:
        self._workers = [self._start() for _ in range(processes)]
        for index in range(len(self._items)):
            while index not in self._done:
                self._give_out(index + _AHEAD)
                self._collect()
            yield self._done.pop(index)

    def stop(self) -> None:
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()
            worker.connection.close()

    def _start(self) -> _Worker:
        import multiprocessing  # noqa: PLC0415 (a single file needs none of it)

        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=_serve, args=(self._work, theirs), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _give_out(self, limit: int) -> None:
        for number, worker in enumerate(self._workers):
            if worker.item is None and self._given < min(limit, len(self._items)):
                worker.item = self._given
                self._given += 1
                try:
                    worker.connection.send(self._items[worker.item])
                except OSError:  # it died while idle; the item is not to blame
                    self._workers[number] = self._replaced(worker)

    def _replaced(self, worker: _Worker) -> _Worker:
        fresh = self._start()
        fresh.item = worker.item
        fresh.connection.send(self._items[worker.item or 0])
        return fresh

    def _collect(self) -> None:
        from multiprocessing.connection import wait  # noqa: PLC0415

        busy = {worker.connection: worker for worker in self._workers if worker.item is not None}
        for ready in wait(list(busy)):
            worker = busy[ready]  # pyright: ignore[reportArgumentType] (wait gives back what it was given)
            index = worker.item
            assert index is not None
            try:
                self._done[index] = worker.connection.recv()
                worker.item = None
            except (EOFError, OSError):
                self._done[index] = self._died(self._items[index], _cause(worker.process))
                self._workers[self._workers.index(worker)] = self._start()


def _cause(process: BaseProcess) -> str:
    """How a process ended, in words."""
    process.join()
    code = process.exitcode or 0
    if code >= 0:
        return f"exit status {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _serve(work: Callable[[Any], Any], connection: Connection[Any, Any]) -> None:
    """The life of one process: until its pipe is closed or its parent is gone."""
    from multiprocessing import parent_process  # noqa: PLC0415 (a single file needs none of it)
    from threading import Thread  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_in_order()
    parent = parent_process()
    assert parent is not None
    Thread(target=_end_with, args=(parent,), daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        while True:
            connection.send(work(connection.recv()))


def _end_with(parent: BaseProcess) -> None:
    """Also in the middle of a long answer, for which nobody waits, or which a pipe that nobody reads does not take.

    Not by getppid: where a fork server starts processes, as from Python 3.14 on, it is theirs.
    """
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)

"""Work in this process, in several of this machine, or on a Dask cluster: the same calls on each."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import parent_process
from threading import Thread
from typing import TypeVar, cast

from hpcls.errors import HpclsError, UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")
_DIED = "a process died (out of memory?); run again to go on"
_PATIENCE = 10
"""Seconds that a scheduler may take to answer."""


@contextmanager
def workers(jobs: int, scheduler: str | None = None) -> Generator[Executor | None]:
    """`jobs` processes, None for this one alone; or the workers of the Dask scheduler at an address such as
    tcp://host:8786, which see the same files under the same paths.

    Raises UsageError where there is no such scheduler, HpclsError where a process dies.
    """
    if scheduler is not None:
        with _cluster(scheduler) as found:
            yield found
    elif jobs == 1:
        yield None
    else:
        with ProcessPoolExecutor(jobs, initializer=_watch) as pool:
            try:
                yield pool
            except BrokenProcessPool as error:
                raise HpclsError(_DIED) from error
            finally:
                pool.shutdown(cancel_futures=True)


def _watch() -> None:
    """A process of the pool ends without a word when it is interrupted, and when its parent is gone."""
    parent = parent_process()
    assert parent is not None

    def end_with_parent() -> None:
        parent.join()
        os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=end_with_parent, daemon=True).start()


@contextmanager
def _cluster(address: str) -> Generator[Executor]:
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415 (for those who have a cluster)
    except ImportError as error:
        raise UsageError("--scheduler needs dask.distributed: pip install 'hpcls[train]'") from error
    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise UsageError(f"--scheduler {address}: no Dask scheduler there") from error
    opened = cast("Callable[[], Executor]", client.get_executor)  # pyright: ignore[reportUnknownMemberType]
    with client, opened() as found:
        try:
            yield found
        except KilledWorker as error:
            raise HpclsError(_DIED) from error


def in_order(
    found: Executor | None, work: Callable[[Item], Result], items: Iterable[Item], ahead: int
) -> Iterator[Result]:
    """`work` of each item, in their order; of the items no more than `ahead` are taken before their turn."""
    if found is None:
        yield from map(work, items)
        return
    remaining = iter(items)
    waiting = deque(found.submit(work, item) for item in islice(remaining, ahead))
    while waiting:
        yield waiting.popleft().result()
        waiting.extend(found.submit(work, item) for item in islice(remaining, 1))

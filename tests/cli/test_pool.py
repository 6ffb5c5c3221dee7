"""Several processes: answers in order, none lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from hpcls.cli.pool import ordered, processes_for


def work(item: int) -> int:
    """Late where it is asked for, dead where it is asked for."""
    if item % 7 == 3:
        time.sleep(0.02)
    if item == 11:
        os.kill(os.getpid(), signal.SIGKILL)
    if item == 12:
        os._exit(5)
    return item * item


def died(item: int, cause: str) -> str:
    return f"{item}: {cause}"


@pytest.mark.parametrize("processes", [2, 3])
def test_answers_come_in_order_and_a_death_costs_one_item(processes: int) -> None:
    expected = [11, 12]
    answers = list(ordered(work, died, range(200), processes))
    assert answers == [
        item * item if item not in expected else "11: SIGKILL" if item == 11 else "12: exit status 5"
        for item in range(200)
    ]


def test_one_process_needs_no_other() -> None:
    assert list(ordered(lambda item: item + 1, died, [1, 2], 1)) == [2, 3]


def test_stopping_early_ends_the_processes() -> None:
    import multiprocessing

    answers = ordered(work, died, range(1000), 2)
    assert next(answers) == 0
    assert len(multiprocessing.active_children()) == 2
    answers.close()
    assert not multiprocessing.active_children()


_WAITS = """
import multiprocessing, time
from hpcls.cli.pool import ordered
multiprocessing.set_start_method("forkserver")
answers = ordered(time.sleep, print, [2.5, 0], 2)
next(answers)
print(len(multiprocessing.active_children()))
"""


def test_a_process_that_waits_does_not_take_the_fork_server_for_a_parent_that_is_gone() -> None:
    done = subprocess.run([sys.executable, "-c", _WAITS], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("2\n", "")


def test_few_items_are_not_worth_a_process() -> None:
    assert processes_for(1, None) == 1
    assert processes_for(5, None) == 1
    assert processes_for(5, 3) == 3
    assert processes_for(2, 3) == 2
    assert processes_for(0, 3) == 1

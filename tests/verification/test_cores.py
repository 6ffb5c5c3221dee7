"""A process that may use one core of many has one: more threads there would make everything look slower."""

from __future__ import annotations

import subprocess
import sys

import pytest

ON_ONE = """
import os
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
from hpcls.verification.model import Unverifiable
from hpcls.verification.speed import speedup
try:
    speedup(None, None, ())
except Unverifiable as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the system keeps no process to some of its cores")
def test_nothing_is_timed_on_one_core_of_many() -> None:
    done = subprocess.run([sys.executable, "-c", ON_ONE], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("there is one core\n", "")

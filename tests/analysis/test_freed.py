"""What the analysis of a file makes goes with it, and is not left for Python's collector, which then is called rarely
(hpcls/cli/collector.py)."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from hpcls.config import Settings
from hpcls.suggest.files import report
from hpcls.syntax.source import read_source

_CASES = Path(__file__).parent.parent / "cases"
_FEW = 100
"""Objects that libraries leave; the analysis of one function makes more."""


@pytest.mark.parametrize("name", ["kernels.cpp", "nests.c", "summaries.c"])
def test_nothing_is_left_to_the_collector(name: str) -> None:
    report(read_source(str(_CASES / name)), Settings())  # imports, and tables that are made once
    gc.collect()
    gc.disable()
    try:
        report(read_source(str(_CASES / name)), Settings())
        assert gc.collect() < _FEW
    finally:
        gc.enable()

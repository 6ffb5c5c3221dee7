"""How likely an author would put a directive on a loop that is proved independent.

The rates are counted in programs that use OpenMP, by `scripts/author_rates.py` (the table there names the packages);
the model of a later version replaces them.
"""

from __future__ import annotations

from hpcls.analysis.verdict import Verdict
from hpcls.suggest.profit import has_inner_loops

_RATES = {"nest": 0.5, "reduction": 0.5, "single": 0.5}


def kind_of(verdict: Verdict) -> str:
    """`nest` (loops inside), `reduction` (none inside, accumulates) or `single`."""
    if has_inner_loops(verdict.loop.statement):
        return "nest"
    return "reduction" if verdict.reductions else "single"


def confidence(verdict: Verdict) -> float:
    """The rate at which authors annotated loops of this kind, 0 to 1."""
    return _RATES[kind_of(verdict)]

"""How likely an author would write a directive so: with these clauses, given that the loop gets one.

The rates are counted by `scripts/author_rates.py` on loops with a `parallel for` that are proved independent, in hypre
2.26 (parcsr_ls, parcsr_mv, seq_mv), GraphicsMagick 1.3.40 (magick), NCO 5.1.4, LAMMPS 20220106 (OPENMP), libsoxr 0.1.3
and FFTW 3.3.10 (threads), as Debian bookworm has them: the author's clauses were ours on 3 of 4 nests, 9 of 11
reductions and 141 of 141 other loops.  Laplace's rule of succession keeps small counts modest.
"""

from __future__ import annotations

from hpcls.analysis.verdict import Verdict
from hpcls.suggest.directive.profit import has_inner_loops

_COUNTS = {"nest": (3, 4), "reduction": (9, 11), "single": (141, 141)}


def kind_of(verdict: Verdict) -> str:
    """`nest` (loops inside), `reduction` (none inside, accumulates) or `single`."""
    if has_inner_loops(verdict.loop.statement):
        return "nest"
    return "reduction" if verdict.reductions else "single"


def confidence(verdict: Verdict) -> float:
    """The rate at which authors wrote the clauses that hpcls would, 0 to 1."""
    agreed, counted = _COUNTS[kind_of(verdict)]
    return round((agreed + 1) / (counted + 2), 2)

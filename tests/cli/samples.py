"""Reports made by hand, so that a format is tested for what it shows and not for what the analysis finds."""

from __future__ import annotations

from hpcls.cli.formats import View
from hpcls.config import CODES, Settings
from hpcls.suggest.report import Clause, Edit, FileReport, LoopReport, Reason, ScalarNote, Suggestion
from hpcls.syntax.source import parse

TEXT = """\
void f(int n, double *a, double *b) {
\tdouble s = 0;
\t/* é 漢 */ for (int i = 0; i < n; i++)
\t\ts += a[i];
  for (int i = 1; i < n; i++)
    a[i] = a[i - 1];
}
"""

SUM = Suggestion(
    code="OMP001",
    kind="openmp",
    line=3,
    column=12,
    end_line=4,
    text="#pragma omp parallel for reduction(+:s)",
    evidence="proved",
    confidence=0.97,
    message="the iterations are independent: 100%, a,b",
    edits=(Edit(3, 1, 3, 1, "\t#pragma omp parallel for reduction(+:s)\n"),),
    assumptions=("a and b do not overlap",),
    directive="parallel for",
    clauses=(Clause("reduction", "+", ("s",)),),
)

RANK = Suggestion(
    code="MPI001",
    kind="mpi",
    line=2,
    column=1,
    end_line=2,
    text="MPI_Comm_rank(MPI_COMM_WORLD, &rank);",
    evidence="plausible",
    confidence=0.6,
    message="the rank is never asked for",
    edits=(Edit(3, 1, 3, 1, "\tMPI_Comm_rank(MPI_COMM_WORLD, &rank);\n"),),
    function="MPI_Comm_rank",
    arguments=("MPI_COMM_WORLD", "&rank"),
    after_line=2,
)

SHIFT = LoopReport(
    line=5,
    column=3,
    end_line=6,
    function="f",
    form="for",
    depth=0,
    verdict="dependent",
    evidence="refuted",
    private=(),
    firstprivate=(),
    lastprivate=(),
    reductions=(),
    reasons=(Reason(6, "a[i - 1] was written one iteration before"),),
    assumptions=(),
    scalars=(ScalarNote("i", "induction", 5, "counts the iterations"),),
    remedy="write to a second array",
    directive=None,
    silence="an iteration needs what another one leaves",
)

REPORT = FileReport("src/a b.c", "c", (SUM, RANK), (SHIFT,))


def view(text: str = TEXT, report: FileReport = REPORT, codes: tuple[str, ...] = CODES, colour: bool = False) -> View:
    """What a format is given."""
    return View(report, parse(text, report.path), Settings(select=codes), colour)

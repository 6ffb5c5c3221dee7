"""`--target offload`: which loops go to a device with which maps, held against what runs of small programs touch."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Outcome
from hpcls.config import Settings
from hpcls.suggest.changes import apply
from hpcls.suggest.directive.choice import Silence
from hpcls.suggest.directive.maps import maps_of
from hpcls.suggest.files import report
from hpcls.suggest.legality import Site, why_not
from hpcls.suggest.regions import Regions
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse
from tests.analysis.claims import Claim, is_excluded, runs_of
from tests.analysis.generator import Generator
from tests.analysis.interpreter import Iteration
from tests.analysis.programs import Program, Variable, loops_with_scope, text_of

OFFLOAD = Settings(kind="openmp", target="offload")
NAME = "target teams distribute parallel for"

OFFERED = {
    "void f(int n, const double *a, const double *b, double *c) {\n"
    "  for (int i = 0; i < n; i++)\n    c[i] = a[i] + 2 * b[i];\n}\n": "map(to:a[0:n], b[0:n]) map(from:c[0:n])",
    "void f(int n, double *a) {\n  for (int i = 1; i < n - 1; i++)\n    a[i] = 0.5 * a[i] + i;\n}\n": (
        "map(tofrom:a[1:n - 2])"
    ),
    "void f(int n, const double *a, double *b) {\n  for (int i = 1; i < n - 1; i++)\n"
    "    b[i] = a[i - 1] + a[i + 1];\n}\n": "map(to:a[0:n]) map(from:b[1:n - 2])",
    "void f(int n, int m, double *a, const double *x) {\n  for (int i = 0; i < n; i++)\n"
    "    for (int j = 0; j < m; j++)\n      a[i * m + j] += x[j];\n}\n": (
        "collapse(2) map(to:x[0:m]) map(tofrom:a[0:m * n])"
    ),
    "double g[400][300];\nvoid f(void) {\n  for (int i = 0; i < 400; i++)\n    for (int j = 0; j < 300; j++)\n"
    "      g[i][j] = 0.5 * g[i][j] + i;\n}\n": "collapse(2) map(tofrom:g)",
    "double f(int n, const double *a) {\n  double s = 0;\n  for (int i = 0; i < n; i++)\n    s += a[i] * a[i];\n"
    "  return s;\n}\n": "reduction(+:s) map(to:a[0:n]) map(tofrom:s)",
    "struct G { int n; double h; };\nvoid f(const struct G *g, double *a) {\n  for (int i = 0; i < g->n; i++)\n"
    "    a[i] = g->h * a[i] + i;\n}\n": "map(to:g[0:1]) map(tofrom:a[0:g->n])",
    "#include <math.h>\nvoid f(int n, int m, double *restrict a, const double *b) {\n  for (int i = 0; i < n; i++)\n"
    "    for (int k = 0; k < m; k++)\n      a[i] = sin(b[i]) * k;\n}\n": "map(to:b[0:n]) map(tofrom:a[0:n])",
    "int f(int n, const int *a) {\n  int h[16] = {0}, s = 0;\n  for (int i = 0; i < n; i++)\n    h[a[i] % 16]++;\n"
    "  for (int k = 0; k < 16; k++)\n    s += h[k] * k;\n  return s;\n}\n": (
        "reduction(+:h) map(to:a[0:n]) map(tofrom:h)"
    ),
    "#include <math.h>\nvoid f(int n, int m, double (*a)[m]) {\n  for (int i = 0; i < n; i++)\n"
    "    for (int j = 0; j < m; j++)\n      a[i][j] = exp(a[i][j]);\n}\n": "collapse(2) map(tofrom:a[0:n])",
}

SILENT = {
    "rows behind pointers": (
        "void f(int n, double **a) {\n  for (int i = 0; i < n; i++)\n    a[i][0] = 0.5 * a[i][0] + i;\n}\n",
        "how much of a",
    ),
    "an array of pointers": (
        "void f(int n, double *a[]) {\n  for (int i = 0; i < n; i++)\n    for (int j = 0; j < 100; j++)\n"
        "      a[i][j] = 0.5 * a[i][j] + i;\n}\n",
        "how much of a",
    ),
    "a pointer with an address of the host": (
        "void f(int n, double *a) {\n  double *b = a + 5;\n  for (int i = 0; i < n; i++)\n"
        "    b[i] = 0.5 * b[i] + i;\n}\n",
        "how much of a",
    ),
    "an index array": (
        "void f(int n, double *restrict a, const double *b, const int *k) {\n  for (int i = 0; i < n; i++)\n"
        "    a[i] = 0.5 * b[k[i]] + i;\n}\n",
        "how much of b",
    ),
    "a guarded neighbour": (
        "void f(int n, double *restrict a, const double *b) {\n  for (int i = 0; i < n; i++)\n"
        "    a[i] = i + 1 < n ? 0.5 * b[i + 1] + i : 0.0;\n}\n",
        "how much of b",
    ),
    "a pointer in a struct": (
        "struct V { double *x; };\nvoid f(int n, struct V *v) {\n  for (int i = 0; i < n; i++)\n"
        "    v->x[i] = 0.5 * v->x[i] + i;\n}\n",
        "how much of v",
    ),
    "a call that asks for the thread": (
        "#include <omp.h>\nvoid f(int n, double *a) {\n  for (int i = 0; i < n; i++)\n"
        "    a[i] = omp_get_thread_num() + 0.5 * i;\n}\n",
        "omp_get_thread_num() may not exist",
    ),
    "every other element": (
        "void f(int n, double *a) {\n  for (int i = 0; i < n; i += 2)\n    a[i] = 0.5 * a[i] + i;\n}\n",
        "how much of a",
    ),
    "a few iterations": (
        "void f(double *a) {\n  for (int i = 0; i < 100; i++)\n    a[i] = 0.5 * a[i] + i;\n}\n",
        "too little work",
    ),
    "a counter that is read afterwards": (
        "int f(int n, double *a) {\n  int i;\n  for (i = 0; i < n; i++)\n    a[i] = 0.5 * a[i] + i;\n  return i;\n}\n",
        "i is needed afterwards",
    ),
}


@pytest.mark.parametrize(("text", "clauses"), OFFERED.items(), ids=OFFERED.values())
def test_maps_are_computed_from_the_accesses(text: str, clauses: str, tmp_path: Path) -> None:
    (suggestion,) = report(parse(text, "a.c"), OFFLOAD).suggestions
    assert (suggestion.code, suggestion.text) == ("OMP003", f"#pragma omp {NAME} {clauses}")
    fixed = apply(text, list(suggestion.edits))
    for compiler in ("gcc", "clang"):
        assert compiles(compiler, text, tmp_path)
        assert compiles(compiler, fixed, tmp_path)


@pytest.mark.parametrize(("text", "why"), SILENT.values(), ids=SILENT.keys())
def test_nothing_is_offered_where_an_extent_cannot_be_named(text: str, why: str) -> None:
    found = report(parse(text, "a.c"), OFFLOAD)
    assert found.suggestions == ()
    assert why in (found.loops[0].silence or "")


def test_items_that_may_overlap_in_part_are_an_assumption() -> None:
    text = (
        "double f(int n, const double *a, const double *b) {\n  double s = 0;\n  for (int i = 0; i < n; i++)\n"
        "    s += a[i] * b[i];\n  return s;\n}\n"
    )
    (suggestion,) = report(parse(text, "a.c"), OFFLOAD).suggestions
    assert "no two items in map clauses overlap in part" in suggestion.assumptions


def test_openmp_5_maps_the_result_of_a_reduction_by_itself() -> None:
    text = next(text for text in OFFERED if "s +=" in text)
    (suggestion,) = report(parse(text, "a.c"), replace(OFFLOAD, openmp_version="5.0")).suggestions
    assert suggestion.text == f"#pragma omp {NAME} reduction(+:s) map(to:a[0:n])"


def compiles(compiler: str, text: str, folder: Path) -> bool:
    if shutil.which(compiler) is None:
        pytest.skip(f"no {compiler} here")
    source = folder / "a.c"  # clang names the entry points of a device after the file
    source.write_text(text)
    command = [compiler, "-fopenmp", "-Wall", "-Werror=unknown-pragmas", "-S", "-o", folder / "a.s", source]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


# against brute force


@dataclass(frozen=True)
class Mapped:
    """An array section of a map clause."""

    claim: Claim
    kind: str
    array: Variable
    first: str
    length: str

    def range(self, values: dict[str, int]) -> range | None:
        """The elements; None where a name in it is no parameter that stays the same."""
        if not set(re.findall(r"[a-z]\w*", self.first + self.length)) <= values.keys():
            return None
        first, length = (eval(text, {}, dict(values)) for text in (self.first, self.length))
        return range(first, first + length)


def mapped(program: Program) -> list[Mapped]:
    """Every section of a one-dimensional array that a loop of `program` would be offloaded with."""
    source = parse(text_of(program), "program.c")
    analyses, _ = analyse(source, scopes_of(source))
    found: list[Mapped] = []
    arrays = {variable.name: variable for variable, _, _ in program.arrays}
    for (loop, scope), one in zip(loops_with_scope(program), analyses, strict=True):
        site = Site(source, one.verdict, one.model, Regions(source), (4, 5))
        maps = Silence("") if one.verdict.outcome is not Outcome.INDEPENDENT or why_not(site) else maps_of(site)
        for clause in () if isinstance(maps, Silence) else maps:
            sections = (re.fullmatch(r"(\w+)\[(.*):(.*)\]", item) for item in clause.arguments)
            claim, kind = Claim(loop, scope, one.verdict), clause.modifier or ""
            found += [Mapped(claim, kind, arrays[match[1]], match[2], match[3]) for match in sections if match]
    return found


def what_is_wrong(one: Mapped, iterations: list[Iteration], values: dict[Variable, int]) -> str | None:
    """How one execution of the loop contradicts the section; None if it does not."""
    section = one.range({variable.name: value for variable, value in values.items() if variable.name in ("n", "m")})
    if section is None or not iterations:
        return None
    cells = {(cell, is_write) for iteration in iterations for cell, is_write in iteration.first.items()}
    written = {cell for iteration in iterations for cell in iteration.written}
    touched = {cell[2][0] for cell, _ in cells if not isinstance(cell, Variable) and cell[0] is one.array}
    changed = {cell[2][0] for cell in written if not isinstance(cell, Variable) and cell[0] is one.array}
    if touched and not (min(touched) in section and max(touched) in section):
        return f"{sorted(touched)} are touched, {section} is mapped"
    if touched and (min(touched) != section.start or max(touched) != section.stop - 1):
        return f"{section} is mapped, of which only {sorted(touched)} are known to exist"
    if changed and one.kind == "to":
        return f"{changed} are written and do not come back"
    if one.kind == "from" and touched and changed != set(section):
        return f"{section} comes back, of which only {changed} are written"
    return None


@given(st.integers(0, 2**32))
@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
def test_sections_hold_what_the_loop_touches_and_no_more(seed: int) -> None:
    program = Generator(Random(seed)).program()
    runs = runs_of(program, seed)
    for one in mapped(program):
        event(one.kind)
        for values, (machine, _) in runs:
            if not is_excluded(one.claim, machine):
                for iterations in machine.trace.get(one.claim.loop, []):
                    assert not what_is_wrong(one, iterations, values), text_of(program)

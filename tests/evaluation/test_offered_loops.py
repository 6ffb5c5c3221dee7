"""What hpcls offers in a file, beside what its author wrote there."""

from __future__ import annotations

from hpcls.config import Settings
from hpcls.corpus.model import Document
from hpcls.evaluation.offered_loops import OfferedLoop, offered_loops
from hpcls.suggest.confidence import CLAUSES, agreement, clause_agreement, presence
from hpcls.suggest.files import report
from hpcls.syntax.openmp_text import Clause, Directive
from hpcls.syntax.source import parse

LOOP = "for (i = 0; i < n; i++)"
TEXT = f"""
void f(int n, double *a, double *b, double s) {{
  int i, j;
  #pragma omp parallel for private(i) schedule(dynamic)
  {LOOP} a[i] = 0.5 * i + i * i;
  {LOOP} b[i] = 0.5 * i + i * i;
  #pragma omp simd
  {LOOP} a[i] = 0.5 * i + b[i];
  #pragma omp parallel for reduction(max: s)
  {LOOP} s += 0.5 * a[i] + b[i];
}}
"""


SCHEDULED = TEXT.replace("reduction(max: s)", "reduction(max: s) schedule(static)")


def offered(text: str = TEXT) -> list[OfferedLoop]:
    return list(offered_loops(Document("me/code", "a.c", "c", "MIT", "test", True, False, "", text), None))


def test_each_offered_loop_has_what_its_author_wrote() -> None:
    found = offered()
    assert [one.written.name if one.written else None for one in found] == [
        "parallel for",
        None,
        "simd",
        "parallel for",
    ]
    assert [one.offered.name for one in found] == ["parallel for"] * 4
    assert [one.is_present for one in found] == [True, False, False, True]


def test_a_clause_agrees_where_it_says_the_same_counters_apart() -> None:
    first, _, _, last = offered()
    assert [name for name in CLAUSES if not first.agrees(name)] == ["schedule"]
    assert [name for name in CLAUSES if not last.agrees(name)] == ["reduction"]


def test_a_confidence_is_that_of_the_directive_and_of_every_clause() -> None:
    bare = TEXT.replace("#pragma omp parallel for private(i) schedule(dynamic)", "")
    first, *_ = report(parse(bare, "a.c"), Settings(kind="openmp")).suggestions
    directive = Directive("parallel for", None, ())
    others = [Directive("parallel for", None, (Clause("reduction", "max", ("s",)),))]
    assert first.confidence == round(presence(directive) * agreement(directive, others), 2)
    assert agreement(directive) < min(clause_agreement(directive, name) for name in CLAUSES)


def test_who_writes_a_schedule_or_collapse_once_writes_it_again() -> None:
    usual = TEXT.replace("reduction(max: s)", "schedule(static) collapse(2)")
    first, other, _, last = offered(usual)
    assert [len(one.others) for one in (first, other, last)] == [1, 2, 1]
    for name in ("schedule", "collapse"):
        assert clause_agreement(first.offered, name, first.others) < clause_agreement(first.offered, name)
    unusual = offered(TEXT.replace("schedule(dynamic)", ""))[0]
    assert unusual.others
    for name in ("schedule", "collapse"):
        assert clause_agreement(unusual.offered, name, unusual.others) > clause_agreement(unusual.offered, name)
    assert agreement(first.offered, first.others) < agreement(first.offered) < agreement(first.offered, unusual.others)


def test_the_other_directives_of_a_file_are_seen_where_a_loop_has_none_yet() -> None:
    shown = [report(parse(text, "a.c"), Settings(kind="openmp")).suggestions[0] for text in (TEXT, SCHEDULED)]
    assert shown[1].confidence < shown[0].confidence


def test_a_condition_makes_a_directive_less_likely_and_is_not_compared() -> None:
    sweeps = f"""
void f(int n, int steps, double *a, double *b) {{
  for (int t = 0; t < steps; t++) {{
    int i;
    #pragma omp parallel for
    {LOOP} b[i] = 0.5 * (a[i - 1] + a[i]);
    {LOOP} a[i] = 0.5 * (b[i - 1] + b[i]);
  }}
}}
"""
    first, _ = offered(sweeps)
    assert [clause.name for clause in first.offered.clauses] == ["if"]
    assert all(map(first.agrees, CLAUSES))
    plain = Directive("parallel for", None, ())
    assert presence(first.offered) < presence(plain)
    assert agreement(first.offered) == agreement(plain)

"""Whole directives, asked back where they stood in files of test repositories."""

from __future__ import annotations

from pathlib import Path

from hpcls.corpus.model import Document
from hpcls.evaluation.directive_scores import AnsweredLoop, contents, score_directives
from hpcls.evaluation.directive_table import directive_table
from hpcls.evaluation.f1 import F1
from hpcls.evaluation.own_loops import answered_loops, in_place
from hpcls.suggest.advisor import Advisor
from hpcls.syntax.openmp_text import Directive, parse_directive

TEXT = """\
double sum(const double *a, double *b, int n) {
  double s = 0;
  int i, j;
#pragma omp parallel for private(j) reduction(+ : s) num_threads(4)
  for (i = 0; i < n; i++)
    for (j = 0; j < 100; j++)
      s += a[100 * i + j];
#pragma omp parallel for schedule(static)
  for (i = 1; i < n; i++)
    b[i] = b[i - 1] + a[i];
  for (i = 0; i < n; i++)
    b[i] = a[i];
  return s;
}
"""
DOCUMENT = Document("me/code", "sum.c", "c", "MIT", "test", True, False, "", TEXT)


def directive(text: str) -> Directive:
    found = parse_directive(text)
    assert found
    return found


def answer(wanted: str, answered: str | None, confidence: float = 1.0) -> AnsweredLoop:
    got = directive(answered) if answered else None
    return AnsweredLoop("", directive(wanted), frozenset({"i"}), got, confidence if got else 0.0)


def test_only_annotated_loops_are_asked_back_where_they_stand() -> None:
    total, carried = answered_loops(DOCUMENT, "analysis", None)
    assert (total.place, carried.place) == ("me/code/sum.c:5", "me/code/sum.c:9")
    assert {clause.name for clause in total.wanted.clauses} == {"private", "reduction", "num_threads"}
    assert total.counters == {"i", "j"}
    assert total.answered is not None
    assert total.answered.name == "parallel for"
    assert ("+", "s") in contents(total.answered)["reduction"]
    assert 0 < total.confidence <= 1
    assert carried.answered is None  # the analysis refutes it, whoever annotated it


def test_where_a_repository_lies_its_other_files_and_headers_are_in_view(tmp_path: Path) -> None:
    text = (
        '#include "scale.h"\n'
        "void all(double *a, int n) {\n"
        "#pragma omp parallel for\n"
        "  for (int i = 0; i < n; i++)\n"
        "    a[i] = scale(a[i]);\n"
        "}\n"
    )
    document = Document("me/code", "all.c", "c", "MIT", "test", True, False, "", text)
    root = tmp_path / "me" / "code"
    assert in_place(document, tmp_path) is None
    (root / ".git").mkdir(parents=True)
    (root / "all.c").write_text(text)
    (root / "scale.h").write_text("double scale(double x);\n")
    (root / "scale.c").write_text("double scale(double x) { return 2 * x; }\n")
    (alone,) = answered_loops(document, "analysis", None)
    (in_project,) = answered_loops(document, "analysis", None, in_place(document, tmp_path))
    assert alone.answered is None
    assert in_project.answered == directive("parallel for")
    assert in_project.place == alone.place


def test_the_model_alone_answers_every_loop(advisor: Advisor) -> None:
    found = list(answered_loops(DOCUMENT, "model", advisor))
    assert len(found) == 2
    assert all(one.answered is not None and 0 <= one.confidence <= 1 for one in found)


def test_clauses_are_compared_by_what_they_say() -> None:
    one = directive("parallel for private(i) private( j ) reduction(-:s) schedule(static,4)")
    other = directive("parallel for schedule(static, 4) private(j,i) reduction(+ : s)")
    assert contents(one) == contents(other)


def test_recall_is_of_what_is_confident_enough() -> None:
    found = score_directives([answer("simd", "simd", 0.85), answer("for", "for", 0.6), answer("for", None)])
    assert [round(found.recall[least], 2) for least in (0.0, 0.7, 0.9)] == [0.67, 0.33, 0.0]
    assert (found.exact, found.exact_answered) == (2 / 3, 1.0)


def test_what_changes_nothing_is_told_apart() -> None:
    wanted = "parallel for default(none) shared(a) private(i) reduction(+:s)"
    found = score_directives([answer(wanted, "parallel for reduction(+:s)"), answer("for private(t)", "for")])
    assert (found.exact, found.same, found.exact_with_clause) == (0.0, 0.5, 0.0)


def test_each_clause_and_kind_has_its_own_score() -> None:
    found = score_directives(
        [answer("for private(a)", "for private(b)"), answer("simd", "for collapse(2)"), answer("for private(a)", None)]
    )
    assert found.kinds == {"for": F1(1, 2, 2), "simd": F1(0, 0, 1)}
    assert found.clauses["private"].present == F1(1, 1, 2)
    assert found.clauses["private"].exact == F1(0, 1, 2)
    assert found.clauses["collapse"].present == F1(0, 1, 0)


def test_the_table_has_a_column_for_each_way() -> None:
    scores = {"analysis": score_directives([answer("for", "for")]), "model": score_directives([answer("for", "simd")])}
    lines = list(directive_table(scores))
    assert lines[0] == "| 1 annotated loops | analysis | model |"
    assert "| exact: kind and all clauses | 1.000 | 0.000 |" in lines
    assert "| `for` | 1.000 / 1.000 / 1.000 (1) | 0.000 / 0.000 / 0.000 (1) |" in lines
    assert "| `simd` | - | 0.000 / 0.000 / 0.000 (0) |" in lines

"""Questions about the loops of one file: each in its function, as much of it as fits, or as it stands."""

from __future__ import annotations

import pytest

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Verdict
from hpcls.config import Settings
from hpcls.suggest.advise_openmp import anything
from hpcls.suggest.advisor import Advisor
from hpcls.suggest.counsel import LOOP_BUDGET, MOST_QUESTIONS, Counsel
from hpcls.suggest.files import report
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, parse

from .scripted import DIRECTIVE, Scripted

LOOP = "for (i = 0; i < n; i++) {\n  t = a[i];\n  sum += t * t;\n}\n"
FILLER = "".join(f"  b[{i}] = b[{i}] * c + {i};\n" for i in range(200))
VARIABLES = "  int i; double t, sum = 0;\n"
LONG = f"double f(int n, double *a, double *b, double c) {{\n{VARIABLES}{FILLER}{LOOP}{FILLER}  return sum;\n}}\n"
METHOD = (
    "struct Grid {\n  int n; double *a;\n  double norm() const {\n    double sum = 0, t; int i;\n    "
    f"{LOOP}    return sum;\n  }}\n}};\n"
)
TEXTS: dict[str, tuple[str, LanguageName]] = {
    "a function longer than the window": (LONG, "c"),
    "a bare loop": (LOOP, "c"),
    "a bare loop between functions": (f"int g(void) {{ return 1; }}\n{LOOP}int h(void) {{ return 2; }}\n", "c"),
    "a method": (METHOD, "cpp"),
    "a method outside of its class": (f"double Grid::norm() {{\n{VARIABLES}{LOOP} return sum;\n}}\n", "cpp"),
    "half a function": (f"double f(int n, double *a) {{\n  int i; double t, sum = 0;\n{LOOP}", "c"),
    "names that are not ASCII": (
        f"double f(int n, double *a) {{ int i; double t, sum = 0;\n{LOOP}return sum; }}\n".replace("sum", "größe"), "c"
    ),
}  # fmt: skip


def loop_of(text: str, language: LanguageName) -> tuple[Source, Verdict]:
    source = parse(text, "a", language)
    (analysis, *_), _ = analyse(source, scopes_of(source))
    return source, analysis.verdict


@pytest.mark.parametrize("name", TEXTS)
def test_the_question_points_at_the_loop_and_fits(name: str) -> None:
    source, verdict = loop_of(*TEXTS[name])
    scripted = Scripted(DIRECTIVE)
    found = Counsel(scripted, source, scopes_of(source)).directive(verdict, anything)
    assert found
    assert found.directive
    assert found.directive.name == "parallel for"
    code, _, question = scripted.asked[0].partition(" <omp> ")
    marker = question.split()[0]
    assert f" {marker} for ( " in code
    assert len(code.split()) <= LOOP_BUDGET + 20


def test_all_loops_of_a_function_share_one_prompt() -> None:
    text = f"double f(int n, double *a) {{\n  int i; double t, sum = 0;\n{LOOP * 3}  return sum;\n}}\n"
    source = parse(text, "a.c")
    scripted = Scripted(DIRECTIVE)
    counsel = Counsel(scripted, source, scopes_of(source))
    for analysis in analyse(source, scopes_of(source))[0]:
        counsel.directive(analysis.verdict, anything)
    codes, questions = zip(*(prompt.split(" <omp> ") for prompt in scripted.asked), strict=True)
    assert (len(set(codes)), len(set(questions))) == (1, 3)


def test_a_file_of_very_many_loops_is_asked_about_so_often_and_loses_no_suggestion() -> None:
    """What the model is not asked about is answered as without one."""
    some = MOST_QUESTIONS + 5
    kernel = "void f{k}(int n, double *a) {{ for (int i = 0; i < n; i++) a[i] = sqrt(a[i]) * {k}.0; }}\n"
    source = parse("".join(kernel.format(k=k) for k in range(some)), "a.c")
    scripted = Scripted(DIRECTIVE, 0.3)
    plain, asked = report(source, Settings()).suggestions, report(source, Settings(), scripted).suggestions
    assert (len(scripted.asked), len(asked)) == (MOST_QUESTIONS, some)
    assert asked[MOST_QUESTIONS:] == plain[MOST_QUESTIONS:]
    assert all(
        one.confidence < other.confidence
        for one, other in zip(asked[:MOST_QUESTIONS], plain[:MOST_QUESTIONS], strict=True)
    )


@pytest.mark.parametrize("name", TEXTS)
def test_the_shipped_model_answers(advisor: Advisor, name: str) -> None:
    source, verdict = loop_of(*TEXTS[name])
    found = Counsel(advisor, source, scopes_of(source)).directive(verdict, anything)
    assert found
    assert 0 < found.probability <= 1
    assert found.directive
    named = {argument for clause in found.directive.clauses for argument in clause.arguments}
    assert named <= {"i", "n", "t", "a", "sum", "größe"}

"""What a model's opinion can change and what it cannot: it ranks what is proved, and decides where only calls of
functions out of view stand against a loop.
"""

from __future__ import annotations

import pytest

from hpcls.config import Settings
from hpcls.inference.calibration import Calibration, Scaling
from hpcls.suggest.advisor import Advisor
from hpcls.suggest.confidence import agreement
from hpcls.suggest.files import report
from hpcls.suggest.plausible import SURE
from hpcls.suggest.report import FileReport
from hpcls.syntax.openmp_text import Directive
from hpcls.syntax.source import parse

from .scripted import DIRECTIVE, NO_DIRECTIVE, Scripted

PROVED = "void f(int n, double *a) {\n  for (int i = 0; i < n; i++)\n    a[i] = 0.5 * a[i] + i * i;\n}\n"
REFUTED = "void f(int n, double *a) {\n  for (int i = 1; i < n; i++)\n    a[i] = 0.5 * a[i - 1] + i * i;\n}\n"
UNSEEN = """\
double work(int);
void f(int n, double *a) {
  for (int i = 0; i < n; i++)
    a[i] = work(i);
}
"""
SCATTERED = "void f(int n, double *a, int *b) {\n  for (int i = 0; i < n; i++)\n    a[b[i]] = 0.5 * i + i * i;\n}\n"
OPENMP = Settings(kind="openmp")


def told(text: str, advisor: Advisor, settings: Settings = OPENMP) -> FileReport:
    return report(parse(text, "a.c"), settings, advisor)


@pytest.mark.parametrize("probability", [0.2, 1.0])
@pytest.mark.parametrize("answer", [DIRECTIVE, NO_DIRECTIVE])
def test_a_proved_loop_stays_proved_whatever_the_model_says(answer: str, probability: float) -> None:
    (suggestion,) = told(PROVED, Scripted(answer, probability)).suggestions
    assert (suggestion.evidence, suggestion.text) == ("proved", "#pragma omp parallel for")
    agrees = probability if answer == DIRECTIVE else 1 - probability
    clauses = agreement(Directive("parallel for", None, ()))
    assert suggestion.confidence == pytest.approx(agrees * clauses, abs=0.01)


@pytest.mark.parametrize("text", [REFUTED, SCATTERED], ids=["refuted", "an index array"])
def test_no_model_is_asked_about_a_dependence_or_what_else_is_not_understood(text: str) -> None:
    advisor = Scripted(DIRECTIVE)
    found = told(text, advisor)
    assert (found.suggestions, advisor.asked) == ((), [])
    assert found.loops[0].silence


def test_a_loop_with_calls_out_of_view_is_plausible_under_an_assumption_that_names_them() -> None:
    (suggestion,) = told(UNSEEN, Scripted(DIRECTIVE)).suggestions
    assert (suggestion.evidence, suggestion.line) == ("plausible", 3)
    assert "calls of work() touch nothing that other iterations use" in suggestion.assumptions
    assert "not in view" in suggestion.message


@pytest.mark.parametrize(
    "body",
    [
        "a[i] = next();",  # what differs between iterations then is kept somewhere
        "a[i] = draw(n, &state);",
        "add(i, n);",  # nobody takes a result, no memory of the iteration's own is given
        "a[i] = MPI_Send(&a[i], 1, MPI_DOUBLE, 0, i, MPI_COMM_WORLD);",
        "a[i] = all->look_up(i);",  # a member function may change its object
        "all->visit(&a[i]);",
        "set(all, i); a[i] = work(i);",
        "add3(total, &a[3 * i], total);",
        "add(&total[0], &a[i]);",
        "add(*rows, &a[i]);",
        "add(total + 1, &a[i]);",
        "add(all->head, &a[i]);",
        "for (int j = 0; j < 9; j++) a[i] += draw(&state[j]);",  # the same states in every iteration
        "for (int j = 0; j < 9; j++) add(&total[j]);",
        "swap(a[i], a[n - 1 - i]);",  # another iteration swaps them back
        "a[i] = all(i);",  # an object, or whatever a pointer leads to
        "list_push(0, &a[i]);",  # the name says so
        "WORK_VERBOSE(1, show(&a[i]));",  # what it tells appears in turn
        'tell_all("%d of %d: %f" "\\n", i, n, a[i]);',
        'tell_all((2, "%f", a[i])); a[i] = work(i);',
        "give_free(&a[i]);",  # may take itself off a list, and the allocator takes turns anyway
        "matrixDestroy(&a[i]);",
        "a[i] = work(*calloc_or_exit(i));",
        "PACK(&a[i]);",  # a macro may move a pointer that it is not given
        "halo_receive(&a[i]);",  # by MPI, or in turn
        "smooth(&a[i], &a[i + 1]);",  # what one iteration writes another may read
        "double *own = &a[i], *next = &a[i + 1]; smooth(own, next);",
        "fill(&a[i]); smooth(&total[i], &a[i + 1]);",
        "count(&total[which[i]], a[i]);",  # two iterations may be given one element
        "mul_rows(rows[which[i]], &a[i]);",
        "double *bin = &total[which[i]]; count(bin, a[i]);",
        "double *row = rows[which[i]]; a[i] = norm(row);",
        "a[i] = row_read(rows[i]);",  # of a file
        "a[i] = lib_urand(a[i], i);",  # a generator of random numbers moves on
        "a[i] = nextRandom(i);",
        "a[i] = load_image(i);",
        "a[i] = work(a, i);",  # all of what the loop writes, of which other iterations write some
    ],
)
def test_a_call_that_seems_to_change_something_shared_is_no_matter_for_a_model(body: str) -> None:
    given = "int n, double *a, double *total, int *which, double **rows, struct list *all"
    text = f"void f({given}) {{\n  for (int i = 0; i < n; i++) {{\n    {body}\n  }}\n}}\n"
    advisor = Scripted(DIRECTIVE)
    assert (told(text, advisor).suggestions, advisor.asked) == ((), [])


@pytest.mark.parametrize(
    "body",
    [
        "a[i] = work(i);",
        "fill(&a[10 * i], 10);",
        "fill(row[i], n - 1);",
        "fill(row[i], row[i][0]);",
        "for (int j = 0; j < i; j++) a[i] += work(j, i);",
        "a[i] = get_read_count(row[i]);",
        "a[i] = operand(row[i]) + brand(i);",
        "{ double *own = row[i]; a[i] = work(own); }",
    ],
)
def test_a_call_that_works_on_what_is_the_iterations_own_may_be_vouched_for(body: str) -> None:
    text = f"void f(int n, double *a, double **row) {{\n  for (int i = 0; i < n; i++)\n    {body}\n}}\n"
    (suggestion,) = told(text, Scripted(DIRECTIVE)).suggestions
    assert suggestion.evidence == "plausible"


@pytest.mark.parametrize(("before", "is_offered"), [("list_rewind(all);", False), ("list_sort(all);", True)])
def test_what_is_put_back_to_its_beginning_keeps_a_position(before: str, is_offered: bool) -> None:
    loop = "  for (int i = 0; i < n; i++)\n    a[i] = list_get(all, i);\n"
    text = f"void f(int n, double *a, struct list *all) {{\n  {before}\n{loop}}}\n"
    assert bool(told(text, Scripted(DIRECTIVE)).suggestions) is is_offered


@pytest.mark.parametrize("before", ["open_pool(&all);", ""])
def test_what_stays_the_same_is_no_iterations_own_though_a_function_has_its_address(before: str) -> None:
    loop = "  for (int i = 0; i < 999; i++)\n    lend(all, &a[i]);\n"
    text = f"void f(double *a, struct pool *all) {{\n  {before}\n{loop}}}\n"
    assert told(text, Scripted(DIRECTIVE)).suggestions == ()


def test_a_member_of_an_object_that_the_function_gets_is_not_the_iterations_own() -> None:
    text = "struct s { double *part; };\nvoid f(struct s *all, int n) {\n  for (int i = 0; i < n; i++)\n"
    assert told(f"{text}    all->part[i] = 1.0 / work(all, i);\n}}\n", Scripted(DIRECTIVE)).suggestions == ()
    assert told(f"{text}    all->part[i] = 1.0 / work(i);\n}}\n", Scripted(DIRECTIVE)).suggestions


@pytest.mark.parametrize(("answer", "probability"), [(DIRECTIVE, SURE - 0.01), (NO_DIRECTIVE, 1.0)])
def test_a_model_that_is_not_sure_changes_nothing(answer: str, probability: float) -> None:
    found = told(UNSEEN, Scripted(answer, probability))
    assert found.suggestions == ()
    assert found.loops[0].silence


@pytest.mark.parametrize(("threshold", "is_offered"), [(0.69, True), (0.71, False)])
def test_how_sure_a_model_has_to_be_may_be_chosen_for_it(threshold: float, is_offered: bool) -> None:
    advisor = Scripted(DIRECTIVE, 0.7)
    advisor.calibration = Calibration({"directive": Scaling(0.1, -0.5)}, {"directive": threshold})
    assert bool(told(UNSEEN, advisor).suggestions) == is_offered


def test_who_wants_proofs_has_no_model_asked_about_the_rest() -> None:
    advisor = Scripted(DIRECTIVE)
    assert told(UNSEEN, advisor, Settings(kind="openmp", evidence="proved")).suggestions == ()
    assert advisor.asked == []


def test_only_one_loop_of_a_nest_is_offered() -> None:
    nest = UNSEEN.replace("    a[i]", "    for (int j = 0; j < n; j++)\n      a[i * n + j]")
    (suggestion,) = told(nest, Scripted(DIRECTIVE)).suggestions
    assert suggestion.line == 3


@pytest.mark.parametrize("text", [PROVED, REFUTED, SCATTERED, UNSEEN])
def test_the_shipped_model_within_the_same_bounds(advisor: Advisor, text: str) -> None:
    found = told(text, advisor)
    allowed = {PROVED: {"proved"}, UNSEEN: {"plausible"}}.get(text, set())
    assert {suggestion.evidence for suggestion in found.suggestions} <= allowed
    assert all(0 < suggestion.confidence <= 1 for suggestion in found.suggestions)
    assert len(found.suggestions) == 1 or text != PROVED


@pytest.mark.parametrize(("call", "is_offered"), [("find(x[i], box);", False), ("find(x[i], 3);", True)])
def test_in_cplusplus_a_call_may_write_a_variable_that_it_is_given(call: str, is_offered: bool) -> None:
    text = f"void f(int n, double **x) {{\n  int box;\n  for (int i = 0; i < n; i++)\n    {call}\n}}\n"
    found = report(parse(text, "a.cpp"), OPENMP, Scripted(DIRECTIVE))
    assert bool(found.suggestions) == is_offered


@pytest.mark.parametrize(
    ("head", "is_offered"),
    [
        ("void Table::fill()", False),
        ("int &Table::fill()", False),
        ("struct Table { void fill()", False),
        ("void Table::fill() const", True),
        ("void fill(Table *t)", True),
    ],
)
def test_a_call_in_a_member_function_may_be_of_another_that_changes_the_object(head: str, is_offered: bool) -> None:
    text = f"{head} {{\n  double *a = new double[9999];\n  for (int i = 0; i < 9999; i++)\n    a[i] = bucket(i);\n"
    end = "};\n" if head.startswith("struct") else ""
    found = report(parse(f"{text}  show(a);\n}}\n{end}", "a.cpp"), OPENMP, Scripted(DIRECTIVE))
    assert bool(found.suggestions) == is_offered


def test_a_calibration_changes_what_is_shown_not_what_is_offered() -> None:
    advisor = Scripted(DIRECTIVE, 0.96)
    (before,) = told(UNSEEN, advisor).suggestions
    advisor.calibration = Calibration({"directive": Scaling(0.5, 0.0)})
    (after,) = told(UNSEEN, advisor).suggestions
    assert after.confidence == pytest.approx(before.confidence / 0.96 * 0.83, abs=0.01)
    assert after.text == before.text

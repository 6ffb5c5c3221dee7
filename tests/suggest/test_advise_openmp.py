"""The directive that a model chooses for a loop: only what it is left to choose from, and always a directive."""

from __future__ import annotations

import pytest

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Verdict
from hpcls.errors import HpclsError
from hpcls.suggest.advise_openmp import Advised, advise, anything, sensible
from hpcls.suggest.advisor import Advisor
from hpcls.suggest.grammar.openmp import OpenmpChoice
from hpcls.suggest.prompt import CodePrompt, code_prompt
from hpcls.syntax.openmp_text import parse_directive, render
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse

from .scripted import DIRECTIVE, NO_DIRECTIVE, Scripted

LOOPS = {
    "a sum": "for (i = 0; i < n; i++) {\n  t = a[i];\n  sum += t * t;\n}\n",
    "a nest": "for (i = 0; i < n; i++)\n  for (j = 0; j < m; j++)\n    c[i][j] = a[i][j] + b[i][j];\n",
    "a largest value": "for (int i = 0; i < n; i++)\n  if (a[i] > best) best = a[i];\n",
    "a local array": "for (int i = 0; i < n; i++) {\n  double w[3];\n  w[1] = a[i] * k;\n  b[i] = w[1];\n}\n",
    "calls": "for (i = 0; i < count; i++) {\n  struct node *p = find(list, i);\n  p->value = update(p->value, i);\n}\n",
    "a dependence": "for (i = 1; i < n; i++)\n  a[i] = a[i - 1] + 1;\n",
    "while": "while (k < n) {\n  s += a[k];\n  k++;\n}\n",
    "nothing in it": "for (;;) ;\n",
}


def question(text: str) -> tuple[CodePrompt, Verdict]:
    source = parse(text, "a.c")
    scopes = scopes_of(source)
    (analysis, *_), _ = analyse(source, scopes)
    return code_prompt(source, (0, len(source.data)), scopes, 500), analysis.verdict


def asked(advisor: Advisor, text: str, choice: OpenmpChoice | None = None) -> Advised:
    code, verdict = question(text)
    found = advise(advisor, code, verdict, choice or anything(code, verdict))
    assert found
    return found


@pytest.mark.parametrize("name", LOOPS)
def test_a_forced_answer_is_a_directive_that_names_variables_of_the_loop(advisor: Advisor, name: str) -> None:
    found = asked(advisor, LOOPS[name])
    assert found.directive
    assert parse_directive(render(found.directive)) == found.directive
    assert found.directive.name == "parallel for"
    words = LOOPS[name].replace("[", " ").replace("]", " ").replace(";", " ").replace("(", " ").split()
    named = [argument for clause in found.directive.clauses for argument in clause.arguments]
    assert set(named) <= set(words)
    assert len(set(named)) == len(named)
    assert {clause.name for clause in found.directive.clauses} <= {"private", "reduction"}
    assert 0 < found.probability <= 1


@pytest.mark.parametrize("name", LOOPS)
def test_a_sensible_answer_names_what_the_analysis_allows(advisor: Advisor, name: str) -> None:
    code, verdict = question(LOOPS[name])
    choice = sensible(code, verdict)
    directive = asked(advisor, LOOPS[name], choice).directive
    assert directive
    for clause in directive.clauses:
        allowed = choice.variables(clause.name, clause.modifier or "")
        assert set(clause.arguments) <= {code.names.spelled(symbol) for symbol in allowed}


def test_what_is_sensible() -> None:
    code, verdict = question(LOOPS["a sum"])
    choice = sensible(code, verdict)
    assert [code.names.spelled(symbol) for symbol in choice.private] == ["i", "t"]
    assert {op: [code.names.spelled(one) for one in names] for op, names in (choice.reductions or {}).items()} == {
        "+": ["sum"]
    }


def test_what_lives_in_the_loop_is_in_no_clause() -> None:
    """A directive stands in front of the loop, where nothing is visible that is declared inside."""
    code, verdict = question(LOOPS["a local array"])
    assert [code.names.spelled(symbol) for symbol in anything(code, verdict).private] == ["n", "a", "k", "b"]


def test_where_nothing_is_left_to_choose_there_is_nothing_to_be_unsure_of(advisor: Advisor) -> None:
    assert asked(advisor, LOOPS["a sum"], OpenmpChoice((), allow_none=True)) == Advised(None, 1.0)
    found = asked(advisor, LOOPS["a sum"], OpenmpChoice(("parallel for",)))
    assert found.directive
    assert (render(found.directive), found.probability) == ("#pragma omp parallel for", 1.0)


def test_yes_and_no_share_one_probability(advisor: Advisor) -> None:
    """The two directives of the choice and none are all there is."""
    found = asked(advisor, LOOPS["a sum"], OpenmpChoice(("parallel for",), allow_none=True))
    assert 0.5 <= found.probability < 1


def test_an_answer_outside_of_the_choice_is_none() -> None:
    with pytest.raises(HpclsError, match="cannot stand here"):
        asked(Scripted(NO_DIRECTIVE), LOOPS["a sum"])
    assert asked(Scripted(DIRECTIVE), LOOPS["a sum"]).directive


def test_a_loop_that_is_not_shown_is_not_asked_about() -> None:
    lines = "".join(f"a[{i}] = {i} * b[{i}];\n" for i in range(200))
    source = parse(
        f"void f(double *a, double *b, int n) {{\n{lines}for (int i = 0; i < n; i++) a[i] = b[i];\n}}\n", "a.c"
    )
    scopes = scopes_of(source)
    (analysis, *_), _ = analyse(source, scopes)
    code = code_prompt(source, (0, len(source.data)), scopes, 300)
    assert advise(Scripted(DIRECTIVE), code, analysis.verdict, anything(code, analysis.verdict)) is None

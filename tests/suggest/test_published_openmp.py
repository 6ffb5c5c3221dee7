"""MonoCoder's form: what it is asked, and that its answers name variables of the loop once each."""

from __future__ import annotations

import pytest

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Verdict
from hpcls.errors import HpclsError
from hpcls.suggest.published.clauses import Answered, Clauses, clauses_text
from hpcls.suggest.published.openmp import loop_prompt
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, parse
from hpcls.tokens.byte_pairs import BytePairs

from .published_walks import Walk, vocabulary

LOOP = """\
for (i = 0; i < n; i++) {
    #pragma omp atomic
    s += a[i];
  }"""
CHOICE = Clauses(("i", "my_var2", "n", "größe"), {"+": ("s", "n"), "max": ("s",), "&&": ()})


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> BytePairs:
    return vocabulary(tmp_path_factory.mktemp("vocabulary"))


def first_loop(text: str) -> tuple[Source, Verdict]:
    source = parse(text, "a.c")
    (analysis, *_), _ = analyse(source, scopes_of(source))
    return source, analysis.verdict


def test_the_question_is_the_loop_without_pragmas() -> None:
    source, verdict = first_loop(f"void f(int n, double *a, double s) {{\n  int i;\n  {LOOP}\n}}\n")
    assert loop_prompt(source, verdict) == "for (i = 0; i < n; i++) {\n    s += a[i];\n  }\nparallel"


@pytest.mark.parametrize(
    ("text", "private", "reduction"),
    [
        (" || private  || reduction  ||", (), ()),
        (" || private i my_var2 || reduction  ||", ("i", "my_var2"), ()),
        (" || private  || reduction + : s n ||", (), ("+", "s", "n")),
        (" || private größe n || reduction max : s ||", ("größe", "n"), ("max", "s")),
    ],
)
def test_the_published_answers_are_answers(
    pieces: BytePairs, text: str, private: tuple[str, ...], reduction: tuple[str, ...]
) -> None:
    end = Walk(CHOICE.grammar(), pieces).told(text).end
    assert isinstance(end, Answered)
    assert (end.answer.said, (end.answer.operator, *end.answer.reduced)) == (private, reduction or ("",))
    assert clauses_text(private, end.answer.operator, end.answer.reduced) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " || private j || reduction  ||",
        " || private i i || reduction  ||",
        " || private  || reduction + : n n ||",
        " || private n || reduction + : n ||",
        " || private  || reduction && : s ||",
        " || private  || reduction + :  ||",
        " || private  || reduction + : s || reduction max : s ||",
        " || private my_var || reduction  ||",
        " || private my_var22 || reduction  ||",
        " || private  || reduction  || private",
    ],
)
def test_what_is_out_of_scope_or_ill_formed_is_none(pieces: BytePairs, text: str) -> None:
    with pytest.raises((HpclsError, AssertionError)):
        Walk(CHOICE.grammar(), pieces).told(text)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_drawn_names_each_variable_once(pieces: BytePairs, seed: int) -> None:
    found, text = Walk(CHOICE.grammar(), pieces).drawn(seed)
    assert isinstance(found.end, Answered)
    answer = found.end.answer
    assert text == clauses_text(answer.said, answer.operator, answer.reduced)
    named = [*answer.said, *answer.reduced]
    assert len(set(named)) == len(named)
    assert set(answer.said) <= set(CHOICE.private)
    assert set(answer.reduced) <= set(CHOICE.reductions.get(answer.operator, ()))
    assert [clause.name for clause in answer.clauses] == [
        name for name, listed in (("private", answer.said), ("reduction", answer.reduced)) if listed
    ]

"""Answers about a loop: what may follow what, and that every answer ends, parses and stays in scope."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpcls.errors import HpclsError
from hpcls.suggest.grammar.openmp import OpenmpChoice, openmp_answer
from hpcls.syntax.openmp import DIRECTIVES
from hpcls.syntax.openmp_text import parse_directive
from tests.suggest.grammar_words import Vocabulary, allowed, say, takes, walk

CHOICE = OpenmpChoice(
    directives=("parallel for", "parallel for simd", "simd"),
    allow_none=True,
    private=("var_2", "var_0", "var_12"),
    firstprivate=("var_0",),
    lastprivate=("var_3",),
    reductions={"+": ("var_3", "var_4"), "max": ("var_4",)},
    collapse_max=3,
    schedules=("static", "runtime"),
)
BEHIND_NAME = "private firstprivate lastprivate reduction collapse schedule <end>"


@pytest.mark.parametrize(
    ("said", "following"),
    [
        ("", "<none> parallel simd"),
        ("<none>", "<end>"),
        ("parallel", "for"),
        ("parallel for", f"simd {BEHIND_NAME}"),
        ("parallel for simd", BEHIND_NAME),
        ("simd", "private lastprivate reduction collapse <end>"),
        ("parallel for private (", "var_2 var_0 var_1"),
        ("parallel for private ( var_0", ", )"),
        ("parallel for private ( var_0 ,", "var_1"),
        ("parallel for private ( var_12", ")"),
        ("parallel for private ( var_0 )", "lastprivate reduction collapse schedule <end>"),
        ("parallel for lastprivate ( var_3 ) reduction (", "+ max"),
        ("parallel for lastprivate ( var_3 ) reduction ( + : var_4 )", "collapse schedule <end>"),
        ("parallel for reduction ( + : var_3 )", "reduction collapse schedule <end>"),
        ("parallel for reduction ( + : var_3 ) reduction (", "max"),
        ("parallel for collapse (", "2 3"),
        ("parallel for collapse ( 2 )", "schedule <end>"),
        ("parallel for schedule (", "static runtime"),
        ("parallel for schedule ( runtime", ")"),
        ("parallel for schedule ( static", ", )"),
        ("parallel for schedule ( static ,", "1 2 3 4 5 6 7 8 9"),
        ("parallel for schedule ( static , 16 )", "<end>"),
    ],
)
def test_what_may_follow(said: str, following: str) -> None:
    vocabulary = Vocabulary()
    place = openmp_answer(CHOICE, vocabulary)
    say(place, vocabulary, said)
    assert allowed(place, vocabulary) == set(following.split())


@pytest.mark.parametrize(
    "answer",
    [
        "<none> <end>",
        "parallel for <end>",
        "parallel for private ( var_2 , var_12 ) firstprivate ( var_0 ) reduction ( max : var_4 ) collapse ( 3 ) <end>",
        "simd reduction ( max : var_4 ) reduction ( + : var_3 ) <end>",
        "parallel for schedule ( static , 128 ) <end>",
    ],
)
def test_answers(answer: str) -> None:
    assert takes(openmp_answer(CHOICE, vocabulary := Vocabulary()), vocabulary, answer)


@pytest.mark.parametrize(
    "answer",
    [
        "<none> parallel",
        "for",
        "simd firstprivate",
        "parallel for private ( var_0 , var_2",
        "parallel for private ( var_3",
        "parallel for private ( )",
        "parallel for private ( var_2 ) private",
        "parallel for schedule ( static ) private",
        "parallel for reduction ( + : var_4 ) reduction ( max",
        "parallel for collapse ( 1",
    ],
)
def test_no_answers(answer: str) -> None:
    assert not takes(openmp_answer(CHOICE, vocabulary := Vocabulary()), vocabulary, answer)


def test_what_is_forced() -> None:
    vocabulary = Vocabulary()
    place = openmp_answer(OpenmpChoice(("parallel for",), private=("var_7",)), vocabulary)
    assert vocabulary.read(place.forced()) == "parallel for"
    say(place, vocabulary, "parallel for private")
    assert vocabulary.read(place.forced()) == "( var_7 ) <end>"


def test_a_choice_that_leaves_nothing_is_refused() -> None:
    with pytest.raises(HpclsError, match="needs a directive"):
        openmp_answer(OpenmpChoice(()), Vocabulary())
    with pytest.raises(HpclsError, match="paralel for"):
        openmp_answer(OpenmpChoice(("paralel for",)), Vocabulary())


SYMBOLS = st.lists(st.integers(0, 20).map("var_{}".format), unique=True, max_size=5).map(tuple)
CHOICES = st.builds(
    OpenmpChoice,
    directives=st.lists(
        st.sampled_from(["for", "parallel for", "simd", "for simd", "target teams distribute parallel for"]),
        unique=True,
        min_size=1,
    ).map(tuple),
    allow_none=st.booleans(),
    private=SYMBOLS,
    firstprivate=SYMBOLS,
    lastprivate=SYMBOLS,
    reductions=st.dictionaries(st.sampled_from(["+", "*", "&&", "min"]), SYMBOLS),
    collapse_max=st.integers(0, 4),
    schedules=st.lists(st.sampled_from(["static", "dynamic", "auto"]), unique=True).map(tuple),
)


@given(CHOICES, st.data())
def test_every_answer_ends_and_is_a_directive_of_variables_given(choice: OpenmpChoice, data: st.DataObject) -> None:
    vocabulary = Vocabulary()
    ids = walk(openmp_answer(choice, vocabulary), lambda n: data.draw(st.integers(0, n - 1)), limit=200)
    text = vocabulary.read(ids)
    assert text.endswith("<end>")
    if text == "<none> <end>":
        assert choice.allow_none
        return
    directive = parse_directive(text.removesuffix("<end>"))
    assert directive is not None
    assert directive.name in choice.directives
    for clause in directive.clauses:
        assert DIRECTIVES[directive.name].allows(clause.name, "5.2")
        if clause.name not in ("collapse", "schedule"):
            assert clause.arguments
            given_order = choice.variables(clause.name, clause.modifier or "")
            assert list(clause.arguments) == [one for one in given_order if one in clause.arguments]
    listed = [one for clause in directive.clauses for one in clause.arguments if one.startswith("var_")]
    assert max(Counter(listed).values(), default=1) == 1


@given(CHOICES, st.data())
def test_everywhere_one_can_close_and_forced_is_the_only_way(choice: OpenmpChoice, data: st.DataObject) -> None:
    vocabulary = Vocabulary()
    place = openmp_answer(choice, vocabulary)
    for _ in range(data.draw(st.integers(0, 30))):
        if place.is_done:
            break
        copy = place.fork()
        for one in copy.closing():
            assert one in copy.allowed()
            copy.advance(one)
        assert copy.is_done
        for one in place.fork().forced():
            assert place.allowed().tolist() == [one]
            place.advance(one)
        if not place.is_done:
            choices = place.allowed()
            assert len(choices) > 1
            place.advance(int(choices[data.draw(st.integers(0, len(choices) - 1))]))

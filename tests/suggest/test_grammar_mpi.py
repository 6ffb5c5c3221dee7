"""Answers about MPI: which words fit which argument, and that every answer ends, parses and stays in scope."""

from __future__ import annotations

import re
from dataclasses import replace
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpcls.errors import NothingFits
from hpcls.suggest.advise_mpi import answered_calls
from hpcls.suggest.grammar.mpi import Gap, arguments_of, mpi_answer, next_call
from hpcls.suggest.grammar.mpi_gapwise import LONGEST
from hpcls.suggest.grammar.names import Name, Place, Scope
from hpcls.suggest.grammar.slots import offered_functions
from hpcls.syntax.mpi import is_code, mpi_calls, mpi_constant
from hpcls.syntax.source import parse
from tests.suggest.grammar_words import Vocabulary, allowed, say, takes, walk

SCOPE = Scope(
    names=(
        Name("var_0", "int"),  # rank
        Name("var_1", "double", pointers=1),  # x
        Name("arr_0", "double", dimensions=2),  # a[4][4]
        Name("arr_1", "int", dimensions=1),  # counts
        Name("var_2", "MPI_Comm"),
        Name("arr_2", "MPI_Request", dimensions=1),
        Name("var_3", "MPI_Status"),
        Name("var_4", "particle", members=(("field_0", Place("int")), ("field_1", Place("double", dimensions=1)))),
        Name("var_5", "std::vector<float>"),
        Name("var_6", "int", is_parameter=True),  # argc
        Name("var_7", "char", pointers=2, is_parameter=True),  # argv
        Name("var_8", "int", is_constant=True),
        Name("var_9", "double", pointers=2),  # rows
        Name("num_0", "int"),
        Name("str_0", "char", pointers=1),
    ),
    functions=("func_0",),
    types=("type_0", "struct struct_0"),
)
GAP = Gap(3, SCOPE)
SEND = "MPI_Send ( {} , 1 , MPI_BYTE , 1 , 0 , MPI_COMM_WORLD ) <end>"


def call(text: str) -> bool:
    """Whether `text` may be called at one place, from its function on."""
    vocabulary = Vocabulary()
    return takes(next_call(GAP, vocabulary), vocabulary, f"<L5> {text}")


@pytest.mark.parametrize(
    "buffer",
    [
        "var_1", "& var_0", "& var_1 [ 3 ]", "var_1 + 4 * var_0", "arr_0", "& arr_0", "& arr_0 [ 1 ] [ var_0 ]",
        "arr_0 [ var_0 + 1 ]", "& var_4", "& var_4 . field_0", "var_4 . field_1", "var_5 . data ( )", "& var_5 [ 0 ]",
        "var_9 [ 2 ]", "( var_1 + 2 ) + var_0", "MPI_BOTTOM", "NULL", "str_0",
    ],
)  # fmt: skip
def test_buffers(buffer: str) -> None:
    assert call(SEND.format(buffer))


@pytest.mark.parametrize(
    "buffer",
    [
        "var_0", "& var_1 ,", "var_5 ,", "& var_5 ,", "var_2", "& var_2 ,", "1", "var_9 ,", "MPI_IN_PLACE", "& num_0",
        "func_0",
    ],
)  # fmt: skip
def test_no_buffers(buffer: str) -> None:
    assert not call(f"MPI_Send ( {buffer}")


@pytest.mark.parametrize(
    ("buffer", "datatype"),
    [
        ("& var_0", "MPI_INT"), ("arr_1", "MPI_INT"), ("arr_1 + 1", "MPI_FLOAT"), ("var_1", "MPI_DOUBLE"),
        ("& var_1 [ 3 ]", "MPI_DOUBLE"), ("arr_0 [ var_0 + 1 ]", "MPI_DOUBLE"),
        ("& arr_0 [ 1 ] [ var_0 ]", "MPI_DOUBLE"),
        ("& arr_0", "MPI_INT"), ("var_1", "MPI_BYTE"), ("& var_4", "MPI_INT"), ("& var_5 [ 0 ]", "MPI_FLOAT"),
        ("MPI_BOTTOM", "MPI_INT"),
    ],
)  # fmt: skip
def test_a_datatype_goes_with_the_buffer_in_front(buffer: str, datatype: str) -> None:
    """As far as its declaration tells: what is computed, or an object of several types, may be sent as anything."""
    assert call(f"MPI_Send ( {buffer} , 1 , {datatype} , 1 , 0 , var_2 ) <end>")
    assert call(f"MPI_Allreduce ( MPI_IN_PLACE , {buffer} , 1 , {datatype} , MPI_SUM , var_2 ) <end>")


@pytest.mark.parametrize(
    ("buffer", "datatype"),
    [
        ("& var_0", "MPI_DOUBLE"), ("arr_1", "MPI_LONG"), ("var_1", "MPI_INT"), ("& var_1 [ 3 ]", "MPI_FLOAT"),
        ("arr_0 [ var_0 + 1 ]", "MPI_INT"), ("& arr_0 [ 1 ] [ var_0 ]", "MPI_FLOAT"), ("str_0", "MPI_INT"),
    ],
)  # fmt: skip
def test_no_datatype_of_other_elements(buffer: str, datatype: str) -> None:
    assert not call(f"MPI_Send ( {buffer} , 1 , {datatype} ,")


@pytest.mark.parametrize(
    "count",
    [
        "4", "num_0", "var_0", "- 1", "var_0 * ( num_0 + 1 ) / 2", "arr_1 [ var_0 - 1 ]", "var_4 . field_0",
        "sizeof ( double )", "4 * sizeof ( struct struct_0 )", "sizeof ( arr_0 ) / sizeof ( arr_0 [ 0 ] )",
        "strlen ( str_0 ) + 1", "var_5 . size ( )", "var_3 . MPI_SOURCE", "MPI_MAX_PROCESSOR_NAME",
        "sizeof ( unsigned long )", "var_8",
    ],
)  # fmt: skip
def test_integers(count: str) -> None:
    assert call(f"MPI_Send ( var_1 , {count} , MPI_BYTE , 1 , 0 , var_2 ) <end>")


@pytest.mark.parametrize(
    "count",
    [
        "var_1 ,", "arr_1 ,", "& var_0", "var_2", "MPI_ANY_TAG", "* 2", "1 + - 1", "( ( ( ( 1", "str_0", "MPI_INT",
        "num_7",
    ],
)  # fmt: skip
def test_no_integers(count: str) -> None:
    assert not call(f"MPI_Send ( var_1 , {count}")


@pytest.mark.parametrize(
    "text",
    [
        "MPI_Init ( & var_6 , & var_7 ) <end>",
        "MPI_Init ( NULL , NULL ) <end>",
        "MPI_Comm_rank ( var_2 , & var_0 ) <end>",
        "MPI_Comm_rank ( MPI_COMM_SELF , arr_1 + 1 ) <end>",
        "MPI_Recv ( var_1 , 1 , MPI_BYTE , MPI_ANY_SOURCE , MPI_ANY_TAG , var_2 , MPI_STATUS_IGNORE ) <end>",
        "MPI_Recv ( var_1 , 1 , MPI_BYTE , 0 , 124 , var_2 , & var_3 ) <end>",
        "MPI_Isend ( var_1 , 1 , MPI_BYTE , 0 , 0 , var_2 , & arr_2 [ var_0 ] ) <end>",
        "MPI_Waitall ( 2 , arr_2 , MPI_STATUSES_IGNORE ) <end>",
        "MPI_Gather ( MPI_IN_PLACE , 1 , MPI_BYTE , arr_1 , 1 , MPI_BYTE , 0 , var_2 ) <end>",
        "MPI_Scatter ( NULL , 1 , MPI_BYTE , MPI_IN_PLACE , 1 , MPI_BYTE , 0 , var_2 ) <end>",
        "MPI_Comm_split ( var_2 , MPI_UNDEFINED , var_0 , & var_2 ) <end>",
        "MPI_Alloc_mem ( 8 , MPI_INFO_NULL , & var_1 ) <end>",
        "MPI_Abort ( var_2 , 1 ) <end>",
    ],
)
def test_calls(text: str) -> None:
    assert call(text)


@pytest.mark.parametrize(
    "text",
    [
        "MPI_Init ( & var_0",  # no parameter of main
        "MPI_Init ( & var_6 , & var_6",
        "MPI_Comm_rank ( var_2 , var_0",  # its value, not its address
        "MPI_Comm_rank ( var_2 , & var_8",  # constant
        "MPI_Comm_rank ( var_2 , & num_0",
        "MPI_Comm_rank ( var_2 , NULL",
        "MPI_Comm_rank ( MPI_INT",
        "MPI_Send ( var_1 , 1 , MPI_BYTE , MPI_ANY_SOURCE",
        "MPI_Recv ( str_0",  # a literal cannot be written
        "MPI_Recv ( var_1 , 1 , MPI_BYTE , 0 , 0 , var_2 , MPI_STATUSES_IGNORE",
        "MPI_Wait ( arr_2 [ 0 ] ,",
        "MPI_Scatter ( MPI_IN_PLACE",
        "MPI_Win_fence",  # no window in scope: not even its name is offered
        "MPI_Wtime",  # nobody takes its result
        "MPI_Type_struct",  # removed in MPI-3.0
        "MPI_T_init_thread",
        "<end>",
    ],
)
def test_no_calls(text: str) -> None:
    assert not call(text)


def test_an_argument_is_at_most_sixteen_words_long() -> None:
    assert call("MPI_Send ( var_1 , - ( 1 + 2 ) + ( 1 + 2 ) + 1 + 2 ,")
    assert not call("MPI_Send ( var_1 , - ( 1 + 2 ) + ( 1 + 2 ) + ( 1 +")


def test_a_trace_of_forced_words() -> None:
    vocabulary = Vocabulary()
    place = mpi_answer((Gap(1, Scope(())), Gap(4, Scope((Name("var_0", "int"),)))), vocabulary, limit=2)
    assert vocabulary.read(place.forced()) == "<L3>"
    say(place, vocabulary, "<L3>")
    assert {"MPI_Init", "<L6>", "<end>"} < allowed(place, vocabulary)
    assert "MPI_Comm_rank" not in allowed(place, vocabulary)  # it has nothing to write to
    say(place, vocabulary, "MPI_Init")
    assert vocabulary.read(place.forced()) == "("
    say(place, vocabulary, "( NULL , NULL")
    assert vocabulary.read(place.forced()) == ")"
    say(place, vocabulary, ") <L6> MPI_Comm_rank ( MPI_COMM_WORLD")
    assert vocabulary.read(place.forced()) == ", & var_0 ) <end>"


def test_what_is_proposed_is_given_in_front_of_the_decision() -> None:
    vocabulary = Vocabulary()
    given = "for ( <facts> MPI_Barrier ( var_2 ) <answer>"
    place = mpi_answer((*LINES[:3], replace(LINES[3], given=tuple(given.split()))), vocabulary, limit=5)
    say(place, vocabulary, "<L4> <L6> MPI_Wtime ( ) <L7> <L9>")
    assert vocabulary.read(place.forced()) == given
    for answer in (f"{given} <end>", f"{given} MPI_Barrier ( MPI_COMM_WORLD ) MPI_Finalize ( ) <end>"):
        assert takes(place, vocabulary, answer)


def test_gaps_without_a_call_are_likely() -> None:
    """They are read together: <L4> is forced, and behind every call the rest may still stay empty."""
    vocabulary = Vocabulary()
    place = mpi_answer(LINES, vocabulary, limit=5)
    say(place, vocabulary, "<L4>")
    assert vocabulary.read(list(place.likely())) == "<L6> <L7> <L9>"
    say(place, vocabulary, "MPI_Barrier (")
    assert not place.likely()
    say(place, vocabulary, "var_2 ) <L6>")
    assert vocabulary.read(list(place.likely())) == "<L7> <L9>"


LINES = tuple(Gap(line, SCOPE, is_value=line == 4, is_branch=line == 5) for line in (2, 4, 5, 7))


@pytest.mark.parametrize(
    ("answer", "is_one"),
    [
        ("<L4> MPI_Init ( NULL , NULL ) MPI_Barrier ( var_2 ) <L6> <L7> <L9> MPI_Finalize ( ) <end>", True),
        ("<L4> <L6> <L7> <L9> <end>", True),
        ("<L4> <end>", True),
        ("<L6>", False),  # a gap is left out
        ("<L4> <L6> <L4>", False),  # back
        ("<L4> <L5>", False),
        ("<L4> MPI_Init ( NULL , NULL ) <L6> <L7> <L9> MPI_Init", False),  # twice
        ("<L4> MPI_Barrier ( var_2 ) MPI_Barrier ( MPI_COMM_WORLD ) <end>", True),
        ("<L4> MPI_Barrier ( var_2 ) MPI_Barrier ( var_2", False),  # the same again
        ("<L4> MPI_Barrier ( var_2 ) <L6> <L7> MPI_Barrier ( var_2 ) <end>", True),
        ("<L4> <L6> MPI_Wtime ( ) <L7>", True),
        ("<L4> <L6> MPI_Wtime ( ) MPI_Wtime", False),  # one value only
        ("<L4> MPI_Wtime", False),
        ("<L4> <L6> <L7> MPI_Barrier ( var_2 ) <L9>", True),
        ("<L4> <L6> <L7> MPI_Barrier ( var_2 ) MPI_Barrier", False),  # the else would lose its if
    ],
)
def test_lines(answer: str, is_one: bool) -> None:
    vocabulary = Vocabulary()
    assert takes(mpi_answer(LINES, vocabulary, limit=5), vocabulary, answer) == is_one


def test_an_answer_that_has_become_long_ends() -> None:
    vocabulary = Vocabulary()
    place = mpi_answer(LINES, vocabulary, limit=500)
    say(place, vocabulary, "<L4>")
    call = "MPI_Send ( var_1 , 1 , MPI_BYTE , 0 , 0 , var_2 )"
    for tag in range(ceil(LONGEST / (len(call.split()) + 1))):
        assert not place.is_done
        say(place, vocabulary, call.replace("0 , 0", f"{tag // 10} , {tag % 10}"))
    assert allowed(place, vocabulary) == {"<end>"}


def test_no_more_calls_than_asked_for() -> None:
    vocabulary = Vocabulary()
    place = mpi_answer(LINES, vocabulary, limit=1)
    say(place, vocabulary, "<L4> MPI_Finalize ( )")
    assert vocabulary.read(place.forced()) == "<end>"


def test_the_rest_of_a_started_call() -> None:
    vocabulary = Vocabulary()
    place = arguments_of("MPI_Reduce", (("&", "x"), ("&", "y")), GAP, vocabulary)
    begun = "<L5> MPI_Reduce ( & x , & y ,"
    assert vocabulary.read(place.forced()) == begun
    say(place, vocabulary, begun)
    assert "var_0" in allowed(place, vocabulary)
    say(place, vocabulary, "1 , MPI_BYTE , MPI_SUM , 0 , MPI_COMM_WORLD")
    assert vocabulary.read(place.forced()) == ") <end>"
    place = arguments_of("MPI_Comm_free", (), GAP, vocabulary)
    assert vocabulary.read(place.forced()) == "<L5> MPI_Comm_free ( & var_2 ) <end>"


@pytest.mark.parametrize(
    ("function", "given"), [("MPI_Sent", ()), ("MPI_Barrier", (("a",), ("b",))), ("MPI_Win_fence", (("0",),))]
)
def test_calls_that_cannot_be_completed_are_refused(function: str, given: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(NothingFits, match=function):
        arguments_of(function, given, GAP, Vocabulary())


def test_names_without_a_declaration_fit_everywhere() -> None:
    scope = Scope((Name("var_0", is_known=False),), fields=("field_0",))
    vocabulary = Vocabulary()
    for text in (
        "MPI_Send ( var_0 , var_0 , var_0 , var_0 , var_0 , var_0 ) <end>",
        "MPI_Send ( & var_0 , var_0 -> field_0 , var_0 , var_0 [ 0 ] , var_0 . field_0 , var_0 ) <end>",
        "MPI_Waitall ( var_0 , var_0 , var_0 ) <end>",
        "MPI_Op_create ( var_0 , 0 , & var_0 ) <end>",
    ):
        assert takes(next_call(Gap(0, scope), vocabulary), vocabulary, f"<L2> {text}")


TYPES = st.sampled_from(["int", "double", "char", "MPI_Comm", "MPI_Request", "MPI_Win", "float", "struct struct_0", ""])


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    """A few names of any type."""
    names = tuple(
        Name(
            f"{'arr' if dimensions else 'var'}_{i}", c_type, draw(st.integers(0, 2)), dimensions, bool(c_type),
            is_parameter=draw(st.booleans()), is_constant=draw(st.booleans()),
        )
        for i, c_type in enumerate(draw(st.lists(TYPES, max_size=8)))
        for dimensions in (draw(st.integers(0, 2)),)
    )  # fmt: skip
    return Scope(names, ("func_0",), ("type_0",), ("field_0",))


@settings(deadline=None)
@given(st.lists(scopes(), min_size=1, max_size=3), st.integers(0, 4), st.data())
def test_every_answer_ends_parses_and_stays_in_scope(found: list[Scope], limit: int, data: st.DataObject) -> None:
    vocabulary = Vocabulary()
    gaps = tuple(Gap(3 * i, scope, data.draw(st.booleans())) for i, scope in enumerate(found))
    gaps = tuple(replace(gap, given=("for", "(", "<answer>")) for gap in gaps)
    ids = walk(mpi_answer(gaps, vocabulary, limit), lambda n: data.draw(st.integers(0, n - 1)), limit=limit * 400 + 20)
    text = vocabulary.read(ids)
    assert text.endswith("<end>")
    answered = text.split()
    parts = [(gap, answered[start:end]) for gap, start, end in answered_calls(answered)]
    assert len(parts) <= limit
    assert [gap for gap, _ in parts] == sorted(gap for gap, _ in parts)
    for line, words in parts:
        source = parse(f"void f(void) {{ {' '.join(words)}; }}", "answer.cpp", "cpp")
        calls = mpi_calls(source)
        assert len(calls) == 1
        assert calls[0].arity_matches
        assert calls[0].name in offered_functions()
        assert not source.tree.root_node.has_error
        assert is_code(source, 1, 20)
        scope = found[line // 3]
        own = {name.symbol for name in scope.names} | {"func_0", "type_0", "field_0"}
        assert {word for word in words if re.fullmatch(r"[a-z]+_\d+", word)} <= own
        constants = {word for word in words[1:] if word.startswith("MPI_")}
        assert all(mpi_constant(word) or word in _SIZED for word in constants)


_SIZED = {"MPI_Aint", "MPI_Offset", "MPI_Datatype", "MPI_Request", "MPI_Status"}


@settings(deadline=None)
@given(scopes(), st.data())
def test_everywhere_one_can_close_and_forced_is_the_only_way(scope: Scope, data: st.DataObject) -> None:
    vocabulary = Vocabulary()
    place = mpi_answer((Gap(0, scope), Gap(1, scope, is_value=True)), vocabulary, limit=3)
    for _ in range(data.draw(st.integers(0, 60))):
        copy = place.fork()
        for one in copy.closing():
            assert one in copy.allowed()
            copy.advance(one)
        assert copy.is_done
        for one in place.fork().forced():
            assert place.allowed().tolist() == [one]
            place.advance(one)
        if place.is_done:
            break
        choices = place.allowed()
        assert len(choices) > 1
        place.advance(int(choices[data.draw(st.integers(0, len(choices) - 1))]))


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_a_call_is_never_repeated_at_its_line(data: st.DataObject) -> None:
    """One line, few names, many calls: repetitions would come by themselves."""
    vocabulary = Vocabulary()
    place = mpi_answer((Gap(0, Scope(()), given=("<answer>",)),), vocabulary, limit=12)
    short = ("MPI_Barrier", "MPI_Finalize", "MPI_Buffer_detach", "MPI_Comm_test_inter", "<end>")
    said: list[str] = []
    while not place.is_done:
        words = {vocabulary.read([int(one)]): int(one) for one in place.allowed()}
        wanted = [word for word in words if word in short[:-1]] or sorted(words)
        said.append(data.draw(st.sampled_from(wanted)))
        place.advance(words[said[-1]])
    calls = [" ".join(said[start:end]) for _, start, end in answered_calls(said)]
    assert len(calls) > 1
    assert len(set(calls)) == len(calls)


def test_a_fence_comes_in_pairs() -> None:
    vocabulary = Vocabulary()
    place = mpi_answer((Gap(0, Scope((Name("var_0", "MPI_Win"),))),), vocabulary, limit=9)
    fence = "MPI_Win_fence ( 0 , var_0 )"
    assert takes(place, vocabulary, f"<L2> {fence} {fence} <end>")
    assert not takes(place, vocabulary, f"<L2> {fence} {fence} {fence}")

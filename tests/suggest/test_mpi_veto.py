"""What a model may propose, and what becomes of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpcls.suggest.changes import apply
from hpcls.suggest.mpi.edits import suggestions
from hpcls.suggest.mpi.facts.gaps import filled
from hpcls.suggest.mpi.facts.pair import is_named_for_the_other
from hpcls.suggest.mpi.facts.program import read_program
from hpcls.suggest.mpi.fits import read_call
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.veto import accepted
from hpcls.syntax.mpi import mpi_calls
from hpcls.syntax.source import parse

PROGRAM = """\
#include <mpi.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    int rank, n = 4;
    double a[4] = {0}, *p = a, t;
    float f;
    MPI_Status status;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    if (rank == 0)
        a[0] = 1.0; // alone
    else if (rank == 1) {
        int inner = 2;
        printf("%d\\n", inner);
    }
    for (int i = 0; i < n; i++)
        a[i] += 1.0;
    switch (n) {
    case 4:
        t = 2.0;
        break;
    }
    printf("%f %f %f\\n", a[0], t,
           *p + f);
    MPI_Finalize();
    return 0;
}
"""
WORLD = "MPI_COMM_WORLD"


def offered(*calls: PlacedCall, text: str = PROGRAM) -> str | None:
    """The text with those of `calls` that are offered; None where none is."""
    whole = filled(text)
    parsed = parse(whole.text, "a.c")
    found = suggestions(parse(text, "a.c"), parsed, accepted(read_program(parsed), whole.gaps, calls))
    return apply(text, [edit for one in found for edit in one.edits]) if found else None


RIGHT = {
    "a barrier": PlacedCall(11, "MPI_Barrier", (WORLD,)),
    "an array": PlacedCall(19, "MPI_Bcast", ("a", "n", "MPI_DOUBLE", "0", WORLD)),
    "a pointer and what lies behind it": PlacedCall(19, "MPI_Bcast", ("p + 1", "n - 1", "MPI_DOUBLE", "0", WORLD)),
    "an element": PlacedCall(19, "MPI_Bcast", ("&a[1]", "1", "MPI_DOUBLE", "0", WORLD)),
    "a variable of the block": PlacedCall(15, "MPI_Send", ("&inner", "1", "MPI_INT", "0", "0", WORLD)),
    "a status": PlacedCall(16, "MPI_Recv", ("a", "n", "MPI_DOUBLE", "MPI_ANY_SOURCE", "MPI_ANY_TAG", WORLD, "&status")),
    "a status that is ignored": PlacedCall(
        16, "MPI_Recv", ("a", "n", "MPI_DOUBLE", "0", "0", WORLD, "MPI_STATUS_IGNORE")
    ),
    "bytes of anything": PlacedCall(19, "MPI_Bcast", ("&f", "sizeof(f)", "MPI_BYTE", "0", WORLD)),
    "a case": PlacedCall(21, "MPI_Barrier", (WORLD,)),
}

WRONG = {
    "no function of the standard": PlacedCall(11, "MPI_Hello", (WORLD,)),
    "a function that the standard removed": PlacedCall(11, "MPI_Address", ("a", "&n")),
    "too few arguments": PlacedCall(11, "MPI_Barrier", ()),
    "too many arguments": PlacedCall(11, "MPI_Barrier", (WORLD, "0")),
    "a result that nobody takes": PlacedCall(11, "MPI_Wtime"),
    "no arguments at all": PlacedCall(11, "MPI_Barrier", (") + (",)),
    "a name that is not declared": PlacedCall(11, "MPI_Barrier", ("comm",)),
    "a name out of scope": PlacedCall(17, "MPI_Send", ("&inner", "1", "MPI_INT", "0", "0", WORLD)),
    "a number for a buffer": PlacedCall(19, "MPI_Bcast", ("n", "1", "MPI_INT", "0", WORLD)),
    "the address of a pointer": PlacedCall(19, "MPI_Bcast", ("&p", "1", "MPI_DOUBLE", "0", WORLD)),
    "another datatype than the buffer's": PlacedCall(19, "MPI_Bcast", ("a", "n", "MPI_INT", "0", WORLD)),
    "a floating count": PlacedCall(19, "MPI_Bcast", ("a", "t", "MPI_DOUBLE", "0", WORLD)),
    "a variable where its address is wanted": PlacedCall(11, "MPI_Comm_size", (WORLD, "n")),
    "the address of a float for that of an int": PlacedCall(11, "MPI_Comm_size", (WORLD, "&f")),
    "a constant of another kind": PlacedCall(19, "MPI_Bcast", ("a", "n", "MPI_SUM", "0", WORLD)),
    "a second start": PlacedCall(11, "MPI_Init", ("&argc", "&argv")),
    "a second end": PlacedCall(26, "MPI_Finalize"),
    "what is there already": PlacedCall(19, "MPI_Comm_rank", (WORLD, "&rank")),
    "before the start": PlacedCall(9, "MPI_Barrier", (WORLD,)),
    "behind the end": PlacedCall(27, "MPI_Barrier", (WORLD,)),
    "a collective for one process": PlacedCall(15, "MPI_Barrier", (WORLD,)),
    "within a statement": PlacedCall(25, "MPI_Barrier", (WORLD,)),
    "before a declaration of the file": PlacedCall(3, "MPI_Barrier", (WORLD,)),
    "between a head and its block": PlacedCall(4, "MPI_Barrier", (WORLD,)),
    "between a branch and its else": PlacedCall(13, "MPI_Send", ("a", "1", "MPI_DOUBLE", "1", "0", WORLD)),
    "behind a break": PlacedCall(23, "MPI_Barrier", (WORLD,)),
    "in front of the first case": PlacedCall(20, "MPI_Barrier", (WORLD,)),
    "past the end of the file": PlacedCall(400, "MPI_Barrier", (WORLD,)),
    "before the first line": PlacedCall(-1, "MPI_Barrier", (WORLD,)),
}


@pytest.mark.parametrize("call", RIGHT.values(), ids=RIGHT.keys())
def test_what_fits_is_offered_at_its_place(call: PlacedCall) -> None:
    text = offered(call)
    assert text is not None
    lines = text.split("\n")
    assert lines[call.line].strip() == f"{call.text};"
    assert [*lines[: call.line], *lines[call.line + 1 :]] == PROGRAM.split("\n")


@pytest.mark.parametrize("call", WRONG.values(), ids=WRONG.keys())
def test_what_does_not_fit_is_not(call: PlacedCall) -> None:
    assert offered(call) is None


def test_a_lone_statement_gets_braces_around_both() -> None:
    send = PlacedCall(12, "MPI_Send", ("a", "1", "MPI_DOUBLE", "1", "0", WORLD))
    text = offered(send, PlacedCall(12, "MPI_Send", ("a", "1", "MPI_DOUBLE", "2", "0", WORLD)))
    assert text is not None
    assert text.split("\n")[11:17] == [
        "    if (rank == 0) {",
        "        MPI_Send(a, 1, MPI_DOUBLE, 1, 0, MPI_COMM_WORLD);",
        "        MPI_Send(a, 1, MPI_DOUBLE, 2, 0, MPI_COMM_WORLD);",
        "        a[0] = 1.0;",
        "    } // alone",
        "    else if (rank == 1) {",
    ]


def test_a_value_fills_the_assignment_that_lacks_it_once() -> None:
    text = PROGRAM.replace("t = 2.0;", "t =")
    time = PlacedCall(22, "MPI_Wtime")
    found = offered(time, time, text=text)
    assert found is not None
    assert found.split("\n")[21] == "        t = MPI_Wtime();"
    assert found.count("MPI_Wtime") == 1


def test_a_call_without_a_start_takes_all_with_it() -> None:
    text = PROGRAM.replace("    MPI_Init(&argc, &argv);\n", "")
    assert offered(PlacedCall(10, "MPI_Barrier", (WORLD,)), text=text) is None
    init = PlacedCall(9, "MPI_Init", ("&argc", "&argv"))
    assert offered(init, PlacedCall(10, "MPI_Barrier", (WORLD,)), text=text) is not None


def moved(call: PlacedCall, line: int) -> PlacedCall:
    return PlacedCall(line, call.function, call.arguments)


CALLS = st.sampled_from([*RIGHT.values(), *WRONG.values()])
PROPOSALS = st.lists(st.builds(moved, CALLS, st.integers(0, 31)))
TEXTS = st.sampled_from(
    [
        PROGRAM,
        PROGRAM.replace("    MPI_Init(&argc, &argv);\n", "").replace("    MPI_Finalize();\n", ""),
        PROGRAM.replace("    for", "#pragma omp parallel for\n    for").replace("\n", "\r\n"),
        PROGRAM.replace('    printf("%f', '#ifdef SHOW\n    printf("%f').replace("*p + f);", "*p + f);\n#endif"),
        PROGRAM.replace("t = 2.0;", "t ="),
    ]
)


@settings(deadline=None, max_examples=60)
@given(TEXTS, PROPOSALS)
def test_whatever_is_proposed_the_text_still_parses_and_has_the_accepted_calls_more(
    text: str, calls: list[PlacedCall]
) -> None:
    whole = filled(text)
    before = parse(whole.text, "a.c")
    placements = accepted(read_program(before), whole.gaps, calls)
    found = suggestions(parse(text, "a.c"), before, placements)
    after = parse(filled(apply(text, [edit for one in found for edit in one.edits])).text, "a.c")
    assert not after.tree.root_node.has_error
    assert len(mpi_calls(after)) == len(mpi_calls(before)) + len(placements)


@pytest.mark.parametrize(
    ("call", "is_crossed"),
    [
        ("MPI_Comm_rank(MPI_COMM_WORLD, &size)", True),
        ("MPI_Comm_size(MPI_COMM_WORLD, &own->rank)", True),
        ("MPI_Comm_size(MPI_COMM_WORLD, &own->size)", False),
        ("MPI_Comm_rank(MPI_COMM_WORLD, &where)", False),
        ("MPI_Reduce(&a, &size, 1, MPI_INT, MPI_SUM, 0, MPI_COMM_WORLD)", False),
    ],
)
def test_rank_and_size_are_not_confused(call: str, is_crossed: bool) -> None:
    read = read_call(call)
    assert read
    assert is_named_for_the_other(call.partition("(")[0], read.arguments[-1]) is is_crossed

"""MPI calls in a source, and the call at a position."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from hpcls.syntax.mpi import MpiCall, call_at, mpi_calls
from hpcls.syntax.source import Source, parse

EXCHANGE = """\
#include <mpi.h>
int MPI_Send(const void *buf, int count); /* a prototype is no call: MPI_Send(1) */
#define CHECK(x) MPI_Barrier(x)
int main(int argc, char **argv) {
    MPI_Init(&argc, &argv);
    int error = MPI_Comm_rank(comm, /* whose, what */ &rank);
    if (rank) MPI_Send(f(a, b), sizeof("x, y(") / 2, MPI_CHAR, ',', 0, comm);
    CHECK_ALL(MPI_Wait(&q, MPI_STATUS_IGNORE));
    puts("MPI_Finalize()");
    PMPI_Send(1); mpi_send(1); MPI_SEND(1); my_MPI_Send(1); MPI_Comm c; // MPI_Finalize()
    MPI_Frobnicate(1);
    return MPI_Finalize();
}
"""


def calls(text: str, path: str = "a.c") -> tuple[MpiCall, ...]:
    return mpi_calls(parse(text, path))


def at_cursor(text: str, path: str = "a.c") -> tuple[str, int] | None:
    """The name of the call around `|` and the index of its active parameter."""
    before, after = text.split("|")
    found = call_at(parse(before + after, path), before.count("\n") + 1, len(before) - before.rfind("\n"))
    return (found[0].name, found[1]) if found else None


def test_every_call_and_nothing_else() -> None:
    found = [(call.name, call.line, call.is_statement) for call in calls(EXCHANGE)]
    assert found == [
        ("MPI_Init", 5, True),
        ("MPI_Comm_rank", 6, False),
        ("MPI_Send", 7, True),
        ("MPI_Wait", 8, False),
        ("MPI_Frobnicate", 11, True),
        ("MPI_Finalize", 12, False),
    ]


def test_arguments_are_named_after_the_standards_parameters() -> None:
    send = calls(EXCHANGE)[2]
    assert {argument.name: argument.text for argument in send.arguments} == {
        "buf": "f(a, b)",
        "count": 'sizeof("x, y(") / 2',
        "datatype": "MPI_CHAR",
        "dest": "','",
        "tag": "0",
        "comm": "comm",
    }
    tag = send.argument("tag")
    assert tag is not None
    assert EXCHANGE.encode()[tag.start : tag.end] == b"0"
    assert send.argument("request") is None
    assert send.text.startswith("MPI_Send(f(a") and send.text.endswith("comm)")


def test_comments_are_no_part_of_an_argument() -> None:
    rank = calls(EXCHANGE)[1].argument("rank")
    assert rank is not None and rank.text == "&rank"


def test_an_unknown_function_has_no_names() -> None:
    call = calls(EXCHANGE)[4]
    assert call.function is None and not call.arity_matches
    assert [(argument.name, argument.text) for argument in call.arguments] == [(None, "1")]


def test_arity() -> None:
    texts = ["MPI_Barrier(c)", "MPI_Barrier()", "MPI_Barrier(c, d)", "MPI_Finalize()", "MPI_Pcontrol(1)"]
    texts += ["MPI_Pcontrol(1, 2, 3)", "MPI_Barrier(c"]
    found = [calls(f"void f(void) {{ {text}; }}")[0].arity_matches for text in texts]
    assert found == [True, False, False, True, True, True, False]


def test_template_arguments_are_not_arguments_of_the_call() -> None:
    text = "void f() { MPI_Send(p.get<a, b>(), g(1, 2), MPI_INT, std::pair<int, int>(1, 2).first, 0, c); }"
    (call,) = calls(text, "a.cpp")
    assert call.arity_matches
    assert call.arguments[0].text == "p.get<a, b>()"
    assert call.arguments[3].text == "std::pair<int, int>(1, 2).first"


def test_a_lambda_as_argument() -> None:
    text = "void f() { MPI_Op_create([](void *a, void *b, int *n, MPI_Datatype *t) { g(a, b); h(); }, 1, &op); }"
    (call,) = calls(text, "a.cpp")
    assert call.arity_matches and call.is_statement


def test_a_bare_call_without_a_function_around() -> None:
    for path in ("a.c", "a.cpp"):
        (call,) = calls("MPI_Barrier(comm);\n", path)
        assert call.arity_matches and call.is_statement


def test_a_started_call_ends_where_the_next_statement_does() -> None:
    first, second = calls("int main() {\n  MPI_Send(buf, n,\n  MPI_Barrier(c);\n  x = (1, 2);\n}\n")
    assert (first.name, first.closed, [argument.text for argument in first.arguments]) == (
        "MPI_Send",
        False,
        ["buf", "n", "MPI_Barrier(c)"],
    )
    assert (second.name, second.closed, second.arity_matches) == ("MPI_Barrier", True, True)
    (started,) = calls("void f() {\n  MPI_Send(buf, ")
    assert [argument.text for argument in started.arguments] == ["buf", ""]
    assert started.is_statement


def test_call_at_in_finished_and_started_calls() -> None:
    assert at_cursor("int main() {\n  MPI_Send(buf, |") == ("MPI_Send", 1)
    assert at_cursor("int main() {\n  MPI_Send(|") == ("MPI_Send", 0)
    assert at_cursor("int main() {\n  MPI_Send(f(a, b), n[i, j], |\n}\n") == ("MPI_Send", 2)
    assert at_cursor("void f() { MPI_Send(g(1, |2), 3); }") == ("MPI_Send", 0)
    assert at_cursor("void f() { MPI_Send(buf, |n, MPI_INT); }") == ("MPI_Send", 1)
    assert at_cursor("void f() { x(MPI_Comm_rank(c, &r), MPI_Comm_size(d,| &s)); }") == ("MPI_Comm_size", 1)


def test_call_at_counts_no_commas_in_strings_and_comments() -> None:
    assert at_cursor("void f() { MPI_Send(\"a, (b\", ',', /* c, d */ |") == ("MPI_Send", 2)
    assert at_cursor("void f() {\r\n  MPI_Send(a, // b, c\r\n    b,\r\n    |\r\n") == ("MPI_Send", 2)
    assert at_cursor('void f() { MPI_Send("é, ü", "日本", |x); }') == ("MPI_Send", 2)


def test_call_at_outside_is_none() -> None:
    assert at_cursor("void f() { MPI_Se|nd(a, b); }") is None
    assert at_cursor("void f() { MPI_Send(a, b)|; }") is None
    assert at_cursor("void f() { MPI_Send(a, b;\n g(|); }") is None
    assert at_cursor("/* MPI_Send(a, | */") is None
    assert at_cursor("|") is None


def test_positions_past_the_end() -> None:
    source = parse("MPI_Send(a,\n", "a.c")
    assert call_at(source, 99, 99) is not None
    assert call_at(source, 1, 99) is not None
    assert call_at(parse("", "a.c"), 5, 5) is None


def test_a_file_without_mpi_costs_nothing() -> None:
    source = parse("int f(int x) { return x * 2; }\n" * 10_000, "a.c")
    start = time.process_time()
    assert mpi_calls(source) == ()
    assert time.process_time() - start < 0.05


def test_deep_and_broken_nesting_is_read_in_one_pass() -> None:
    depth = 10_000
    for text in ("MPI_Foo(" * depth, "MPI_Foo(" * depth + ")" * depth, "(" * depth + "MPI_Barrier(c)"):
        source = parse(text, "a.c")
        start = time.process_time()
        assert len(mpi_calls(source)) == text.count("MPI_")
        call_at(source, 1, len(text))
        assert time.process_time() - start < 5


@given(st.text(st.sampled_from("MPI_Send(),;{}[]\"'/*\n é#\\R"), max_size=60), st.integers(1, 4), st.integers(1, 20))
def test_any_text_is_read(text: str, line: int, column: int) -> None:
    source: Source = parse("MPI_Send(" + text, "a.c")
    for call in mpi_calls(source):
        assert call.start < call.opening < call.end <= len(source.data)
        assert all(call.opening < start <= end <= call.end for start, end in call.listed.spans)
    call_at(source, line, column)


@given(st.lists(st.sampled_from(["x", "f(a, b)", '"a, b"', "','", "p[1]", "(int[]){1, 2}", "/* , */ y"]), max_size=8))
def test_the_active_parameter_is_the_number_of_arguments_before(arguments: list[str]) -> None:
    text = "void f() { MPI_Alltoallw(" + "".join(argument + ", " for argument in arguments) + "|"
    assert at_cursor(text) == ("MPI_Alltoallw", len(arguments))
    assert at_cursor(text + "last); }") == ("MPI_Alltoallw", len(arguments))

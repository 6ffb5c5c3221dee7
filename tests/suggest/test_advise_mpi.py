"""The MPI calls that a model writes into a function: they parse, and name what is visible where they stand."""

from __future__ import annotations

import re

import pytest

from hpcls.suggest.advise_mpi import Leaning, arguments, calls_in, line_of
from hpcls.suggest.advisor import Advisor
from hpcls.suggest.model_calls import sure_calls
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.answer import answer_mpi
from hpcls.suggest.prompt import code_prompt, spans_of
from hpcls.syntax.mpi import mpi_calls
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, parse
from hpcls.tokens.encode import encode

from .scripted import Scripted

PROGRAM = """\
#include <mpi.h>
#include <stdio.h>
#define STEPS 1000
static double f(double x) { double y = x * x; return 4.0 / (1.0 + y); }
int main(int argc, char **argv)
{
    int rank, size;
    double local = 0.0, pi, t0, t1;

    t0 =
    for (int i = rank; i < STEPS; i += size) {
        double x = (i + 0.5) / STEPS;
        local += f(x) / STEPS;
    }

    if (rank == 0) printf("%f\\n", pi);
    return 0;
}
"""
BARE = 'int rank, size;\nprintf("%d of %d\\n", rank, size);\n'
UNTYPED = (
    "#include <mpi.h>\nvoid exchange(field_t *u, int left, int right) {\n  MPI_Status s;\n  pack(u);\n  unpack(u);\n}\n"
)
PAST_THE_WINDOW = PROGRAM.replace(
    "    if", "".join(f"    local += {i} * f({i} + local);\n" for i in range(400)) + "    if"
)
TEXTS = {"a program": PROGRAM, "a fragment": BARE, "unknown types": UNTYPED, "more than fits": PAST_THE_WINDOW}
_WORDS = re.compile(r"(?<![\w.>])[A-Za-z_]\w*")
_ANYWHERE = frozenset("NULL sizeof strlen int char long float double unsigned short size_t struct".split())


def calls_of(advisor: Advisor, text: str) -> tuple[Source, list[PlacedCall]]:
    source = parse(text, "a.c")
    scopes = scopes_of(source)
    return source, [call for span in spans_of(source) for call in calls_in(advisor, source, span, scopes)]


@pytest.mark.parametrize("name", TEXTS)
def test_every_call_parses_and_names_what_is_in_scope(advisor: Advisor, name: str) -> None:
    source, calls = calls_of(advisor, TEXTS[name])
    scopes = scopes_of(source)
    declared = {symbol.name for symbol in scopes.symbols}
    for call in calls:
        (read,) = mpi_calls(parse(f"void f(void) {{ {call.text}; }}", "a.c"))
        assert read.arity_matches
        assert tuple(argument.text for argument in read.arguments) == call.arguments
        assert 0 <= call.line <= len(source.line_starts)
        assert 0 < call.confidence <= 1
        at = source.line_starts[call.line] if call.line < len(source.line_starts) else len(source.data)
        for word in _WORDS.findall(" ".join(call.arguments)):
            is_free = word.startswith("MPI_") or word in _ANYWHERE or (word not in declared and word in source.text)
            assert is_free or scopes.lookup(word, at - 1), f"{word} in line {call.line}"


def test_no_call_goes_into_a_comment_that_goes_on(advisor: Advisor) -> None:
    body = '  int rank; /* which\n  one */\n  printf("%d", rank); // so\n  return 0; /*\n*/\n'
    text = f"#include <mpi.h>\nint main(void) {{\n{body}}}\n"
    source = parse(text, "a.c")
    code = code_prompt(source, spans_of(source)[0], scopes_of(source), 900)
    assert [line_of(source, code, number) for number in range(1, code.lines + 1)] == [2, 4, 5, 7, 8]
    assert {call.line for call in calls_of(advisor, text)[1]} <= {2, 4, 5, 7}


def test_calls_of_a_function_come_by_rising_line(advisor: Advisor) -> None:
    source = parse(PROGRAM, "a.c")
    for span in spans_of(source):
        lines = [call.line for call in calls_in(advisor, source, span, scopes_of(source))]
        assert lines == sorted(lines)


def test_no_call_goes_behind_a_line_that_leaves_its_block(advisor: Advisor) -> None:
    one_line = "#include <mpi.h>\nvoid f(int n) { double y = n; g(y); }\n"
    assert calls_of(advisor, one_line)[1] == []
    two_lines = one_line.replace("; g", ";\n g")
    assert {call.line for call in calls_of(advisor, two_lines)[1]} <= {2}


def test_a_program_without_calls_gets_its_rank_and_its_size(advisor: Advisor) -> None:
    source = parse(PROGRAM, "a.c")
    leaning = Leaning(answer_mpi(PROGRAM))
    calls = calls_in(advisor, source, spans_of(source)[1], scopes_of(source), leaning)
    assert {"MPI_Init", "MPI_Comm_rank", "MPI_Comm_size", "MPI_Finalize"} <= {call.function for call in calls}


def test_what_a_script_says_is_placed_and_spelled() -> None:
    """A call goes behind the blank lines that follow a statement, and into an assignment that lacks its value."""
    answer = (
        "<L3> <L4> <L5> MPI_Comm_rank ( MPI_COMM_WORLD , & var_2 ) <L6> MPI_Wtime ( ) <L7> <L8> <L9> "
        "<L10> MPI_Barrier ( MPI_COMM_WORLD ) <end>"
    )
    source = parse(PROGRAM, "a.c")
    scripted = Scripted(answer, 0.5)
    calls = calls_in(scripted, source, spans_of(source)[1], scopes_of(source))
    assert [(call.line, call.text) for call in calls] == [
        (9, "MPI_Comm_rank(MPI_COMM_WORLD, &rank)"),
        (10, "MPI_Wtime()"),
        (15, "MPI_Barrier(MPI_COMM_WORLD)"),
    ]
    assert [call.confidence for call in calls] == [0.5, 1.0, 1.0]


def test_only_functions_that_use_mpi_are_asked_about_unasked() -> None:
    scripted = Scripted("<end>")
    assert sure_calls(scripted, parse(PROGRAM, "a.c")) == ()
    assert len(scripted.asked) == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_of_gaps_lie_in_the_text(newline: str) -> None:
    source = parse(PROGRAM.replace("\n", newline), "a.c")
    for span in spans_of(source):
        code = code_prompt(source, span, scopes_of(source), 500)
        lines = [line_of(source, code, number) for number in range(code.lines + 1)]
        assert lines == sorted(lines)
        assert set(lines) <= set(range(len(source.line_starts) + 1))


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("f();", ()),
        ("f(a);", ("a",)),
        ("f(g(a, b), c[i, j], & d[0]);", ("g(a, b)", "c[i, j]", "&d[0]")),
        ("f((int[]){1, 2}, b);", ("(int[]) {1, 2}", "b")),
        ("f((a + b) * 2, b->c, d.e);", ("(a + b) * 2", "b->c", "d.e")),
    ],
)
def test_arguments_are_taken_apart_at_their_own_commas(call: str, expected: tuple[str, ...]) -> None:
    source = parse(call, "a.c")
    encoded = encode(source, None, (0, len(source.data)), scopes_of(source))
    spelled = arguments(encoded.tokens[1:-1], encoded.names)
    assert ["".join(one.split()) for one in spelled] == ["".join(one.split()) for one in expected]

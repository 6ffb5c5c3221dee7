"""MPIrigen's form: what it is asked, and that its answers are calls with names that are in scope."""

from __future__ import annotations

import re

import pytest

from hpcls.errors import HpclsError
from hpcls.evaluation.published import read_calls
from hpcls.suggest.grammar.mpi import Gap, mpi_grammar
from hpcls.suggest.grammar.visible import gaps_of
from hpcls.suggest.prompt import CodePrompt, code_prompt
from hpcls.suggest.published.calls import SpelledCalls, Spelling
from hpcls.suggest.published.lines import program_lines
from hpcls.suggest.published.mpi import gaps_by_line, placed_calls, program_prompt
from hpcls.syntax.mpi import mpi_calls
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, parse
from hpcls.tokens.byte_pairs import BytePairs

from .published_walks import Walk, vocabulary

PROGRAM = """\
int main(int argc, char **argv)
{
  int rank, size;
  double t0, sum = 0, total;
  double part[100];
  MPI_Status status;

  t0 =
  if (rank == 0)
  {
    printf("%d", size);
  }
  sum = sum + part[rank];
  return 0;
}
"""


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> BytePairs:
    return vocabulary(tmp_path_factory.mktemp("vocabulary"))


def asked(text: str = PROGRAM) -> tuple[Source, CodePrompt, tuple[Gap, ...]]:
    source = parse(text, "a.c")
    scopes = scopes_of(source)
    code = code_prompt(source, (0, len(source.data)), scopes, 1000)
    return source, code, gaps_by_line(source, code, gaps_of(code, scopes), 1)


def walk(pieces: BytePairs) -> Walk:
    _, code, gaps = asked()
    spelling = Spelling(code.names, program_lines(PROGRAM), frozenset(gap.line for gap in gaps if gap.is_value))
    return Walk(SpelledCalls(mpi_grammar(gaps, pieces, 24), spelling), pieces)


def test_the_question_is_the_program_with_its_lines_numbered() -> None:
    assert program_prompt("int a;\n\nb();") == "1: int a;\n2: \n3: b(); \n parallel"


def test_calls_go_behind_lines_and_blank_lines_and_into_what_lacks_its_value() -> None:
    _, _, gaps = asked()
    assert [gap.line for gap in gaps] == [2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14]
    assert [gap.line for gap in gaps if gap.is_value] == [8]


def test_the_published_answers_are_answers(pieces: BytePairs) -> None:
    text = (
        " (6 1,   MPI_Init(&argc, &argv);) (6 2,   MPI_Comm_rank(MPI_COMM_WORLD, &rank);) (7 0,  MPI_Wtime();)"
        " (10 1,     MPI_Recv(&part[rank], 100 - rank, MPI_DOUBLE, 0, MPI_ANY_TAG, MPI_COMM_WORLD, &status);)"
        " (12 1,   MPI_Reduce(&sum, &total, 1, MPI_DOUBLE, MPI_SUM, 0, MPI_COMM_WORLD);) (13 1,   MPI_Finalize();)  "
    )
    calls = list(placed_calls(walk(pieces).told(text), asked()[1], 1))
    assert [(call.line, call.text) for call in calls] == [
        (6, "MPI_Init(&argc, &argv)"),
        (6, "MPI_Comm_rank(MPI_COMM_WORLD, &rank)"),
        (8, "MPI_Wtime()"),
        (11, "MPI_Recv(&part[rank], 100 - rank, MPI_DOUBLE, 0, MPI_ANY_TAG, MPI_COMM_WORLD, &status)"),
        (13, "MPI_Reduce(&sum, &total, 1, MPI_DOUBLE, MPI_SUM, 0, MPI_COMM_WORLD)"),
        (14, "MPI_Finalize()"),
    ]
    assert all(0 < call.confidence < 1 for call in calls)
    assert list(placed_calls(walk(pieces).told("  "), asked()[1], 1)) == []


@pytest.mark.parametrize(
    "text",
    [
        " (6 1,   MPI_Init(&argc, &argv);)",
        " (6 2,   MPI_Init(&argc, &argv);)  ",
        " (6 1,   MPI_Init(&argc, &argw);)  ",
        " (6 1,   MPI_Init(&argc, &argv);) (6 2,   MPI_Init(&argc, &argv);)  ",
        " (6 1,   MPI_Init(&argc);)  ",
        " (6 1,   MPI_Comm_rank(MPI_COMM_WORLD, rank);)  ",
        " (7 0,  MPI_Wtime();) (7 0,  MPI_Wtime();)  ",
        " (13 1,   MPI_Finalize();) (6 1,   MPI_Init(&argc, &argv);)  ",
        " (99 1,   MPI_Finalize();)  ",
        " (6 1,   MPI_Foo();)  ",
        " (6 1,   MPI_Comm_rank(MPI_COMM_WORLD, &rank2);)  ",
    ],
)
def test_what_is_out_of_scope_or_ill_formed_is_none(pieces: BytePairs, text: str) -> None:
    with pytest.raises((HpclsError, AssertionError)):
        walk(pieces).told(text)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_drawn_reads_as_calls_that_parse(pieces: BytePairs, seed: int) -> None:
    found, text = walk(pieces).drawn(seed)
    calls = list(placed_calls(found, asked()[1], 1))
    read = list(read_calls(text, program_lines(PROGRAM)))
    assert [(one.line, one.function) for one in calls] == [(one.line, one.function) for one in read]
    squeezed = [["".join(argument.split()) for argument in one.arguments] for one in calls]
    assert squeezed == [["".join(argument.split()) for argument in one.arguments] for one in read]
    for call in calls:
        source = parse(f"void f(void) {{ {call.text}; }}\n", "call.c")
        assert not source.tree.root_node.has_error, call.text
        assert all(one.arity_matches for one in mpi_calls(source)[:1])
        names = re.findall(r"(?<![\w\"%])[a-z_]\w*", re.sub(r'"[^"]*"', "", call.text))
        assert set(names) <= {"argc", "argv", "rank", "size", "t0", "sum", "total", "part", "status", *_C_WORDS}, call


_C_WORDS = frozenset("sizeof int char long short double float unsigned size_t strlen main printf".split())

"""The MPI call at the cursor, which `|` marks: whole, behind the beginning of its name, or its arguments."""

from __future__ import annotations

import pytest

from hpcls.suggest.advisor import Advisor
from hpcls.suggest.mpi import next as mpi_next
from hpcls.suggest.mpi.next import NextCall, next_at
from hpcls.syntax.mpi import mpi_calls
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, parse

from .scripted import Scripted

PROGRAM = """\
#include <mpi.h>
#include <stdio.h>
int main(int argc, char **argv)
{
    int rank, size;
    double local = 1.0, total;
    MPI_Init(&argc, &argv);
    %s
    for (int i = rank; i < 100; i += size)
        local += i;
    %s
    if (rank == 0)
        printf("%%f\\n", total);
    MPI_Finalize();
    return 0;
}
"""
FILLER = "".join(f"    local += {i} * local + {i + 1};\n" for i in range(300))


@pytest.fixture(autouse=True)
def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """However unsure the model is, it speaks: how good it is, is not for tests to say."""
    monkeypatch.setattr(mpi_next, "_SURE", 0.0)


def behind(line: str, *, first: bool = False, program: str = PROGRAM) -> str:
    """The program with `line` in it."""
    return program % ((line, "") if first else ("", line))


def asked(advisor: Advisor, text: str) -> tuple[NextCall | None, str]:
    """What is put at the `|` of a text, and the text with it there, an editor's own parenthesis gone."""
    before, after = text.split("|")
    source = parse(before + after, "a.c")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    found = next_at(advisor, source, line, column)
    rest = "\n" + after.partition("\n")[2]
    return found, before + (found.text if found else "") + rest


def call_in(text: str, line: int) -> str:
    """The call in a line, which has all of its arguments and stands as a statement."""
    source = parse(text, "a.c")
    (call,) = [one for one in mpi_calls(source) if one.line == line]
    assert call.arity_matches
    assert call.is_statement
    _names_are_in_scope(source, call.start, [argument.text for argument in call.arguments])
    assert source.line_text(line).strip() == f"{call.text};"
    return call.text


def _names_are_in_scope(source: Source, offset: int, names: list[str]) -> None:
    scopes = scopes_of(source)
    for name in (one.lstrip("&*") for one in names):
        if name.isidentifier() and not name.startswith("MPI_") and name != "NULL":
            assert scopes.lookup(name, offset), name


@pytest.mark.parametrize(
    "line",
    [
        "|",
        "    |",
        "MPI_|",
        "MPI_Comm_|",
        "MPI_Red|",
        "MPI_Barrier|",
    ],
)
def test_a_whole_call(advisor: Advisor, line: str) -> None:
    found, text = asked(advisor, behind(line))
    assert found
    assert 0 < found.probability <= 1
    assert call_in(text, 11).startswith(line.strip().removesuffix("|"))


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("MPI_Comm_rank(|", "MPI_Comm_rank("),
        ("MPI_Comm_rank(|)", "MPI_Comm_rank("),
        ("MPI_Comm_rank(|);", "MPI_Comm_rank("),
        ("MPI_Comm_rank(MPI_COMM_WORLD, |", "MPI_Comm_rank(MPI_COMM_WORLD, &"),
        ("MPI_Comm_rank(MPI_COMM_WORLD,|)", "MPI_Comm_rank(MPI_COMM_WORLD, &"),
        ("MPI_Reduce(&local, &total, |)", "MPI_Reduce(&local, &total, "),
        ("MPI_Reduce(&local, &total, 1, MPI_DOUBLE, |);", "MPI_Reduce(&local, &total, 1, MPI_DOUBLE, "),
        ("MPI_Barrier(|)", "MPI_Barrier("),
    ],
)
def test_the_arguments_of_a_started_call(advisor: Advisor, line: str, begins: str) -> None:
    found, text = asked(advisor, behind(line))
    assert found
    assert call_in(text, 11).startswith(begins)


def test_a_function_without_parameters_is_closed(advisor: Advisor) -> None:
    found, text = asked(advisor, behind("MPI_Finalize(|)"))
    assert found == NextCall(");", 1.0)
    assert call_in(text, 11) == "MPI_Finalize()"


@pytest.mark.parametrize(
    "line",
    [
        "// |",
        "// MPI_|",
        "/* MPI_Bcast(| */",
        'puts("MPI_|");',
        'puts("MPI_Send(|");',
        "local |",
        "local = |",
        "MPI_Comm_rank(MPI_COMM_WORLD|",
        "MPI_Comm_rank(|MPI_COMM_WORLD, &rank);",
        "MPI_Send(local|, 1);",
        "MPI_No_such_function(|",
        "MPI_Waitall(size, |",
        "| local = 2;",
    ],
)
def test_nothing_elsewhere(advisor: Advisor, line: str) -> None:
    assert asked(advisor, behind(line))[0] is None


@pytest.mark.parametrize(
    "text", ["\n|\n", "|", "struct pair {\n  int a;\n|\n};\n", "double x;\n|\nint f(void) { return 1; }\n"]
)
def test_nothing_at_file_scope(advisor: Advisor, text: str) -> None:
    assert asked(advisor, "#include <mpi.h>\n" + text)[0] is None


def test_nothing_in_a_comment_of_several_lines(advisor: Advisor) -> None:
    assert asked(advisor, behind("/* so\n|\n*/"))[0] is None


@pytest.mark.parametrize("line", ["|", "MPI_|", "MPI_Comm_rank(|"])
def test_nothing_in_a_file_that_does_not_include_the_header(line: str) -> None:
    silent = Scripted("<end>")
    assert asked(silent, behind(line).replace("#include <mpi.h>\n", ""))[0] is None
    assert silent.asked == []


def test_a_model_that_is_not_sure_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mpi_next, "_SURE", 0.5)
    answer = "<L8> MPI_Comm_rank ( MPI_COMM_WORLD , & var_2 ) <end>"
    assert asked(Scripted(answer, 0.49), behind("MPI_|"))[0] is None
    found, text = asked(Scripted(answer, 0.51), behind("MPI_|"))
    assert found == NextCall("Comm_rank(MPI_COMM_WORLD, &rank);", 0.51)
    assert call_in(text, 11) == "MPI_Comm_rank(MPI_COMM_WORLD, &rank)"


@pytest.mark.parametrize("program", [PROGRAM.replace("    for", FILLER + "    for"), PROGRAM.replace("\n", "\r\n")])
@pytest.mark.parametrize("line", ["MPI_Barr|", "MPI_Comm_rank(|)"])
def test_in_a_long_function_and_with_other_line_endings(advisor: Advisor, program: str, line: str) -> None:
    for first in (True, False):
        assert asked(advisor, behind(line, first=first, program=program))[0]

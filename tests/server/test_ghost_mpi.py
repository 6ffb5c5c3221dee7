"""Ghost text for MPI calls, from the model that hpcls comes with, over a real server."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hpcls.server.client import ResponseError
from tests.broken_models import BREAKERS, broken_copy

from .client import EVERYTHING, LOOP, Buffer, Message, ServerProcess, open_buffer

REQUEST_CANCELLED = -32800
PROGRAM = """\
#include <mpi.h>
int main(int argc, char **argv)
{
    int rank, size;
    double sum = 0.0; /* 😀 */
|
    for (int i = rank; i < 100; i += size)
        sum += i;
    return sum > 0;
}
"""


@pytest.fixture(scope="module")
def asked(shipped_model: Path) -> Iterator[ServerProcess]:
    """A server with the shipped model."""
    with ServerProcess(environment={"HPCLS_MODEL": str(shipped_model), "HPCLS_DEVICE": "cpu"}) as client:
        client.replies["workspace/configuration"] = lambda _: [{}]
        client.initialize(EVERYTHING)
        yield client
        assert client.leave() == 0


def opened(client: ServerProcess, folder: Path, line: str, program: str = PROGRAM) -> tuple[Buffer, int, int]:
    """A document with `line` in it, and the place of the `|` there."""
    text = program.replace("|", line)
    before = text[: text.index("|")]
    buffer = open_buffer(client, text.replace("|", ""), folder / "program.c")
    return buffer, before.count("\n") + 1, len(before) - before.rfind("\n")


def accepted(buffer: Buffer, line: int, item: Message) -> str:
    """The line after the ghost text is accepted."""
    start, end = item["range"]["start"], item["range"]["end"]
    assert (start["line"], end["line"]) == (line - 1, line - 1)
    before = buffer.text.split("\n")[line - 1]
    assert str(item["insertText"]).startswith(before[start["character"] : end["character"]].rstrip(");"))
    return before[: start["character"]] + str(item["insertText"]) + before[end["character"] :]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("    MPI_Init(|", "    MPI_Init(&argc, &argv);"),
        ("    MPI_Init(|)", "    MPI_Init(&argc, &argv);"),
        ("    MPI_Init(|);", "    MPI_Init(&argc, &argv);"),
        ("\tMPI_Init(&argc, |)", "\tMPI_Init(&argc, &argv);"),
        ("    MPI_Comm_rank(MPI_COMM_WORLD, |)", "    MPI_Comm_rank(MPI_COMM_WORLD, &rank);"),
    ],
)
def test_the_arguments_of_a_started_call(asked: ServerProcess, tmp_path: Path, line: str, expected: str) -> None:
    buffer, at, column = opened(asked, tmp_path, line)
    (item,) = buffer.ghost(at, column)
    assert accepted(buffer, at, item) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("    MPI_Init(|)", "    MPI_Init(&argc, &argv);"),
        ("    MPI_Comm_rank(MPI_COMM_WORLD, |", "    MPI_Comm_rank(MPI_COMM_WORLD, &rank);"),
        ("    MPI_Init|", "    MPI_Init(&argc, &argv);"),
    ],
)
def test_the_first_completion_is_the_call(asked: ServerProcess, tmp_path: Path, line: str, expected: str) -> None:
    buffer, at, column = opened(asked, tmp_path, line)
    first, *_ = buffer.ask("completion", at, column)["items"]
    assert first["preselect"]
    before = buffer.text.split("\n")[at - 1]
    assert completed(before, column, first) == expected


def completed(line: str, column: int, item: Message) -> str:
    """The line after `item` is taken at `column`: it replaces the word there, or what it names."""
    if "textEdit" not in item:
        return re.sub(r"\w*$", "", line[: column - 1]) + str(item["insertText"]) + line[column - 1 :]
    place = item["textEdit"]["range"]
    return line[: place["start"]["character"]] + str(item["textEdit"]["newText"]) + line[place["end"]["character"] :]


@pytest.mark.parametrize("line", ["    // MPI_Init(|", '    puts("MPI_Init(|");', "    sum = |", "    MPI_Init(argc|"])
def test_nothing_elsewhere(asked: ServerProcess, tmp_path: Path, line: str) -> None:
    buffer, at, column = opened(asked, tmp_path, line)
    assert buffer.ghost(at, column) == []


def test_nothing_in_a_program_without_mpi(asked: ServerProcess, tmp_path: Path) -> None:
    buffer, at, column = opened(asked, tmp_path, "    MPI_Init(|)", PROGRAM.replace("mpi.h", "stdio.h"))
    assert buffer.ghost(at, column) == []


def test_letter_after_letter(asked: ServerProcess, tmp_path: Path) -> None:
    """As an editor asks: after each key, with the change just sent; where something comes, it fits."""
    buffer, at, _ = opened(asked, tmp_path, "    |")
    offset, call = buffer.text.index("    \n    for") + 4, "MPI_Init(&argc, &argv);"
    shown = 0
    for count, letter in enumerate(call[:-2], 1):
        buffer.edit(offset + count - 1, offset + count - 1, letter)
        for item in buffer.ghost(at, 5 + count):
            shown += 1
            assert accepted(buffer, at, item).startswith(f"    {call[:count]}")
    assert shown >= 2


def test_a_cancelled_request_does_not_hold_up_the_next(asked: ServerProcess, tmp_path: Path) -> None:
    long = PROGRAM.replace(
        "    return", "".join(f"    sum += {i} * sum / {i + 1};\n" for i in range(400)) + "    return"
    )
    buffer, at, column = opened(asked, tmp_path, "    MPI_Init(|)", long)
    place = {"textDocument": {"uri": buffer.uri}, "position": {"line": at - 1, "character": column - 1}}
    for _ in range(10):
        buffer.edit(len(buffer.text), len(buffer.text), "\n")
        pending = asked.begin("textDocument/inlineCompletion", {**place, "context": {"triggerKind": 2}})
        asked.notify("$/cancelRequest", {"id": pending})
        with pytest.raises(ResponseError) as caught:
            asked.finish(pending)
        assert caught.value.code == REQUEST_CANCELLED
    start = time.perf_counter()
    (item,) = buffer.ghost(at, column)
    assert accepted(buffer, at, item) == "    MPI_Init(&argc, &argv);"
    assert time.perf_counter() - start < 10


def test_requests_cancelled_midway_leave_a_model_that_answers_as_before(asked: ServerProcess, tmp_path: Path) -> None:
    buffer, at, column = opened(asked, tmp_path, "    MPI_Comm_rank(|)")
    expected = buffer.ghost(at, column)
    for step in range(20):
        buffer.edit(0, 0, "\n")
        at += 1
        place = {"textDocument": {"uri": buffer.uri}, "position": {"line": at - 1, "character": column - 1}}
        pending = asked.begin("textDocument/inlineCompletion", {**place, "context": {"triggerKind": 2}})
        time.sleep(0.002 * step)
        asked.notify("$/cancelRequest", {"id": pending})
        try:
            asked.finish(pending)
        except ResponseError as error:
            assert error.code == REQUEST_CANCELLED
    assert [item["insertText"] for item in buffer.ghost(at, column)] == [item["insertText"] for item in expected]


def test_who_wants_no_mpi_or_only_what_is_proved_is_shown_nothing(shipped_model: Path, tmp_path: Path) -> None:
    for settings in ({"kind": "openmp"}, {"evidence": "proved"}, {"select": ["OMP001"]}):
        with ServerProcess(environment={"HPCLS_MODEL": str(shipped_model), "HPCLS_DEVICE": "cpu"}) as client:
            client.initialize(EVERYTHING | {"workspace": {}}, initializationOptions={"hpcls": settings})
            buffer, at, column = opened(client, tmp_path, "    MPI_Init(|)")
            assert buffer.ghost(at, column) == []


@pytest.mark.parametrize("how", BREAKERS)
def test_a_broken_model_is_told_once_and_the_analysis_goes_on(shipped_model: Path, tmp_path: Path, how: str) -> None:
    folder, told = broken_copy(shipped_model, tmp_path, how)
    with ServerProcess(environment={"HPCLS_MODEL": str(folder), "HPCLS_DEVICE": "cpu"}) as client:
        client.initialize({**EVERYTHING, "workspace": {}})
        first, second = (open_buffer(client, LOOP, tmp_path / name) for name in ("a.c", "b.c"))
        assert [len(buffer.diagnostics()["items"]) for buffer in (first, second)] == [1, 1]
        program, at, column = opened(client, tmp_path, "    MPI_Init(|)")
        assert program.ghost(at, column) == []
        assert told in client.wait_for("window/showMessage")["message"]
        assert [one for one in client.received if one.get("method") == "window/showMessage"] == []
        assert client.leave() == 0

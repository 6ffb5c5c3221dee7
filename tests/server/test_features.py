"""Each feature, asked for by a real client of a real server."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest

from hpcls.server.client import ResponseError
from tests.analysis.worst_cases import long_body

from .client import Buffer, Message, ServerProcess, open_buffer

INVALID_PARAMS = -32602
INFORMATION = 3
EXAMPLES = Path(__file__).parents[2] / "examples"

PROGRAM = """\
#include <mpi.h>
void smooth(double *restrict a, const double *restrict b)
{

    for (int i = 0; i < 1000000; i++)
        a[i] = 0.5 * b[i];
}
double total(const double *a)
{
    double sum = 0.0;
    for (int i = 0; i < 1000000; i++)
        sum += a[i];
    for (int i = 1; i < 1000000; i++)
        sum = sum * a[i - 1] + 1.0;
    return sum;
}
"""
SMOOTH, TOTAL, DEPENDENT = 5, 11, 13
"""The lines of the loops."""


@pytest.fixture
def buffer(editor: ServerProcess, tmp_path: Path) -> Buffer:
    return open_buffer(editor, PROGRAM, tmp_path / "program.c")


def line_of(diagnostic: Message) -> int:
    return diagnostic["range"]["start"]["line"] + 1


def applied(buffer: Buffer, edits: list[Message]) -> str:
    lines = [0]
    for line in buffer.text.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))

    def offset(edit: Message, end: str) -> int:
        place: Message = edit["range"][end]
        return lines[int(place["line"])] + int(place["character"])

    text = buffer.text
    for edit in sorted(edits, key=lambda one: offset(one, "start"), reverse=True):
        text = text[: offset(edit, "start")] + edit["newText"] + text[offset(edit, "end") :]
    return text


def test_diagnostics_say_which_loop_is_parallel(buffer: Buffer) -> None:
    items = buffer.diagnostics()["items"]
    assert [(line_of(item), item["code"], item["source"]) for item in items] == [
        (SMOOTH, "OMP001", "hpcls"),
        (TOTAL, "OMP001", "hpcls"),
    ]
    end = items[0]["range"]["end"]
    assert (end["line"] + 1, end["character"]) == (SMOOTH, len("    for (int i = 0; i < 1000000; i++)"))


def test_a_code_leads_to_its_page(buffer: Buffer) -> None:
    address: str = buffer.diagnostics()["items"][0]["codeDescription"]["href"]
    assert Path(unquote(urlparse(address).path)).read_text("utf-8").startswith("# OMP001")


def test_diagnostics_that_have_not_changed_are_not_sent_again(buffer: Buffer) -> None:
    first = buffer.diagnostics()
    assert buffer.diagnostics(previousResultId=first["resultId"]) == {
        "kind": "unchanged",
        "resultId": first["resultId"],
    }
    buffer.edit(0, 0, "\n")
    moved = buffer.diagnostics(previousResultId=first["resultId"])
    assert [line_of(item) for item in moved["items"]] == [SMOOTH + 1, TOTAL + 1]


def test_what_a_file_holds_beyond_what_is_analysed_is_told(editor: ServerProcess, tmp_path: Path) -> None:
    text = long_body(20_000)
    (item,) = open_buffer(editor, text, tmp_path / "long.c").diagnostics()["items"]
    assert item["message"] == "there is more in the file than is analysed: gave up on this loop"
    assert text.splitlines()[line_of(item) - 1].lstrip().startswith("for (")
    assert item["severity"] == INFORMATION


def test_a_quick_fix_adds_the_directive(buffer: Buffer) -> None:
    diagnostics = [item for item in buffer.diagnostics()["items"] if line_of(item) == TOTAL]
    fix, everything = buffer.actions(TOTAL, diagnostics=diagnostics, only=["quickfix"])
    assert everything["title"] == "Apply all proved suggestions in this file"
    assert fix["title"] == "Add `#pragma omp parallel for reduction(+:sum)` (proved)"
    assert fix["isPreferred"] is True
    assert fix["diagnostics"] == diagnostics
    (change,) = fix["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": buffer.uri, "version": buffer.version}
    lines = applied(buffer, change["edits"]).splitlines()
    assert lines[TOTAL - 1] == "    #pragma omp parallel for reduction(+:sum)"
    assert lines[TOTAL] == "    for (int i = 0; i < 1000000; i++)"


def test_no_quick_fix_where_nothing_is_suggested(buffer: Buffer) -> None:
    assert buffer.actions(DEPENDENT, only=["quickfix"]) == []


@pytest.mark.parametrize("only", [["source"], ["source.fixAll"], ["source.fixAll.hpcls"]])
def test_fix_all_applies_everything_proved(buffer: Buffer, only: list[str]) -> None:
    (fix,) = buffer.actions(1, only=only)
    assert fix["kind"] == "source.fixAll.hpcls"
    text = applied(buffer, fix["edit"]["documentChanges"][0]["edits"])
    assert [line.strip() for line in text.splitlines() if "#pragma" in line] == [
        "#pragma omp parallel for",
        "#pragma omp parallel for reduction(+:sum)",
    ]


def test_fix_all_does_not_belong_to_other_kinds(buffer: Buffer) -> None:
    assert buffer.actions(1, only=["source.organizeImports"]) == []
    assert buffer.actions(1, only=["source.fixAll.eslint"]) == []


def test_hover_explains_a_loop(buffer: Buffer) -> None:
    hover = buffer.ask("hover", TOTAL, 8)
    text = hover["contents"]["value"]
    assert text.startswith("**Independent** (proved)")
    assert "#pragma omp parallel for reduction(+:sum)" in text
    assert "`sum` is reduction (+) (line 12)" in text
    assert hover["range"]["start"]["line"] == TOTAL - 1
    assert buffer.ask("hover", 1, 1) is None


def test_a_call_that_goes_to_the_place_of_a_loop_is_not_taken_for_its_directive(
    editor: ServerProcess, tmp_path: Path
) -> None:
    program = (EXAMPLES / "pi.c").read_text().replace("\n    for (long", "\nfor (long")
    line = program[: program.index("\nfor (long")].count("\n") + 2
    pi = open_buffer(editor, program, tmp_path / "pi.c")
    there = [one for one in pi.diagnostics()["items"] if line_of(one) == line]
    assert {one["code"] for one in there} == {"MPI001", "OMP001"}
    text = pi.ask("hover", line, 2)["contents"]["value"]
    assert "MPI_" not in text
    assert "#pragma omp parallel for reduction(+:sum)" in text


def test_hover_says_why_a_loop_is_not_parallel(buffer: Buffer) -> None:
    text = buffer.ask("hover", DEPENDENT, 8)["contents"]["value"]
    assert text.startswith("**Dependent** (refuted)")
    assert "No directive is offered" in text
    assert "line 14" in text
    assert "**Dependences over (i)**" in text
    assert "carried by i" in text


def test_a_loop_is_explained_from_the_light_bulb(buffer: Buffer) -> None:
    (action,) = [one for one in buffer.actions(DEPENDENT) if one["kind"] == ""]
    assert action["title"] == "Explain this loop"
    text = buffer.client.request("workspace/executeCommand", action["command"])
    assert text == buffer.ask("hover", DEPENDENT, 8)["contents"]["value"]
    assert buffer.client.wait_for("window/showMessage") == {"type": 3, "message": text}


def test_code_lens_shows_each_verdict_and_applies_what_is_suggested(buffer: Buffer) -> None:
    lenses = buffer.client.request("textDocument/codeLens", {"textDocument": {"uri": buffer.uri}})
    titles = {lens["range"]["start"]["line"] + 1: lens["command"]["title"] for lens in lenses}
    assert titles[TOTAL] == "independent: add #pragma omp parallel for reduction(+:sum)"
    assert titles[DEPENDENT].startswith("dependent: ")
    command = next(lens["command"] for lens in lenses if lens["range"]["start"]["line"] + 1 == TOTAL)
    buffer.client.request("workspace/executeCommand", command)
    asked = buffer.client.wait_for("workspace/applyEdit")
    lines = applied(buffer, asked["edit"]["documentChanges"][0]["edits"]).splitlines()
    assert lines[TOTAL - 1] == "    #pragma omp parallel for reduction(+:sum)"


@pytest.mark.parametrize("arguments", [[], ["file:///nowhere.c", 1], ["not a uri", "two"], [1, 2, 3]])
def test_commands_about_nothing_change_nothing(editor: ServerProcess, arguments: list[object]) -> None:
    request = editor.begin("workspace/executeCommand", {"command": "hpcls.applySuggestion", "arguments": arguments})
    try:
        assert editor.finish(request) is None
    except ResponseError as error:
        assert error.code == INVALID_PARAMS


def test_signature_help_and_hover_for_mpi(buffer: Buffer) -> None:
    at = buffer.text.index("    return sum;")
    buffer.edit(at, at, "    MPI_Reduce(&sum, &sum, ")
    line = buffer.text[:at].count("\n") + 1
    found = buffer.ask("signatureHelp", line, 28)
    (signature,) = found["signatures"]
    assert signature["label"].startswith("int MPI_Reduce(const void *sendbuf, void *recvbuf, int count")
    assert signature["parameters"][found["activeParameter"]]["label"] == "int count"
    hover = buffer.ask("hover", line, 8)
    assert "MPI_Reduce" in hover["contents"]["value"]
    assert buffer.ask("signatureHelp", 3, 1) is None


def test_completion_in_a_pragma(buffer: Buffer) -> None:
    typed = "    #pragma omp parallel for reduction(+:su"
    at = buffer.text.index("    for (int i = 0; i < 1000000; i++)\n        sum")
    buffer.edit(at, at, typed + "\n")
    line = TOTAL
    items = buffer.ask("completion", line, len(typed) + 1)["items"]
    (sum_item,) = [item for item in items if item["label"] == "sum"]
    assert sum_item["insertText"] == "sum"
    assert "textEdit" not in sum_item, (
        "Neovim 0.11 cuts a text edit at its first space; editors find the word themselves"
    )
    assert "simd" in [item["label"] for item in buffer.ask("completion", line, len("    #pragma omp ") + 1)["items"]]


def test_completion_of_mpi_names(buffer: Buffer) -> None:
    at = buffer.text.index("    return sum;")
    buffer.edit(at, at, "    MPI_Bca")
    line = buffer.text[:at].count("\n") + 1
    assert "MPI_Bcast" in [item["label"] for item in buffer.ask("completion", line, 12)["items"]]
    assert buffer.ask("completion", 3, 1) is None


def test_a_closed_document_is_forgotten(buffer: Buffer) -> None:
    buffer.close()
    assert buffer.diagnostics()["items"] == []
    assert buffer.ask("hover", TOTAL, 8) is None

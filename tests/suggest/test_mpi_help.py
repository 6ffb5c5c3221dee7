"""Signature help, hover and completion for MPI; `|` marks the cursor."""

from __future__ import annotations

from hpcls.suggest.mpi.help import Hover, Signature, complete_mpi, hover_at, signature_at
from hpcls.syntax.source import Source, parse


def cursor(text: str) -> tuple[Source, int, int]:
    before, after = text.split("|")
    return parse(before + after, "a.c"), before.count("\n") + 1, len(before) - before.rfind("\n")


def signature(text: str) -> Signature:
    found = signature_at(*cursor(text))
    assert found is not None
    return found


def hover(text: str) -> Hover:
    found = hover_at(*cursor(text))
    assert found is not None
    return found


def test_signature_of_a_started_call() -> None:
    shown = signature("int main() {\n  MPI_Send(buf, |")
    assert shown.label == (
        "int MPI_Send(const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm comm)"
    )
    assert shown.documentation == "Performs a blocking send."
    assert shown.active == 1
    assert [shown.label[parameter.start : parameter.end] for parameter in shown.parameters] == [
        "const void *buf",
        "int count",
        "MPI_Datatype datatype",
        "int dest",
        "int tag",
        "MPI_Comm comm",
    ]
    assert shown.parameters[1].documentation == "in: number of elements in send buffer"


def test_signature_without_parameters_and_past_the_last() -> None:
    assert signature("void f() { MPI_Finalize(|); }").label == "int MPI_Finalize(void)"
    assert signature("void f() { MPI_Finalize(|); }").active is None
    assert signature("void f() { MPI_Barrier(c, |); }").active is None
    assert signature("void f() { MPI_Pcontrol(1, 2, 3, |); }").active == 1


def test_signature_of_an_old_function_names_the_new_one() -> None:
    assert signature("void f() { MPI_Address(|").documentation.endswith("use MPI_Get_address.")


def test_no_signature_outside_a_call_of_the_standard() -> None:
    assert signature_at(*cursor("void f() { MPI_Foo(|); }")) is None
    assert signature_at(*cursor("void f() { g(|); }")) is None


def test_hover_over_a_function() -> None:
    shown = hover("void f() { MPI_Co|mm_rank(c, &r); }")
    assert shown.markdown == (
        "```c\nint MPI_Comm_rank(MPI_Comm comm, int *rank)\n```\n\n"
        "Determines the rank of the calling process in the communicator.\n\n"
        "- `comm` (in): communicator\n"
        "- `rank` (out): rank of the calling process in group of comm"
    )
    assert (shown.line, shown.start_column, shown.end_column) == (1, 12, 25)


def test_hover_over_constants_fields_and_types() -> None:
    assert "Predefined constant (operation): Return the sum." in hover("int f() { g(MPI_S|UM); }").markdown
    assert "Field of MPI_Status" in hover("int f() { return status.MPI_|SOURCE; }").markdown
    assert "Handle of a communicator" in hover("|MPI_Comm c;").markdown


def test_hover_counts_code_points() -> None:
    shown = hover('void f() { puts("é日𝄞"); MPI_Barr|ier(c); }')
    assert (shown.start_column, shown.end_column) == (25, 36)


def test_no_hover_elsewhere() -> None:
    for text in ("/* MPI_S|end */", 'char *s = "MPI_Se|nd";', "MPI_F|oo x;", "int |x;", "PMPI_Se|nd();", "|"):
        assert hover_at(*cursor(text)) is None, text


def completions(text: str) -> list[str]:
    return [item.label for item in complete_mpi(*cursor(text))]


def test_completion_of_names() -> None:
    assert "MPI_Sendrecv" in completions("void f() { MPI_Send|")
    assert "MPI_Sendrecv" in completions("void f() { mpi_send|")
    assert completions("MPI_COMM_W|") == ["MPI_COMM_WORLD"]
    assert "MPI_Comm" in completions("MPI_Co|")
    assert len(completions("void f() { MPI_|")) > 800


def test_completion_replaces_what_is_typed() -> None:
    (item,) = [item for item in complete_mpi(*cursor("void f() {\n  MPI_Barr|")) if item.label == "MPI_Barrier"]
    assert (item.kind, item.insert_text, item.replace_start_column) == ("function", "MPI_Barrier", 3)


def test_fields_are_offered_behind_a_status_only() -> None:
    assert completions("void f() { s.MPI_|") == ["MPI_ERROR", "MPI_SOURCE", "MPI_TAG"]
    assert completions("void f() { s->MPI_S|") == ["MPI_SOURCE"]
    assert "MPI_SOURCE" not in completions("void f() { MPI_SO|")


def test_no_completion_of_removed_functions_nor_elsewhere() -> None:
    assert "MPI_Address" not in completions("MPI_Addr|")
    for text in ("int x|", "// MPI_Se|", 'char *s = "MPI_Se|";', "PMPI_Se|", "|"):
        assert completions(text) == [], text

"""Programs in which nothing is offered, each for its own reason, and what the user can turn off."""

from __future__ import annotations

import pytest

from hpcls.config import Settings
from hpcls.suggest.files import report
from hpcls.suggest.report import Suggestion
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.source import parse

HEAD = "#include <mpi.h>\n#include <stdio.h>\n"
BEGUN = "MPI_Init(&argc, &argv);\n  MPI_Comm_rank(MPI_COMM_WORLD, &rank);\n  MPI_Comm_size(MPI_COMM_WORLD, &size);\n"
ENDED = "  MPI_Finalize();\n  return 0;\n"


def offered(text: str, language: LanguageName = "c", settings: Settings | None = None) -> tuple[Suggestion, ...]:
    return report(parse(text, "a.c", language), settings or Settings(kind="mpi")).suggestions


def main(body: str, head: str = HEAD) -> str:
    return f"{head}int main(int argc, char **argv)\n{{\n  {body}}}\n"


HALF = main('int rank;\n  printf("%d\\n", rank);\n  return 0;\n')
WHOLE = main(f'int rank, size;\n  {BEGUN}  printf("%d of %d\\n", rank, size);\n{ENDED}')
SUM = "  for (int i = rank; i < 99; i += size)\n    sum += i;\n"

SILENT = {
    "nothing is missing": WHOLE,
    "no sign of MPI": main("int id, p;\n  return id < p;\n", head=""),
    "a rank that is none of MPI": main("int rank = 3;\n  return rank == 0;\n", head=""),
    "a serial stand-in": main("int rank = 0, size = 1;\n  return rank < size;\n"),
    "a rank that is not declared": main('printf("%d\\n", rank);\n  return 0;\n'),
    "a rank that a macro may set": "#define GET(x) ((x) = 4)\n"
    + main('int rank;\n  GET(rank);\n  printf("%d\\n", rank);\n  return 0;\n'),
    "a rank that lives elsewhere": main('printf("%d\\n", rank);\n  return 0;\n', HEAD + "extern int rank;\n"),
    "a rank that another function sets": main(
        'find();\n  printf("%d\\n", rank);\n  return 0;\n', HEAD + "static int rank;\nvoid find(void) { rank = 7; }\n"
    ),
    "MPI is started and ended out of view": main(
        "int n = 0;\n  setup_parallel(&argc, &argv);\n  MPI_Barrier(MPI_COMM_WORLD);\n  return n;\n"
    ),
    "the value returned may need MPI": main(f"int rank, size;\n  {BEGUN}  return work(rank, size);\n"),
    "each process shows its own sum": main(
        f'int rank, size, sum = 0;\n  {BEGUN}{SUM}  printf("%d found %d\\n", rank, sum);\n{ENDED}'
    ),
    "the sum starts from something": main(f'int rank, size, sum = 5;\n  {BEGUN}{SUM}  printf("%d\\n", sum);\n{ENDED}'),
    "the sum is sent by hand": main(
        f"int rank, size, sum = 0;\n  {BEGUN}{SUM}  MPI_Send(&sum, 1, MPI_INT, 0, 0, MPI_COMM_WORLD);\n"
        f'  printf("%d\\n", sum);\n{ENDED}'
    ),
    "the total is of another type": main(
        f"int rank, size, sum = 0;\n  double total;\n  {BEGUN}{SUM}"
        f'  if (rank == 0)\n    printf("%f\\n", total);\n{ENDED}'
    ),
    "only rank 0 wants what it reads": main(
        f'int rank, size, n;\n  {BEGUN}  if (rank == 0) {{\n    scanf("%d", &n);\n    printf("%d\\n", n);\n  }}\n'
        f'  printf("%d\\n", size);\n{ENDED}'
    ),
    "a time is not what is missing": main(f"int rank, size;\n  {BEGUN}  double ratio = ;\n{ENDED}"),
    "one line for all": "int main(void) { int rank; return rank; }\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_offered(text: str) -> None:
    assert [one.text for one in offered(text)] == []


@pytest.mark.parametrize("statement", ["std::cin >> rank;", "find(rank);"])
def test_what_cpp_may_set_is_left_alone(statement: str) -> None:
    text = main(f"int rank;\n  {statement}\n  return rank;\n")
    assert [one.text for one in offered(text, "cpp")] == []
    assert len(offered(text.replace(statement, ""), "cpp")) == 3


def test_the_group_says_what_it_is() -> None:
    init, rank, end = offered(HALF)
    assert (init.code, init.kind, init.evidence, init.function, init.arguments) == (
        "MPI001",
        "mpi",
        "plausible",
        "MPI_Init",
        ("&argc", "&argv"),
    )
    assert (rank.line, rank.column, rank.after_line) == (6, 1, 5)
    assert rank.message == "the rank is used, and nothing asks for it"
    assert 0 < rank.confidence < end.confidence < 1


def test_the_header_comes_once_and_only_where_it_is_missing() -> None:
    assert not [edit for one in offered(HALF) for edit in one.edits if "#include" in edit.text]
    text = HALF.replace("#include <mpi.h>\n", "")
    headers = [edit for one in offered(text) for edit in one.edits if "#include" in edit.text]
    assert [(edit.line, edit.text) for edit in headers] == [(2, "#include <mpi.h>\n")]


@pytest.mark.parametrize(
    "settings",
    [
        Settings(kind="openmp"),
        Settings(select=("OMP001",)),
        Settings(evidence="proved"),
        Settings(min_confidence=0.7),
    ],
)
def test_settings_silence_the_whole_group(settings: Settings) -> None:
    assert offered(HALF)
    assert not offered(HALF, settings=settings)


@pytest.mark.parametrize("code", ["", "[MPI001]"])
def test_a_comment_silences_what_goes_next_to_it(code: str) -> None:
    comment = f"// hpcls: ignore{code}"
    assert not offered(HALF.replace("int rank;", f"int rank; {comment}"))
    assert len(offered(HALF.replace("{\n", f"{{ {comment}\n", 1))) == 3


def test_a_directive_stays_with_its_loop_where_a_call_goes_in_front() -> None:
    work = '  for (int i = 0; i < 100000; i++)\n    a[i] = a[i] * 2.0 + 1.0;\n  printf("%d\\n", rank);\n  return 0;\n'
    text = main(f"static double a[100000];\n  int rank;\n{work}")
    found = offered(text, settings=Settings())
    assert [one.text.split("(")[0] for one in found][2] == "#pragma omp parallel for"
    assert [one.line for one in found[:3]] == [7, 7, 7]

"""What a program without its MPI calls reads unset, and sets unread, line by line."""

from __future__ import annotations

import pytest

from hpcls.suggest.prompt import code_prompt
from hpcls.suggest.prompt.branches import branches_of
from hpcls.suggest.prompt.gaps import Gaps
from hpcls.suggest.prompt.values import values_of
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse


def marked(body: str) -> tuple[list[str], list[str]]:
    """`name@line` of what is read unset and of what is set unread; the first line of the body is 2."""
    source = parse(f"void f(int n) {{\n{body}\n}}\n", "f.c", "c")
    code = code_prompt(source, (0, len(source.data)), scopes_of(source), 900)
    values = values_of(code.words)

    def told(found: dict[int, tuple[str, ...]]) -> list[str]:
        return [f"{code.names.spelled(name)}@{line}" for line, names in sorted(found.items()) for name in names]

    return told(dict(values.read_unset)), told(dict(values.set_unread))


@pytest.mark.parametrize(
    ("body", "unset", "unread"),
    [
        ("int rank;\nif (rank == n) g();", ["rank@3"], []),
        ("int rank;\ninit(&rank);\nif (rank == n) g();", [], []),
        ('int rank;\nscanf("", &rank);\ng(n);', [], ["rank@3"]),
        ('double sum = n, pi;\nprintf("", pi);', ["pi@3"], ["sum@2"]),
        ('double pi;\nif (n) printf("", pi);\nprintf("", pi);', ["pi@4"], []),
        ("double a[9];\na[n] = 1;\ng(n);", [], ["a@3"]),
        ("double a[9];\nfill(a, n);\nuse(a[0]);", [], []),
        ("double a[9];\nuse(a[0] + n);", ["a@3"], []),
        ("int k;\nk = n;\nk += 1;", [], ["k@4"]),
        ("int k;\nk++;\ng(k, n);", ["k@3"], []),
    ],
)
def test_values_line_by_line(body: str, unset: list[str], unread: list[str]) -> None:
    found = marked(body)
    assert found[0] == unset
    assert [one for one in found[1] if not one.startswith("n@")] == unread


def test_what_the_file_declares_is_set() -> None:
    source = parse("int rank;\nvoid f(void) {\n  g(rank);\n}\n", "f.c", "c")
    code = code_prompt(source, (10, len(source.data)), scopes_of(source), 900)
    assert values_of(code.words).read_unset == {}


def test_at_a_gap_stands_what_follows_it() -> None:
    code = "<s> <code> <L1> void func_0 ( ) { <L2> int var_0 ; <L3> if ( var_0 ) { <L4> } <L5> } <L6> <L7>".split()
    gaps = Gaps.of(code, "<mpi> <facts> rank var_0 <answer>".split())
    assert gaps.given(1) == ("int", "var_0", "<answer>")
    proposed = gaps.given(2, ("MPI_Barrier",))
    assert " ".join(proposed) == "if ( unknown var_0 <facts> MPI_Barrier <answer>"
    assert gaps.given(3) == ("}", "rank", "<answer>")


def test_branches_on_the_rank_and_loops_over_processes() -> None:
    lines = (
        "if ( var_0 == 0 ) {", "for ( var_2 = 1 ; var_2 < var_1 ; var_2 ++ )", "f ( ) ;", "}", "else {", "g ( ) ;", "}",
        "if ( var_0 )", "h ( ) ;", "else", "i ( ) ;", "j ( ) ;",
    )  # fmt: skip
    code = ["<s>", "<code>", *(word for n, line in enumerate(lines, 1) for word in (f"<L{n}>", *line.split()))]
    found = branches_of(code, "<mpi> <facts> rank var_0 size var_1 calls ( var_3 ) <answer>".split())
    assert [" ".join(found[n]) for n in range(1, len(lines) + 1)] == [
        "rank", "rank size", "rank", "", "rank", "rank", "", "rank", "", "rank", "", "",
    ]  # fmt: skip

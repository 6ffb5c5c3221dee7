"""What is in scope where a call may be written, read from declarations."""

from __future__ import annotations

import pytest

from hpcls.suggest.grammar.mpi import Gap, arguments_of
from hpcls.suggest.grammar.names import Name
from hpcls.suggest.grammar.visible import gaps_of
from hpcls.suggest.prompt.code import CodePrompt, code_prompt, spans_of
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse
from tests.suggest.grammar_words import Vocabulary, takes

PROGRAM = """
#define N 100
#define WORLD MPI_COMM_WORLD
#define GREETING "hello"
#define SQUARE(x) ((x) * (x))
typedef double real;
typedef struct { int id; real x[3]; } body;
enum { LEFT, RIGHT };
const int limit = 5;
void add(void *a, void *b, int *n, MPI_Datatype *t);
int main(int argc, char **argv) {
  MPI_Comm comm = WORLD;
  body *b = 0;
  real sums[N];
  quantity q;
  if (argc > LEFT + 1000) {
    int inner = limit;
    sums[0] = inner + b->id + b->x[0] + q + unknown + SQUARE(2);
  } else
    printf(GREETING);
  t0 =
  add(0, 0, 0, 0);
  return 0;
}
"""


def prompt(text: str, language: LanguageName = "c") -> tuple[CodePrompt, dict[int, Gap]]:
    source = parse(text, "program", language)
    scopes = scopes_of(source)
    code = code_prompt(source, spans_of(source)[-1], scopes, 900)
    return code, {gap.line: gap for gap in gaps_of(code, scopes)}


def line_of(code: CodePrompt, text: str) -> int:
    """The number of the line that ends with what stands for `text`."""
    found = [line for line in range(code.lines + 1) if _spelled(code, line).endswith(text)]
    assert len(found) == 1, text
    return found[0]


def _spelled(code: CodePrompt, line: int) -> str:
    end = code.ends[line - 1] if line else 0
    start = code.ends[line - 2] if line > 1 else 0
    return " ".join(code.names.spelled(word) for word in code.encoded.tokens[start:end])


def named(code: CodePrompt, gap: Gap) -> dict[str, Name]:
    return {code.names.spelled(name.symbol): name for name in gap.scope.names}


def test_names_with_their_types() -> None:
    code, gaps = prompt(PROGRAM)
    names = named(code, gaps[line_of(code, "inner = limit ;")])
    comm, b, sums = names["comm"], names["b"], names["sums"]
    assert (comm.c_type, comm.pointers, comm.dimensions) == ("MPI_Comm", 0, 0)
    assert b.pointers == 1
    assert sorted((code.names.spelled(symbol), place.c_type, place.dimensions) for symbol, place in b.members) == [
        ("id", "int", 0),
        ("x", "double", 1),
    ]
    assert (sums.c_type, sums.dimensions) == ("double", 1)
    assert names["argc"].is_parameter
    assert (names["argv"].c_type, names["argv"].pointers) == ("char", 2)
    assert names["limit"].is_constant
    assert names["LEFT"].c_type == "int"
    assert names["WORLD"].c_type == "MPI_Comm"
    assert names["N"].c_type == "int"
    assert names["GREETING"].pointers == 1
    assert names["1000"].c_type == "int"
    assert not names["q"].is_known
    assert not names["unknown"].is_known
    assert "SQUARE" not in names
    assert [code.names.spelled(symbol) for symbol in gaps[4].scope.functions] == ["add"]


def test_a_block_ends_what_it_declares() -> None:
    code, gaps = prompt(PROGRAM)
    assert "inner" in named(code, gaps[line_of(code, "SQUARE ( 2 ) ;")])
    assert "inner" not in named(code, gaps[line_of(code, "t0 =")])
    assert "sums" not in named(code, gaps[line_of(code, "b = 0 ;")])


def test_gaps_lie_within_the_function_and_not_in_front_of_else() -> None:
    code, gaps = prompt(PROGRAM)
    assert 0 not in gaps
    assert code.lines not in gaps
    assert gaps[line_of(code, "t0 =")].is_value
    assert sum(gap.is_value for gap in gaps.values()) == 1
    code, gaps = prompt("void f(int n) { if (n) n = 1; else n = 2; }")
    assert line_of(code, "n = 1 ;") not in gaps
    assert line_of(code, "n = 2 ;") in gaps
    code, gaps = prompt("void f(int n) { if (n) else n = 2; }")
    assert [gap.line for gap in gaps.values() if gap.is_branch] == [line_of(code, "if ( n )")]
    code, gaps = prompt("void f(int n) { if (n) while (n) { n = 1; } else n = 2; if (n) n = 3; }")
    assert line_of(code, "n = 1 ;") in gaps
    assert line_of(code, "( int n ) {") + 1 not in gaps  # `if (n) call(); while (n) { … } else …`
    assert line_of(code, "n = 3 ;") - 1 in gaps


def test_a_window_of_a_function_is_within_it() -> None:
    body = "\n".join(f"  n = n * {i};" for i in range(99))
    source = parse(f"void f(int n) {{\n{body}\n}}", "long.c", "c")
    scopes = scopes_of(source)
    code = code_prompt(source, spans_of(source)[0], scopes, 80, focus=(600, 601))
    assert code.first > 0
    assert [gap.line for gap in gaps_of(code, scopes)] == list(range(code.lines + 1))


def test_scopes_are_shared_where_nothing_changes() -> None:
    code, gaps = prompt("void f(int n) { n = 1; n = 2; { int m = n; m = 3; } }")
    assert gaps[line_of(code, "n = 1 ;")].scope is gaps[line_of(code, "n = 2 ;")].scope
    assert gaps[line_of(code, "m = 3 ;")].scope is not gaps[line_of(code, "n = 2 ;")].scope


def test_a_fragment_has_gaps_everywhere_and_names_of_no_type() -> None:
    _, gaps = prompt("x = y[0];\nz += x;")
    assert set(gaps) == {0, 1, 2}
    assert all(not name.is_known for name in gaps[0].scope.names if name.symbol != "0")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("{v} . data ( )", True),
        ("& {v} [ 0 ]", True),
        ("{v} ,", False),
        ("{m}", False),
        ("{s} . c_str ( )", True),
        ("{b} -> {x}", True),
        ("& {r}", True),
        ("{w} . data ( ) ,", False),  # of vectors
        ("& {w} [ 1 ] [ 0 ]", True),
    ],
)
def test_members_of_a_class_and_containers(text: str, is_one: bool) -> None:
    code, gaps = prompt(
        "struct Body { double x[3]; };\n"
        "struct S { int r; std::vector<double> v; void f(std::string s, std::map<int, int> m, Body *b); };\n"
        "void S::f(std::string s, std::map<int, int> m, Body *b) {\n"
        "  std::vector<std::vector<float>> w;\n  r = v[0] + s[0] + m[0] + b->x[0] + w[0][0];\n}",
        "cpp",
    )
    symbols = {spelling: symbol for symbol, spelling in code.names.spellings.items()}
    vocabulary = Vocabulary()
    place = arguments_of("MPI_Send", (), gaps[line_of(code, "w [ 0 ] [ 0 ] ;")], vocabulary)
    assert takes(place, vocabulary, f"{vocabulary.read(place.forced())} {text.format_map(symbols)}") == is_one


@pytest.mark.parametrize("text", ["", ";", "{", "}", "void f(", "else ;", "int main() { x = ", "#if 0\n}", "\x00"])
def test_no_text_is_too_broken(text: str) -> None:
    source = parse(text, "broken.c", "c")
    scopes = scopes_of(source)
    gaps_of(code_prompt(source, spans_of(source)[-1], scopes, 900), scopes)

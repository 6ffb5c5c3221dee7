"""Prompts as they are read by a model."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hpcls.analysis.engine import analyse
from hpcls.suggest.prompt import code_prompt, mpi_question, openmp_question, spans_of
from hpcls.suggest.prompt.openmp import openmp_answer
from hpcls.syntax.openmp_text import parse_directive
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, parse

PROGRAM = """\
#include <mpi.h>
#define STEPS 100
double grid[STEPS];
static int unrelated(void) { return 1; }
int main(int argc, char **argv) {
    int rank, i, j;
    double t, sum = 0;
    for (i = rank; i < STEPS; i++) {
        t = grid[i] * 2;
        sum += t;
    }
    return 0;
}
"""


def source_of(text: str) -> Source:
    return parse(text, "a.c")


def test_the_outline_declares_what_the_function_sees_and_the_facts_what_is_known() -> None:
    source = source_of(PROGRAM)
    scopes = scopes_of(source)
    code = code_prompt(source, spans_of(source)[1], scopes, 500)
    loop = analyse(source, scopes)[0][0].verdict
    question = openmp_question(code, loop)
    assert question is not None
    assert " ".join((*code.words, *question)) == (
        "<s> #define macro_0 100 ; double arr_0 [ macro_0 ] ; <code> "
        "<L1> int main ( int var_0 , char * * var_1 ) { <L2> int var_2 , var_3 , var_4 ; "
        "<L3> double var_5 , var_6 = 0 ; <L4> for ( var_3 = var_2 ; var_3 < macro_0 ; var_3 ++ ) { "
        "<L5> var_5 = arr_0 [ var_3 ] * 2 ; <L6> var_6 += var_5 ; <L7> } <L8> return 0 ; <L9> } <L10> <L11> "
        "<omp> <L4> <facts> independent counter var_3 private ( var_5 ) reduction + ( var_6 ) <answer>"
    )
    assert " ".join(mpi_question(code)) == "<mpi> <facts> rank var_2 calls ( var_0 , var_1 , var_4 ) <answer>"


def test_an_answer_keeps_the_clauses_it_can_name_in_one_order() -> None:
    source = source_of(PROGRAM)
    code = code_prompt(source, spans_of(source)[1], scopes_of(source), 500)
    directive = parse_directive(
        "parallel for schedule(static, 4) reduction(-:sum) private(i) shared(grid) private(t, zz)"
    )
    assert directive is not None
    answer = openmp_answer(directive.name, directive.clauses, ["var_3", "var_5", "var_6"], code.names)
    assert " ".join(answer) == "parallel for private ( var_3 , var_5 ) reduction ( + : var_6 ) schedule ( static , 4 )"


def test_lines_far_from_the_loop_are_left_out_whole() -> None:
    body = "\n".join(f"  a[{i}] = b[{i}] + c[{i}];" for i in range(200))
    loop = "  for (int i = 0; i < n; i++) a[i] = 0;"
    source = source_of(f"void f(double *a, double *b, double *c, int n) {{\n{body}\n{loop}\n{body}\n}}\n")
    at = source.data.index(b"for")
    code = code_prompt(source, spans_of(source)[0], scopes_of(source), 300, focus=(at, at + 30))
    assert len(code.words) <= 310
    assert not code.is_whole
    number = code.number_at(at)
    assert number is not None
    assert code.words[code.words.index(f"<L{number}>") + 1] == "for"
    assert next(word for word in code.words if word.startswith("<L")) == "<L1>"


@given(st.integers(0, 8))
def test_numbers_of_lines_lead_back_to_their_bytes(number: int) -> None:
    source = source_of(PROGRAM)
    code = code_prompt(source, spans_of(source)[1], scopes_of(source), 500)
    behind = code.end_of(number)
    following = code.start_after(number)
    assert following is not None
    assert source.data[behind:following].strip() == b""
    assert code.number_at(following) == number + 1

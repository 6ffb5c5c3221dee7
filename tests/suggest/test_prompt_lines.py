"""Lines of a prompt follow the statements, not the author's layout."""

from __future__ import annotations

import pytest

from hpcls.suggest.prompt.code import code_prompt
from hpcls.suggest.prompt.lines import line_ends
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse


def lines(text: str) -> list[str]:
    tokens = text.replace("↵", " ").split()
    at, breaks = 0, set[int]()
    for part in text.split("↵")[:-1]:
        at += len(part.split())
        breaks.add(at - 1)
    ends = line_ends(tokens, frozenset(breaks))
    return [" ".join(tokens[start:end]) for start, end in zip((0, *ends), ends, strict=False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("int a ; a = 1 ;", ["int a ;", "a = 1 ;"]),
        ("for ( i = 0 ; i < n ; i ++ ) { f ( ) ; }", ["for ( i = 0 ; i < n ; i ++ ) {", "f ( ) ;", "}"]),
        ("if ( a ) b ( ) ; else c ( ) ;", ["if ( a )", "b ( ) ;", "else", "c ( ) ;"]),
        ("if ( a ) { } else if ( b ) { }", ["if ( a ) {", "}", "else if ( b ) {", "}"]),
        ("do { x ++ ; } while ( x < 3 ) ;", ["do {", "x ++ ;", "}", "while ( x < 3 ) ;"]),
        ("int a [ ] = { 1 , 2 } ; b ;", ["int a [ ] = { 1 , 2 } ;", "b ;"]),
        ("switch ( x ) { case 1 : f ( ) ; break ; }", ["switch ( x ) {", "case 1 :", "f ( ) ;", "break ;", "}"]),
        ("#pragma omp barrier <nl> a ;", ["#pragma omp barrier <nl>", "a ;"]),
        ("t0 = ↵ for ( ; ; ) a ;", ["t0 =", "for ( ; ; )", "a ;"]),
        ("t0 = 1 + ↵ 2 ;", ["t0 = 1 + 2 ;"]),
        ("f ( [ & ] { a ; } ) ; b ;", ["f ( [ & ] {", "a ;", "} ) ;", "b ;"]),
        ("a ( ;", ["a ( ;"]),
        ("", []),
    ],
)
def test_a_line_is_a_statement_or_a_head(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


def test_layout_does_not_change_the_prompt() -> None:
    one = "void f(int n, double *a)\n{\n  int i;\n  for (i = 0; i < n; i++)\n  {\n    a[i] = i;\n  }\n}\n"
    other = "void f(int n,\n  double *a) { int i;\n for (i = 0; i < n;\n i++) { a[i] = i; } } // done\n"
    assert prompt(one) == prompt(other)


def prompt(text: str) -> tuple[str, ...]:
    source = parse(text, "a.c")
    return code_prompt(source, (0, len(source.data)), scopes_of(source), 500).words

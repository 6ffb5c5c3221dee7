"""Tokompiler: what becomes a symbol, what stays, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpcls.syntax.languages import LanguageName
from hpcls.syntax.source import parse
from hpcls.tokens.decode import decode
from hpcls.tokens.encode import Encoded, encode
from scripts.roundtrip import tokens


def encoded(text: str, language: LanguageName = "c") -> Encoded:
    return encode(parse(text, "x", language))


def spelled(text: str, language: LanguageName = "c") -> str:
    return " ".join(encoded(text, language).tokens)


def returned(text: str, language: LanguageName = "c") -> str:
    result = encoded(text, language)
    return decode(result.tokens, result.names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("double x; int n;", "double var_0 ; int var_1 ;"),
        ("double a[10]; double *p; p[0] = a[1];", "double arr_0 [ 10 ] ; double * arr_1 ; arr_1 [ 0 ] = arr_0 [ 1 ] ;"),
        ("int f(int n) { return f(n - 1); }", "int func_0 ( int var_0 ) { return func_0 ( var_0 - 1 ) ; }"),
        ("struct p { int x; }; struct p q;", "struct struct_0 { int field_0 ; } ; struct struct_0 var_0 ;"),
        ("typedef double real; real x;", "typedef double type_0 ; type_0 var_0 ;"),
        ("enum e { red };", "enum enum_0 { const_0 } ;"),
        ("void f() { goto end; end: ; }", "void func_0 ( ) { goto label_0 ; label_0 : ; }"),
        ("#define N 8\nint a[N];", "#define macro_0 8 <nl> int arr_0 [ macro_0 ] ;"),
        ("#define SQ(x) ((x) * (x))", "#define( macro_0 ( var_0 ) ( ( var_0 ) * ( var_0 ) ) <nl>"),
        ("#define S(x) #x", "#define( macro_0 ( var_0 ) # var_0 <nl>"),
        ("#if defined(a) && b\n#endif", "#if defined ( macro_0 ) && macro_1 <nl> #endif <nl>"),
    ],
)
def test_a_declared_name_becomes_what_it_is(text: str, expected: str) -> None:
    assert spelled(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a[i] = f(x);", "arr_0 [ var_0 ] = func_0 ( var_1 ) ;"),
        ("p->next.size = NX;", "var_0 -> field_0 . field_1 = macro_0 ;"),
        ("void f(grid_t *g);", "void func_0 ( type_0 * var_0 ) ;"),
        ("x.go(1);", "var_0 . func_0 ( 1 ) ;"),
    ],
)
def test_an_undeclared_name_becomes_what_its_use_says(text: str, expected: str) -> None:
    assert spelled(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "int main ( ) { return 0 ; }",
        'printf ( "" ) ; free ( NULL ) ; exit ( EXIT_FAILURE ) ;',
        "MPI_Comm_rank ( MPI_COMM_WORLD ) ; omp_get_thread_num ( ) ;",
        '#include <stdio.h> <nl> #include "mpi.h" <nl>',
        "0.5 ; 1.0f ; 1e-6 ; 100 ; 0xFF ; 10UL ; '\\0' ; 'a' ;",
        "#pragma omp parallel for reduction ( + : <nl> #pragma once <nl>",
        "#pragma omp target map ( tofrom : <nl>",
    ],
)
def test_what_every_program_shares_stays(text: str) -> None:
    assert spelled(text.replace("<nl> ", "\n").replace("<nl>", "\n")) == text


def test_a_constructor_goes_by_its_class() -> None:
    assert spelled("class A { A(); ~A(); }; A::A() {}", "cpp").count("struct_0") == 5


def test_the_cpp_library_stays_behind_std_and_member_access() -> None:
    text = "std::vector<double> data; data.push_back(1); sort(data);"
    expected = "std :: vector < double > var_0 ; var_0 . push_back ( 1 ) ; func_0 ( var_0 ) ;"
    assert spelled(text, "cpp") == expected
    assert "sort" in spelled("using namespace std; void f() { sort(x); }", "cpp").split()


def test_a_name_of_the_library_that_the_program_declares_is_its_own() -> None:
    assert spelled("double y1; y1 = 2;") == "double var_0 ; var_0 = 2 ;"


def test_long_literals_fold() -> None:
    assert spelled("x = 3.14159265 + 1024; s = \"hello\"; c = L'é';") == (
        "var_0 = num_0 + num_1 ; var_1 = str_0 ; var_2 = chr_0 ;"
    )


def test_the_variables_of_a_pragma_are_those_of_the_program() -> None:
    text = "int map; double s;\n#pragma omp parallel for private(map) reduction(+:s) schedule(static, 4)\nfor (;;) ;"
    assert (
        spelled(text)
        .split(" ; ")[2]
        .startswith(
            "#pragma omp parallel for private ( var_0 ) reduction ( + : var_1 ) schedule ( static , 4 ) <nl> for ("
        )
    )


def test_comments_go_and_offsets_are_bytes() -> None:
    text = "/* é */ int ß = 1; // end\n"
    result = encoded(text)
    assert [text.encode()[start:end].decode() for start, end in result.offsets] == ["int", "ß", "=", "1", ";"]


def test_offsets_see_through_continued_lines() -> None:
    text = "#define A b \\\n  + c\nint d;"
    result = encoded(text)
    at = dict(zip(result.tokens, result.offsets, strict=True))
    assert [text[slice(*at[name])] for name in ("var_0", "var_1", "var_2")] == ["b", "c", "d"]


def test_a_span_is_read_alone_with_the_names_of_the_whole() -> None:
    source = parse("double a[3];\nvoid f(int n) { a[n] = 0; }\n", "x", "c")
    whole = encode(source)
    part = encode(source, whole.names, (source.data.index(b"a[n]"), source.data.index(b" }")))
    assert " ".join(part.tokens) == "arr_0 [ var_0 ] = 0 ;"
    assert part.names == whole.names


def test_names_that_look_like_symbols_survive() -> None:
    text = "int var_1, arr_0, num_0; var_1 = num_0;"
    assert tokens(returned(text)) == tokens(text)


def test_there_is_no_limit_to_the_number_of_names() -> None:
    text = "".join(f"int name{i};\n" for i in range(3000))
    assert tokens(returned(text)) == tokens(text)


def test_names_keep_their_symbols_across_versions() -> None:
    first = encoded("int alpha, beta, gamma;")
    second = encode(parse("int delta, alpha, gamma; double eps;", "x", "c"), first.names)
    assert " ".join(second.tokens) == "int var_1 , var_0 , var_2 ; double var_3 ;"  # beta is gone, its number free


def test_a_renamed_variable_changes_no_token() -> None:
    first = encoded("int alpha, beta; alpha = beta;")
    assert encode(parse("int other, beta; other = beta;", "x", "c"), first.names).tokens == first.tokens


def test_a_variable_keeps_its_symbol_when_it_becomes_an_array() -> None:
    first = encoded("double *a; int i;")
    second = encode(parse("double *a; int i; a[i] = 1;", "x", "c"), first.names)
    assert second.tokens[: len(first.tokens)] == first.tokens


@pytest.mark.parametrize(
    "text",
    [
        "#define F(x) x\n#define G (x)\n#define H\n",
        "#define S(x) #x \\\n  ## tail\nint a;",
        "#error don't /* a\n comment */ panic\nint a;",
        "#if 0\nit's odd \\' /* x */\n#endif\nchar c = 'x';",
        "# 12 \"file.c\" 2\n#\n#ident \"v\"\nint a;",
        'char *s = "a\\\nb" "c\\"d"; x = R"(no\\\nsplice)";',
        "fo\\\no = 1;\r\n#define A \\\r\n 1\r\n",
        "a = b - -c; a = b+ +c; a = &*p; i++ + ++j; a = b / *p; x = -.5;",
        'asm volatile("nop" : "=r"(x) :: "memory");',
        "int a<:3:> = <% 1 %>; %:define X 1\n",
        "x = 1'000'000 + 0xe+1 + 1.e+5f;",
        'auto t = "x"_s + 3s; std::vector<::a::b> v; a<b<c>> d; operator""_x;',
        "x ? y : ::z; p->~T(); f<&C::g>(); a->*b; a.*b; [[nodiscard]] int f();",
        "int \\u00e9t\\u00e9, ñ, $d; \\",
        "\ufeff#include <weird dir/x.h>\n#if __has_include(<a/b.h>)\n#endif",
        "#include <>\nx<::>y; a<::b>c; #define <:( ]", "'\\ ", "#pragmaé x\n#define\\u00e9 1", "' R\"(\n)\" x\ny",
        "/* open", "'", '"', "\\ /* c */\nx", "; # stray", "#define", "#include <", "f(#x)",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["c", "cpp"])
def test_odd_texts_come_back(text: str, language: LanguageName) -> None:
    assert tokens(returned(text, language)) == tokens(text)


def test_the_layout_is_readable() -> None:
    text = "int main(int n,char**v){for(int i=0;i<n;i++){a[i]=-b->c[i]*2;}if(!n){f();}else g(&n);return 0;}"
    assert returned(text) == (
        "int main(int n, char * *v) {\n  for (int i = 0; i < n; i++) {\n    a[i] = -b->c[i] * 2;\n  }\n"
        "  if (!n) {\n    f();\n  } else g(&n);\n  return 0;\n}\n"
    )


_SOUP = (
    "int double a b var_1 x1 é \\u00e9 if for class operator { } ( ) [ ] ; , . -> :: < > << >> + ++ - -- * / & && = =="
    ' ! ~ ? : # ## \' " \\ <: :> % %: @ 1 .5 1e-6 0x1F \'a\' "s" R"(r)" L"w" u8 R \n \r\n \\\n /* */ //'
    " #define #include <a>"
    " #pragma omp #error __has_include( <nl> <#> ..."
)
_PIECES = st.sampled_from(_SOUP.split(" "))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(_PIECES, st.sampled_from(["", " ", " ", "\n"])), max_size=25), st.sampled_from(["c", "cpp"]))
def test_any_soup_of_tokens_comes_back(pieces: list[tuple[str, str]], language: LanguageName) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    assert tokens(returned(text, language)) == tokens(text)


_NAMES = st.sampled_from(["a", "b", "count", "var_0", "größe", "data", "size"])
_STATEMENTS = st.one_of(
    st.builds("int {0}; double {1}[10];".format, _NAMES, _NAMES),
    st.builds("for (int {0} = 0; {0} < {1}; {0}++) {{ {1}[{0}] = {2}({0}); }}".format, _NAMES, _NAMES, _NAMES),
    st.builds("#define {0}({1}) ({1} + 1)\n".format, _NAMES, _NAMES),
    st.builds("struct {0} {{ int {1}; }};".format, _NAMES, _NAMES),
    st.builds("{0}->{1} = {2} ? 1.5 : 123456;".format, _NAMES, _NAMES, _NAMES),
    st.builds("#pragma omp parallel for private({0})\n".format, _NAMES),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(_STATEMENTS, max_size=8), st.lists(_STATEMENTS, max_size=8))
def test_the_next_version_comes_back_and_shares_its_symbols(before: list[str], after: list[str]) -> None:
    first = encoded("\n".join(before))
    second = encode(parse("\n".join(after), "x", "c"), first.names)
    assert tokens(decode(second.tokens, second.names)) == tokens("\n".join(after))
    still_there = set(tokens("\n".join(after)))
    kept = {symbol for symbol, spelling in first.names.spellings.items() if spelling in still_there}
    assert all(second.names.spellings[symbol] == first.names.spellings[symbol] for symbol in kept)


@pytest.mark.parametrize("text", ["#error voil\u00e0", "#\u00c5"])
def test_the_last_byte_of_a_letter_is_no_space(text: str) -> None:
    assert returned(text).split()[-1].endswith(text[-1])


@given(st.text(max_size=60))
@settings(deadline=None)
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(returned(text), str)

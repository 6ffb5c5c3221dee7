"""Which declaration a name means, and what is known of it.  `@` marks the place of the question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpcls.syntax.languages import LanguageName
from hpcls.syntax.scopes import ScopeTree, Symbol, scopes_of
from hpcls.syntax.source import parse


def declared(text: str, name: str, language: LanguageName = "c") -> Symbol:
    """The last symbol of that name."""
    return [symbol for symbol in scopes_of(parse(text, "x", language)).symbols if symbol.name == name][-1]


def at_mark(text: str, language: LanguageName) -> tuple[ScopeTree, int]:
    return scopes_of(parse(text.replace("@", "", 1), "x", language)), len(text[: text.index("@")].encode())


def meant(text: str, name: str, language: LanguageName = "c") -> tuple[str, str] | None:
    """Kind and type of `name` at the mark."""
    tree, offset = at_mark(text, language)
    symbol = tree.lookup(name, offset)
    return None if symbol is None else (symbol.kind, symbol.type_text)


@pytest.mark.parametrize(
    ("text", "type_text", "pointers", "dimensions", "storage"),
    [
        ("double a;", "double", 0, (), set[str]()),
        ("static unsigned  long a;", "unsigned long", 0, (), {"static"}),
        ("int b, *a, c;", "int", 1, (), set[str]()),
        ("double a[N][M + 1];", "double", 0, ("N", "M + 1"), set[str]()),
        ("extern float a[];", "float", 0, ("",), {"extern"}),
        ("double (*a)[M];", "double", 1, ("M",), set[str]()),
        ("char *a[3];", "char", 1, ("3",), set[str]()),
        ("const double *a;", "double", 1, (), {"const-pointee"}),
        ("double *const a = 0;", "double", 1, (), {"const"}),
        ("const int a[4];", "int", 0, ("4",), {"const"}),
        ("double *__restrict__ a;", "double", 1, (), {"restrict"}),
        ("double *__restrict a;", "double", 1, (), {"restrict"}),
        ("void f(double *restrict a);", "double", 1, (), {"restrict"}),
        ("void f(const real* gmx_restrict a, int n) {}", "real", 1, (), {"restrict", "const-pointee"}),
        ("double *MY_RESTRICT a = b;", "double", 1, (), {"restrict"}),
        ("struct particle *a;", "struct particle", 1, (), set[str]()),
        ("struct { int x; } a;", "struct a", 0, (), set[str]()),
        ("int (*a)(int, double x);", "int (int, double x)", 1, (), set[str]()),
        ("void (*a[2])(void);", "void (void)", 1, ("2",), set[str]()),
        ("typedef struct node *a;", "struct node", 1, (), {"typedef"}),
    ],
)
def test_a_declarator_is_read_from_the_name_outwards(
    text: str, type_text: str, pointers: int, dimensions: tuple[str, ...], storage: set[str]
) -> None:
    symbol = declared(text, "a")
    assert (symbol.type_text, symbol.pointers, symbol.dimensions) == (type_text, pointers, dimensions)
    assert symbol.storage == storage


def test_initialisers_belong_to_their_own_declarator() -> None:
    text = "int a = 1 + 2, *b, c = f(3);"
    spans = {symbol.name: symbol.initializer for symbol in scopes_of(parse(text, "x", "c")).symbols}
    assert {name: span and text[slice(*span)] for name, span in spans.items()} == {"a": "1 + 2", "b": None, "c": "f(3)"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("int x; void f(double x) { @ }", ("parameter", "double")),
        ("int x; void f(double x) { } int g() { @ }", ("variable", "int")),
        ("int x; void f() { { float x; } @ }", ("variable", "int")),
        ("int x; void f() { @ float x; }", ("variable", "int")),
        ("void f(n, x) int n; double *x; { @ }", ("parameter", "double")),
        ("void f(n, x) int n; { @ }", ("parameter", "int")),
        ("void f() { for (long x = 0;;) { @ } }", ("variable", "long")),
        ("void f() { for (long x = 0;;) { } @ }", None),
        ("#define x 3\n@", ("macro", "")),
        ("#define x 3\n#undef x\n@", None),
        ("#if A\nint x;\n#else\nfloat x;\n@\n#endif\n", ("variable", "float")),
        ("#if A\nint x; @\n#else\nfloat x;\n#endif\n", ("variable", "int")),
        ("enum e { x, y }; @", ("enumerator", "int")),
        ("struct s { int x; }; @", None),
        ("struct s { struct x { int k; } in; }; @", ("struct", "struct x")),
        ("struct x { int k; }; typedef struct x x; @", ("type", "struct x")),
        ("void f() { @ goto x; x: return; }", ("label", "")),
        ("double x[3]; for (i = 0; i < 3; i++) x[i] = @ 0;", ("variable", "double")),
        ("double x; for (i = 0; i < 3; i++) { x = 1; @", ("variable", "double")),
        ("void f(double *x) { while (1) { if (@", ("parameter", "double")),
        ("void f(double *x) { float y; for (;;) { g(; @", ("parameter", "double")),
    ],
)
def test_the_innermost_visible_declaration_wins_in_c(text: str, expected: tuple[str, str] | None) -> None:
    assert meant(text, "x") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("void f(std::vector<int> v) { for (const auto& x : v) { @ } }", ("variable", "auto")),
        ("void f() { for (auto& [k, x] : m) { @ } }", ("variable", "auto")),
        ("void f() { auto [x, y] = g(); @ }", ("variable", "auto")),
        ("void f() { if (int x = g()) { @ } }", ("variable", "int")),
        ("void f() { if (int x = g()) { } @ }", None),
        ("void f() { while (int x = g()) { @ } }", ("variable", "int")),
        ("void f() { try { } catch (const E& x) { @ } }", ("parameter", "E")),
        ("auto l = [](int x) { return @ x; };", ("parameter", "int")),
        ("auto l = [x = 3]() { return @ x; };", ("variable", "auto")),
        ("void f() { auto l = [](int x) { }; @ }", None),
        ("template <class x> void f(x a) { @ }", ("template-parameter", "typename")),
        ("template <class T, int x = 3> class C { @ };", ("template-parameter", "int")),
        ("template <class x> void f(x a) { } @", None),
        ("namespace n { int x; @ }", ("variable", "int")),
        ("namespace n { int x; } @", None),
        ("namespace n { int x; } using namespace n; @", ("variable", "int")),
        ("namespace { int x; } @", ("variable", "int")),
        ('extern "C" { int x; } @', ("variable", "int")),
        ("using x = std::vector<int>; @", ("type", "std::vector<int>")),
        ("class C { void f() { @ } double x; };", ("field", "double")),
        ("class C { double x; }; @", None),
        ("class C { double x; void f(); }; void C::f() { @ }", ("field", "double")),
        ("class C { double x; void f(); }; void C::f() { int x; @ }", ("variable", "int")),
        ("template <class T> class C { T x; void f(); }; template <class T> void C<T>::f() { @ }", ("field", "T")),
        ("struct B { double x; }; struct C : public B { void f() { @ } };", ("field", "double")),
        ("int x; class C { double x; void f(); }; void g() { @ }", ("variable", "int")),
        ("void f(int n) { std::vector<double> x(n); @ }", ("variable", "std::vector<double>")),
        ("void f(int n) { T x(n, 0.0); @ }", ("variable", "T")),
        ("struct T {}; T x(T); @", ("function", "T")),
    ],
)
def test_the_innermost_visible_declaration_wins_in_cpp(text: str, expected: tuple[str, str] | None) -> None:
    assert meant(text, "x", "cpp") == expected


def test_visible_lists_inner_names_first_and_leaves_the_shadowed_out() -> None:
    tree, offset = at_mark("int a, b; struct s { int f; }; void g(int b) { double c; @ int d; }", "c")
    names = [(symbol.name, symbol.type_text) for symbol in tree.visible(offset)]
    assert names == [("c", "double"), ("b", "int"), ("g", "void"), ("s", "struct s"), ("a", "int")]


@pytest.mark.parametrize("owner", ["s", "struct s", "t", "u"])
def test_fields_go_by_the_tag_and_by_every_typedef(owner: str) -> None:
    tree = scopes_of(parse("typedef struct s { int x, *y; union { int z; }; } t; typedef t u;", "x", "c"))
    assert [field.name for field in tree.fields(owner)] == ["x", "y", "z"]


def test_an_unnamed_struct_goes_by_its_typedef_or_variable() -> None:
    tree = scopes_of(parse("typedef struct { int x; } t; struct { int y; } v;", "x", "c"))
    assert [field.name for field in tree.fields("t")] == ["x"]
    assert [field.name for field in tree.fields("struct v")] == ["y"]


def test_macros_and_functions_name_their_parameters() -> None:
    text = "#define MAX(a, b) ((a) > (b) ? (a) : (b))\n#define N 10 /* ten */\nint f(int n, double *x); int g(void);"
    assert declared(text, "MAX").parameters == ("a", "b")
    assert declared(text, "N").value == "10"
    assert declared(text, "f").parameters == ("int n", "double *x")
    assert declared(text, "g").parameters == ()


def test_an_out_of_class_definition_names_its_class() -> None:
    assert declared("void C<T>::f(int a) {}", "f", "cpp").owner == "C"


def test_offsets_are_bytes() -> None:
    text = "/* é */ double ß;"
    symbol = declared(text, "ß")
    assert text.encode()[symbol.start : symbol.end].decode() == "ß"


def test_ten_thousand_nested_blocks_are_no_problem() -> None:
    tree, offset = at_mark("void f(int x) {" + "{" * 10_000 + "int y; @" + "}" * 10_001, "c")
    assert tree.lookup("x", offset) is not None
    assert tree.lookup("y", offset) is not None


@given(st.text(alphabet="int x;{}()[]*&<>=,#\n:~", max_size=80), st.sampled_from(("c", "cpp")))
def test_no_text_breaks_it(text: str, language: LanguageName) -> None:
    tree = scopes_of(parse(text, "x", language))
    for symbol in tree.symbols:
        assert symbol.scope_start <= symbol.start <= symbol.end <= symbol.scope_end
    tree.visible(len(text) // 2)

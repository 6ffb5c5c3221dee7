"""Files that are hard on analysis: each grows with a number that says how large it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_LOOP = "for (int i = 0; i < n; i++)"


@dataclass(frozen=True)
class WorstCase:
    """One kind of file, `text(size)`; `full` is a size that nobody should have to wait for."""

    text: Callable[[int], str]
    full: int
    suffix: str = ".c"
    has_limits: bool = False
    """Its cost grows faster than its size, until a limit on pairs or on depth is reached."""

    @property
    def name(self) -> str:
        """What it is called in tables."""
        return self.text.__name__


def many_functions(size: int) -> str:
    """Eight lines each, and a loop in each."""
    return "".join(
        f"void f{k}(int n, double *a, double *b)\n{{\n    double s = 0;\n    for (int i = 1; i < n; i++) {{\n"
        f"        a[i] = b[i - 1] * {k};\n        s += a[i];\n    }}\n}}\n"
        for k in range(size)
    )


def many_loops_in_one_function(size: int) -> str:
    """One after the other."""
    return _function("".join(f"{_LOOP} {{\n a[i] = b[i] * {k};\n s += a[i];\n}}\n" for k in range(size)))


def long_body(size: int) -> str:
    """A loop of so many statements."""
    return _in_loop("".join(f"a[i + {k}] = b[i] * {k};\n" for k in range(size)))


def many_local_variables(size: int) -> str:
    """A loop of so many declarations."""
    return _in_loop("".join(f"double t{k} = b[i] * {k};\n" for k in range(size)))


def many_reductions(size: int) -> str:
    """A loop that accumulates into so many variables."""
    declared = "".join(f"double s{k} = 0;\n" for k in range(size))
    used = "".join(f"a[{k}] = s{k};\n" for k in range(size))
    return _function(f"{declared}{_LOOP} {{\n" + "".join(f"s{k} += b[i];\n" for k in range(size)) + "}\n" + used)


def one_sum_often(size: int) -> str:
    """A loop that accumulates into one variable in so many places."""
    return _in_loop("s += b[i];\n" * size)


def deep_nest(size: int) -> str:
    """So many loops inside each other."""
    loops = "".join(f"for (int i{k} = 0; i{k} < n; i{k}++)\n" for k in range(size))
    return _function(f"{loops} a[i0] = 1;\n")


def long_body_in_a_nest(size: int) -> str:
    """So many statements inside nineteen loops."""
    loops = "".join(f"for (int i{k} = 0; i{k} < n; i{k}++) {{\n" for k in range(19))
    return _function(loops + "".join(f"a[i0 + {k}] = i1;\n" for k in range(size)) + "}" * 19)


def accesses_of_one_array(size: int) -> str:
    """In one expression."""
    return _in_loop("a[i] = " + " + ".join(f"a[i + {k}]" for k in range(size)) + ";\n")


def accesses_of_one_array_in_lines(size: int) -> str:
    """Half of them before a loop, half of them in it."""
    lines = "".join(f"a[{k} + n] = a[{k}];\n" for k in range(size // 4))
    return _function(lines + f"{_LOOP} {{\n" + "".join(f"a[{k} + i] = a[i];\n" for k in range(size // 4)) + "}\n")


def long_product(size: int) -> str:
    """A subscript that would have very many terms, multiplied out."""
    return _in_loop("a[" + " * ".join(f"(i + n + g{k % 7})" for k in range(size)) + "] = 1;\n")


def long_sum(size: int) -> str:
    """A subscript of so many terms."""
    return _in_loop("a[" + " + ".join("i" for _ in range(size)) + "] = 1;\n")


def deep_parentheses(size: int) -> str:
    """A value in so many parentheses."""
    return _in_loop("a[i] = " + "(" * size + "i" + " + 1)" * size + ";\n")


def many_symbols(size: int) -> str:
    """So many global variables."""
    return "".join(f"int g{k};\n" for k in range(size)) + _in_loop("a[i] = g7;\n")


def definitions_of_definitions(size: int) -> str:
    """A value that doubles so many times."""
    chain = "int t0 = n;\n" + "".join(f"int t{k} = t{k - 1} + t{k - 1};\n" for k in range(1, size))
    return _function(f"{chain}{_LOOP}\n a[i + t{size - 1}] = a[i];\n")


def values_given_in_turn(size: int) -> str:
    """Two indices that are given each other's values so many times, where a thread asks for its number."""
    turns = "j = j + k; k = j - k;\n" * size
    return _function(f"int j = 0, k = 1, t = omp_get_thread_num();\n{turns}{_LOOP}\n a[j] = i + t;\n")


def coupled_subscripts(size: int) -> str:
    """So many pairs of accesses that only integer sets tell apart."""
    pairs = (f"a[i * {k} + j * {size - k} + c[{k}]] = a[j * {k + 1} - i + c[{k}]];\n" for k in range(1, size))
    return _in_loop("for (int j = 0; j < i; j++) {\n" + "".join(pairs) + "}\n")


def remainders(size: int) -> str:
    """So many tests and subscripts with remainders."""
    lines = (f"if (i % {k} == j % {k + 1}) a[i % {k} + j / {k}] = a[(i + j) % {k}];\n" for k in range(2, size))
    return _in_loop("for (int j = 0; j < i; j++) {\n" + "".join(lines) + "}\n")


def calls_of_calls(size: int) -> str:
    """Functions that each call the one before twice."""
    functions = "void f0(double *a) { a[0] = 1; }\n"
    functions += "".join(f"void f{k}(double *a) {{ f{k - 1}(a); f{k - 1}(a + 1); }}\n" for k in range(1, size))
    return functions + _in_loop(f"f{size - 1}(a + i);\n")


def calls_in_a_circle(size: int) -> str:
    """Functions that each call the next one in a loop, the last one the first."""
    return "".join(
        f"void f{k}(int n, double *a) {{ {_LOOP} {{ a[i] = {k}; f{(k + 1) % size}(i, a); }} }}\n" for k in range(size)
    )


def macros_of_macros(size: int) -> str:
    """Macros that each expand the one before twice."""
    macros = "#define M0(x) ((x) + 1)\n"
    macros += "".join(f"#define M{k}(x) (M{k - 1}(x) + M{k - 1}(x + {k}))\n" for k in range(1, size))
    return macros + _in_loop(f"a[i] = M{size - 1}(i);\n")


def branches_in_branches(size: int) -> str:
    """So many `if` inside each other."""
    return _in_loop("".join(f"if (b[i] > {k}) {{ a[i + {k}] = 1;\n" for k in range(size)) + "}" * size)


def long_chain_of_else(size: int) -> str:
    """One `if` with so many branches."""
    branches = "else ".join(f"if (c[i] == {k}) a[i + {k}] = b[i];\n" for k in range(size))
    return _in_loop(branches)


def one_branch_after_the_other(size: int) -> str:
    """So many `if`, each of which may set a scalar."""
    return _in_loop("double t;\n" + "".join(f"if (b[i] > {k}) t = {k};\n" for k in range(size)) + "a[i] = t;\n")


def long_switch(size: int) -> str:
    """So many cases."""
    return _in_loop("switch (i % 7) {\n" + "".join(f"case {k}: a[i + {k}] = 1; break;\n" for k in range(size)) + "}\n")


def many_arrays(size: int) -> str:
    """A loop that moves so many arrays about."""
    parameters = "".join(f", double *a{k}" for k in range(size))
    moves = "".join(f"a{k}[i] = a{(k + 1) % size}[i];\n" for k in range(size))
    return f"void f(int n{parameters})\n{{\n{_LOOP} {{\n{moves}}}\n}}\n"


def many_directives(size: int) -> str:
    """A function of so many loops with wrong directives."""
    return _function("#pragma omp parallel for\nfor (int i = 1; i < n; i++) a[i] = a[i - 1];\n" * size)


def many_loops_in_a_region(size: int) -> str:
    """A parallel region of so many loops."""
    loops = "#pragma omp for nowait\nfor (int i = 1; i < n; i++) a[i] = 1;\n" * size
    return _function(f"#pragma omp parallel\n{{\n{loops}}}\n")


def many_messages(size: int) -> str:
    """A program of so many calls of MPI."""
    ask = "MPI_Comm_rank(MPI_COMM_WORLD, &rank);"
    sends = (f"{ask}\nif (rank == {k}) MPI_Send(&size, 1, MPI_INT, {k}, 0, MPI_COMM_WORLD);\n" for k in range(size))
    begin = "#include <mpi.h>\nint main(int argc, char **argv)\n{\nint rank, size;\nMPI_Init(&argc, &argv);\n"
    return f"{begin}{''.join(sends)}MPI_Finalize();\n}}\n"


def many_ranks(size: int) -> str:
    """A program of so many functions with a variable that could be the rank."""
    functions = "".join(f"void f{k}(double *a) {{ int rank; a[rank] = {k}; }}\n" for k in range(size))
    return f"{functions}int main(void) {{ {_LOOP.replace('n', '9')} ; }}\n"


def many_methods(size: int) -> str:
    """C++ with so many loops over containers and objects."""
    head = "#include <vector>\nstruct V { double operator[](int i) const; };\n"
    loop = f"{_LOOP} a.at(i) = v[i];"
    return head + "".join(f"void f{k}(int n, V &v, std::vector<double> &a) {{ {loop} }}\n" for k in range(size))


def bases_of_bases(size: int) -> str:
    """C++ classes that each derive from the one before, with a loop in a method."""
    method = f"void f(int n, double *a) {{ {_LOOP} a[i] = x + y; }}"
    return "struct C0 { int x; };\n" + "".join(f"struct C{k} : C{k - 1} {{ {method} }};\n" for k in range(1, size))


def structs_with_one_field(size: int) -> str:
    """So many structs with a field of one name, each with a loop over one of them."""
    return "".join(
        f"struct S{k} {{ double *x; }};\nvoid f{k}(int n, struct S{k} *s) {{ {_LOOP} s->x[i] = s[i].x[0]; }}\n"
        for k in range(size)
    )


def large_table(size: int) -> str:
    """So many numbers in an initialiser of a function's own."""
    numbers = ",\n".join(str(k) for k in range(size))
    return _function(f"static const int t[] = {{\n{numbers}}};\n{_LOOP}\n a[i] = t[c[i]];\n")


def loops_in_a_loop(size: int) -> str:
    """So many loops in one, all of which write the same elements."""
    return _in_loop("".join(f"for (int j = {k}; j < n; j++) a[i * n + j] += b[j];\n" for k in range(size)))


def tiles(size: int) -> str:
    """So many tiled nests in one loop, with bounds as code generators write them."""
    last = "(n * 16 < 0 ? -((-n + 15) / 16) : n / 16)"
    nest = (
        f"for (int y = 0; y <= ({last} < m ? {last} : m); y++)\n"
        "for (int i = 16 * x; i <= (16 * x + 15 < n ? 16 * x + 15 : n); i++)\n"
        "for (int j = 16 * y; j <= (16 * y + 15 < n ? 16 * y + 15 : n); j++) A[i][j] = B[i][j];\n"
    )
    arrays = "double A[99][99], double B[99][99]"
    return f"void f(int n, int m, {arrays})\n{{\nfor (int x = 0; x <= {last}; x++) {{\n{nest * size}}}\n}}\n"


def one_long_line(size: int) -> str:
    """So many functions on one line, behind another one."""
    return f"{'/' * size}\n{many_functions(size).replace(chr(10), ' ')}\n"


def comment_of_slashes(size: int) -> str:
    """A line of so many slashes, in a file that speaks to hpcls."""
    return "// hpcls: ignore\n" + _in_loop("/" * size + "\na[i] = 1;\n")


def thread_locals_without_end(size: int) -> str:
    """So many lines that begin to declare variables of threads."""
    return _in_loop("a[i] = t;\n") + "static MY_TLS int t,\n" * size


def half_typed(size: int) -> str:
    """So many loops whose braces are missing."""
    return f"void f(int n, double *a) {{\n{_LOOP} {{\n a[i] = (\n" * size


def _function(body: str) -> str:
    return f"int g0, g1, g2, g3, g4, g5, g6;\nvoid f(int n, double *a, double *b, int *c, double s)\n{{\n{body}}}\n"


def _in_loop(body: str) -> str:
    return _function(f"{_LOOP} {{\n{body}}}\n")


WORST_CASES = (
    WorstCase(many_functions, 6_250),
    WorstCase(many_loops_in_one_function, 6_250),
    WorstCase(long_body, 20_000),
    WorstCase(many_local_variables, 20_000),
    WorstCase(many_reductions, 5_000),
    WorstCase(one_sum_often, 20_000),
    WorstCase(deep_nest, 500, has_limits=True),
    WorstCase(long_body_in_a_nest, 2_000),
    WorstCase(accesses_of_one_array, 10_000),
    WorstCase(accesses_of_one_array_in_lines, 10_000, has_limits=True),
    WorstCase(long_product, 200, has_limits=True),
    WorstCase(long_sum, 20_000),
    WorstCase(deep_parentheses, 5_000),
    WorstCase(many_symbols, 50_000),
    WorstCase(definitions_of_definitions, 5_000),
    WorstCase(values_given_in_turn, 5_000),
    WorstCase(coupled_subscripts, 300),
    WorstCase(remainders, 300),
    WorstCase(calls_of_calls, 5_000),
    WorstCase(calls_in_a_circle, 5_000),
    WorstCase(macros_of_macros, 60),
    WorstCase(branches_in_branches, 2_000),
    WorstCase(long_chain_of_else, 300, has_limits=True),
    WorstCase(one_branch_after_the_other, 10_000),
    WorstCase(long_switch, 10_000),
    WorstCase(many_arrays, 3_000),
    WorstCase(many_directives, 3_000),
    WorstCase(many_loops_in_a_region, 3_000),
    WorstCase(many_messages, 2_000),
    WorstCase(many_ranks, 5_000),
    WorstCase(many_methods, 3_000, ".cpp"),
    WorstCase(bases_of_bases, 2_000, ".cpp"),
    WorstCase(structs_with_one_field, 3_000),
    WorstCase(large_table, 100_000),
    WorstCase(loops_in_a_loop, 2_000, has_limits=True),
    WorstCase(tiles, 500, has_limits=True),
    WorstCase(one_long_line, 5_000),
    WorstCase(comment_of_slashes, 100_000),
    WorstCase(thread_locals_without_end, 50_000),
    WorstCase(half_typed, 3_000),
)

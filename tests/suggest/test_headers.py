"""What a project's own headers change about the loops of a file, with real files on disk."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from hpcls.config import Settings
from hpcls.suggest.files import report
from hpcls.syntax.source import read_source

CALLS = """
#include "kernel.h"
void f(double *a, int n) {
  for (int i = 0; i < n; i++)
    a[i] = scale(a[i]);
}
"""
SCALE = "static inline double scale(double x) { return 2 * x; }\n"
COUNTS = "static int calls;\nstatic inline double scale(double x) { calls = calls + 1; return calls * x; }\n"


def write(folder: Path, **files: str | bytes) -> Path:
    """The file `a.c` among files whose names have `__` for a slash and end in `_h` for `.h`, or in `_c`."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/")[:-2] + "." + name[-1])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / "a.c"


def command(folder: Path, *flags: str, file: str = "a.c") -> None:
    """A compile_commands.json in `build`, with these flags for the file."""
    build = folder / "build"
    build.mkdir(exist_ok=True)
    entry = {"directory": str(folder), "file": file, "arguments": ["cc", *flags, "-c", file]}
    (build / "compile_commands.json").write_text(json.dumps([entry]))


def verdicts(path: Path, settings: Settings | None = None) -> list[str]:
    """The verdict on each loop."""
    return [loop.verdict for loop in report(read_source(str(path)), settings or Settings(kind="openmp")).loops]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (SCALE, "independent"),
        ("double scale(double x);\n", "unknown"),
        ("double scale(double x) __attribute__((const));\n", "independent"),
        ("[[gnu::const]] double scale(double x);\n", "independent"),
        ("__attribute__((__const__, nothrow)) extern double scale(double x);\n", "independent"),
        ("double scale(double x) __attribute__((pure));\n", "unknown"),
        ("double scale(const double x);\n", "unknown"),
        (COUNTS, "unknown"),
        ("#define scale(x) ((x) * 2)\n", "independent"),
        ("#define scale(x) ((x) * tick())\n", "unknown"),
        ("#define scale(x) x ## f\n", "unknown"),
        ("#include <math.h>\nstatic inline double scale(double x) { return sqrt(x); }\n", "independent"),
        ("static inline double scale(double x) { return drand48() * x; }\n", "unknown"),
        ("extern double *left;\nstatic inline double scale(double x) { *left = x; return x; }\n", "unknown"),
        ("static inline double scale(double x) { return 2 * x\n", "unknown"),
    ],
)
def test_a_function_or_macro_of_a_header_is_looked_into(tmp_path: Path, header: str, expected: str) -> None:
    assert verdicts(write(tmp_path, a_c=CALLS, kernel_h=header)) == [expected]


def test_an_empty_macro_hides_nothing_behind_it(tmp_path: Path) -> None:
    text = CALLS.replace("  for", "  ALPHA;\n  for")
    header = "#define ALPHA \n#define scale(x) beta(x)\n#define beta(x) x ## 0\n"
    assert verdicts(write(tmp_path, a_c=text.replace("scale(a[i])", "scale(1.)"), kernel_h=header)) == ["independent"]


def test_guards_once_and_cycles(tmp_path: Path) -> None:
    guarded = f'#ifndef KERNEL_H\n#define KERNEL_H 1\n#include "other.h"\n{SCALE}#endif\n'
    path = write(
        tmp_path, a_c='#include "other.h"\n' + CALLS, kernel_h=guarded, other_h='#pragma once\n#include "kernel.h"\n'
    )
    assert verdicts(path) == ["independent"]


def test_headers_that_include_themselves_have_an_end(tmp_path: Path) -> None:
    path = write(
        tmp_path, a_c=CALLS, kernel_h='#include "other.h"\n' + SCALE, other_h='#include "kernel.h"\n#include "a.c"\n'
    )
    assert verdicts(path) == ["unknown"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (SCALE, "", "independent"),
        ("#define scale(x) ((x) * 2)\n", "#define scale(x) ((x)  *  2)\n", "independent"),
        ("#define scale(x) ((x) * 2)\n", "#define scale(x) ((x) * tick())\n", "unknown"),
        ("#define scale(x) ((x) * 2)\n", "#undef scale\n", "unknown"),
        (SCALE, "#define scale(x) tick(x)\n", "unknown"),
        (SCALE, COUNTS, "unknown"),
        ("#define return calls++; return\n", SCALE, "unknown"),
    ],
)
def test_what_two_headers_define_otherwise_is_not_known(tmp_path: Path, first: str, second: str, expected: str) -> None:
    path = write(tmp_path, a_c=CALLS, kernel_h='#include "one.h"\n#include "two.h"\n', one_h=first, two_h=second)
    assert verdicts(path) == [expected]


BRANCHES = f"#ifdef COUNTED\n{COUNTS}#else\n{SCALE}#endif\n"


@pytest.mark.parametrize(
    ("flags", "expected"),
    [(None, "unknown"), ((), "independent"), (("-DCOUNTED",), "unknown"), (("-D", "COUNTED=0"), "unknown")],
)
def test_a_branch_is_taken_only_when_the_command_is_known(
    tmp_path: Path, flags: tuple[str, ...] | None, expected: str
) -> None:
    path = write(tmp_path, a_c=CALLS, kernel_h=BRANCHES)
    if flags is not None:
        command(tmp_path, *flags)
    assert verdicts(path) == [expected]


@pytest.mark.parametrize(
    "condition", ["#if WIDTH > 2 && !defined(OFF)", "#if (WIDTH + 1) == 5 || UNSEEN", "#ifndef OFF"]
)
def test_conditions_are_computed(tmp_path: Path, condition: str) -> None:
    header = f"#define WIDTH 4\n{condition}\n{SCALE}#else\n{COUNTS}#endif\n"
    path = write(tmp_path, a_c=CALLS, kernel_h=header)
    command(tmp_path)
    assert verdicts(path) == ["independent"]


@pytest.mark.parametrize("name", ["__GNUC__", "_OPENMP", "M_PI", "INT_MAX"])
def test_what_a_compiler_or_a_library_may_define_decides_nothing(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, a_c=CALLS, kernel_h=f"#ifndef {name}\n{SCALE}#else\n{COUNTS}#endif\n")
    command(tmp_path)
    assert verdicts(path) == ["unknown"]


def test_a_header_that_is_not_in_view_may_define_anything(tmp_path: Path) -> None:
    path = write(tmp_path, a_c='#include "config.h"\n' + CALLS, kernel_h=BRANCHES)
    command(tmp_path)
    assert verdicts(path) == ["unknown"]
    (tmp_path / "config.h").write_text("/* nothing */\n")
    assert verdicts(path) == ["independent"]


STRIDE = """
#ifndef STRIDE
#define STRIDE 100
#endif
void f(double *a) {
  for (int i = 0; i < 100; i++)
    a[i] = a[i + STRIDE];
}
"""


@pytest.mark.parametrize(("flags", "expected"), [((), "independent"), (("-DSTRIDE=1",), "dependent")])
def test_the_command_changes_a_constant(tmp_path: Path, flags: tuple[str, ...], expected: str) -> None:
    path = write(tmp_path, a_c=STRIDE)
    command(tmp_path, *flags)
    assert verdicts(path) == [expected]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("#define STRIDE 100\n", "independent"),
        ("#define STRIDE (1)\n", "dependent"),
        ("enum { ONE = 1, STRIDE = 100 };\n", "independent"),
        ("static const int STRIDE = 100;\n", "independent"),
        ("static const int STRIDE = 1;\n", "dependent"),
        ("static int STRIDE = 100;\n", "unknown"),
        ("extern const int STRIDE;\n", "unknown"),
        ("#ifdef WIDE\n#define STRIDE 100\n#else\n#define STRIDE 200\n#endif\n", "unknown"),
    ],
)
def test_constants_of_a_header(tmp_path: Path, header: str, expected: str) -> None:
    text = STRIDE[STRIDE.index("void") :]
    assert verdicts(write(tmp_path, a_c='#include "sizes.h"\n' + text, sizes_h=header)) == [expected]


@pytest.mark.parametrize("kind", ["missing", "binary", "folder", "pipe", "large", "broken", "forbidden"])
def test_a_header_that_cannot_be_read_is_not_in_view(tmp_path: Path, kind: str) -> None:
    path, header = write(tmp_path, a_c=CALLS), tmp_path / "kernel.h"
    if kind == "folder":
        header.mkdir()
    elif kind == "pipe":
        os.mkfifo(header)
    elif kind == "forbidden":
        header.symlink_to(header)
    elif kind != "missing":
        texts = {"binary": b"\0\1\2" + SCALE.encode(), "large": SCALE.encode().ljust(600_000), "broken": b'"{(\xff'}
        header.write_bytes(texts[kind])
    assert verdicts(path) == ["unknown"]


def test_a_header_that_changes_is_read_again(tmp_path: Path) -> None:
    path = write(tmp_path, a_c=CALLS, kernel_h=SCALE)
    assert verdicts(path) == ["independent"]
    write(tmp_path, kernel_h=COUNTS)
    assert verdicts(path) == ["unknown"]


def test_a_macro_takes_the_place_of_what_the_file_declares_by_its_name(tmp_path: Path) -> None:
    text = """
    #include "names.h"
    extern double left[100], right[100];
    void f(void) {
      for (int i = 1; i < 100; i++)
        left[i] = right[i - 1];
    }
    """
    path = write(tmp_path, a_c=text, names_h="")
    assert verdicts(path) == ["independent"]
    write(tmp_path, names_h="#define right left\n")
    assert verdicts(path) == ["dependent"]


def test_a_header_in_the_middle_of_a_file_does_not_hold_for_all_of_it(tmp_path: Path) -> None:
    late = "#define scale(x) (x)\n"
    text = CALLS.replace('#include "kernel.h"', "double scale(double x);") + '#include "kernel.h"\n'
    assert verdicts(write(tmp_path, a_c=text, kernel_h=late)) == ["unknown"]


def test_an_empty_macro_of_the_command_is_empty(tmp_path: Path) -> None:
    path = write(tmp_path, a_c=CALLS, kernel_h=f"#if FLAG + 0 == 0\n{SCALE}#else\n{COUNTS}#endif\n")
    command(tmp_path, "-DFLAG=")
    assert verdicts(path) == ["independent"]
    command(tmp_path, "-DFLAG")
    assert verdicts(path) == ["unknown"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (SCALE, "independent"),
        ('#ifdef __cplusplus\nextern "C" {\n#endif\n' + SCALE + "#ifdef __cplusplus\n}\n#endif\n", "independent"),
        (SCALE + "double scale(float x);\n", "unknown"),
        ("double scale(double x) __attribute__((const));\n", "independent"),
        ("double scale(double x) __attribute__((const));\ndouble scale(int x);\n", "unknown"),
        ("namespace other { double scale(double x); }\nusing namespace other;\n" + SCALE, "unknown"),
        ("template <class T> T scale(T x) { return 2 * x; }\n" + SCALE, "unknown"),
    ],
)
def test_in_cpp_a_function_may_be_another_than_the_one_in_view(tmp_path: Path, header: str, expected: str) -> None:
    path = write(tmp_path, a_c=CALLS, kernel_h=header).rename(tmp_path / "a.cpp")
    assert verdicts(path) == [expected]


def test_what_the_file_defines_itself_is_not_taken_from_a_header(tmp_path: Path) -> None:
    own = "static int k;\ndouble scale(double x) { k = k + 1; return k * x; }\n"
    assert verdicts(write(tmp_path, a_c=own + CALLS, kernel_h=SCALE)) == ["unknown"]
    assert verdicts(write(tmp_path, a_c="#define scale(x) tick(x)\n" + CALLS, kernel_h=SCALE)) == ["unknown"]


def test_a_function_of_a_header_that_a_macro_of_the_file_changes_is_not_known(tmp_path: Path) -> None:
    header = "static inline double scale(double x) { STEP; return 2 * x; }\n"
    assert verdicts(write(tmp_path, a_c="#define STEP tick()\n" + CALLS, kernel_h=header)) == ["unknown"]


def test_a_function_of_a_header_works_on_the_variables_of_the_file(tmp_path: Path) -> None:
    text = """
    double total[100];
    #include "kernel.h"
    void f(const double *a, int n) {
      for (int i = 1; i < n; i++)
        total[i] = add(a[i]);
    }
    """
    header = "static inline double add(double x) { return total[0] + total[5] + x; }\n"
    assert verdicts(write(tmp_path, a_c=text, kernel_h=header)) != ["independent"]


POINTS = """
#include "point.h"
double sum(const struct point *p);
void f(double *a) {
  for (int i = 0; i < 100; i++) {
    struct point p;
    p.x[0] = 2 * a[i];
    a[i] = p.x[0];
  }
}
"""
ARRAY, POINTER = "struct point { double x[3]; };\n", "struct point { double *x; };\n"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (ARRAY, "independent"),
        (POINTER, "unknown"),
        (f"#ifdef SMALL\n{ARRAY}#else\n{POINTER}#endif\n", "unknown"),
        (f"#ifdef SMALL\n{POINTER}#endif\nstruct other {{ double x[3]; }};\n", "unknown"),
        (f"{ARRAY}#define SIZE 3\n#undef SIZE\nstruct two {{ double *x, y[SIZE]; }};\n", "unknown"),
        ("struct other { double x[3]; };\n", "unknown"),
    ],
)
def test_the_fields_of_a_struct_come_into_view(tmp_path: Path, header: str, expected: str) -> None:
    assert verdicts(write(tmp_path, a_c=POINTS, point_h=header)) == [expected]


def test_a_macro_stands_for_a_type(tmp_path: Path) -> None:
    text = '#include "types.h"\nDATA_TYPE sum(const DATA_TYPE *a, int n) {\n  DATA_TYPE s = 0;\n'
    text += "  for (int i = 0; i < n; i++)\n    s += (DATA_TYPE)(i * 2) * a[i];\n  return s;\n}\n"
    path = write(tmp_path, a_c=text, types_h="#define DATA_TYPE double\n")
    (loop,) = report(read_source(str(path)), Settings(kind="openmp")).loops
    assert loop.reductions == (("+", "s"),)
    assert any("rounding" in assumption for assumption in loop.assumptions)
    write(tmp_path, types_h="#define DATA_TYPE int\n")
    assert not any(
        "rounding" in one for one in report(read_source(str(path)), Settings(kind="openmp")).loops[0].assumptions
    )


def test_variables_each_thread_has_its_own_of(tmp_path: Path) -> None:
    text = '#include "shared.h"\nvoid f(double *a) { for (int i = 0; i < 9; i++) a[i] = own + i; }\n'
    assert verdicts(write(tmp_path, a_c=text, shared_h="extern int own;\n")) == ["independent"]
    header = "extern int own;\n#pragma omp threadprivate(own)\n"
    assert verdicts(write(tmp_path, a_c=text, shared_h=header)) == ["unknown"]


@pytest.mark.parametrize(
    ("flags", "include", "expected"),
    [
        (("-Iinclude",), '"kernel.h"', "independent"),
        (("-I", "include"), "<kernel.h>", "independent"),
        (("-isystem", "include"), "<kernel.h>", "independent"),
        (("-iquote", "include"), '"kernel.h"', "independent"),
        (("-iquote", "include"), "<kernel.h>", "unknown"),
        (("-include", "include/kernel.h"), "<stdio.h>", "independent"),
        (("-I", "elsewhere"), '"kernel.h"', "unknown"),
        ((), '"include/kernel.h"', "independent"),
        ((), '"../kernels/include/kernel.h"', "independent"),
        (('-DWHICH="include/kernel.h"',), "WHICH", "independent"),
    ],
)
def test_headers_are_found_as_the_compiler_finds_them(
    tmp_path: Path, flags: tuple[str, ...], include: str, expected: str
) -> None:
    folder = tmp_path / "kernels"
    path = write(folder, a_c=CALLS.replace('"kernel.h"', include), include__kernel_h=SCALE)
    command(folder, *flags)
    assert verdicts(path) == [expected]
    assert verdicts(path, Settings(kind="openmp", build_path=str(folder / "build"))) == [expected]


@pytest.mark.parametrize(
    "text", ["", "{", '[1, {}, {"file": 2}]', "[" * 100_000, '[{"directory": ".", "file": "a.c", "command": "cc \'"}]']
)
def test_a_database_that_cannot_be_read_counts_as_none(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, a_c=CALLS, kernel_h=SCALE)
    (tmp_path / "compile_commands.json").write_text(text)
    assert verdicts(path) == ["independent"]


def test_two_commands_that_differ_decide_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, a_c=CALLS, kernel_h=BRANCHES)
    entries = [{"directory": ".", "file": "a.c", "command": f"cc {flag} a.c"} for flag in ("-DCOUNTED", "-DOTHER")]
    (tmp_path / "compile_commands.json").write_text(json.dumps(entries))
    assert verdicts(path) == ["unknown"]
    (tmp_path / "compile_commands.json").write_text(json.dumps(entries[1:]))
    assert verdicts(path) == ["independent"]


def test_headers_of_the_system_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "project"
    path = write(folder, a_c=CALLS)
    write(tmp_path, system__kernel_h=SCALE)
    command(folder, "-I", str(tmp_path / "system"))
    assert verdicts(path) == ["independent"]
    monkeypatch.setattr("hpcls.syntax.headers.library._SYSTEM", (str(tmp_path / "system"),))
    assert verdicts(path) == ["unknown"]


@pytest.mark.parametrize(("kind", "expected"), [("struct", "independent"), ("union", "unknown")])
def test_pointers_of_one_union_are_not_assumed_apart(tmp_path: Path, kind: str, expected: str) -> None:
    """Nor where the rest of the type is not known: the header says that it is a union."""
    header = f"typedef {kind} {{ float *f; WORD *w; }} pointers;\n"
    header = f"#ifdef SMALL\n#define WORD short\n#else\n#define WORD int\n#endif\n{header}"
    loop = "for (int i = 0; i < n; i++) p.w[i] += p.f[i] > 0;"
    uses = f'#include "kernel.h"\nvoid f(pointers p, int n) {{ {loop} }}\n'
    path = write(tmp_path, a_c=uses, kernel_h=header)
    assert verdicts(path) == [expected]

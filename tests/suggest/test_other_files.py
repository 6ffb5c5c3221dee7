"""What a project's other source files change about the loops of a file, with real files on disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hpcls.config import Settings
from hpcls.suggest.files import report
from hpcls.suggest.project.kept import Kept
from hpcls.suggest.project.others import Projects
from hpcls.suggest.report import LoopReport
from hpcls.syntax.source import read_source

CALLS = """
double scale(double);
void f(double *a, int n) {
  for (int i = 0; i < n; i++)
    a[i] = scale(a[i]);
}
"""
SCALE = "double scale(double x) { return 2 * x; }\n"
COUNTS = "static int calls;\ndouble scale(double x) { calls++; return calls * x; }\n"


def project(folder: Path, files: dict[str, str]) -> Path:
    """The first of `files` in a folder that is a repository."""
    (folder / ".git").mkdir(exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / next(iter(files))


def loops(path: Path, build_path: str | None = None) -> tuple[LoopReport, ...]:
    """The loops of a file, its project in view."""
    settings = Settings(kind="openmp", build_path=build_path)
    return report(read_source(str(path)), settings, projects=Projects(Kept())).loops


def verdict(path: Path) -> str:
    """That on the only loop of a file."""
    (loop,) = loops(path)
    return loop.verdict


def database(folder: Path, entries: dict[str, tuple[str, ...]]) -> None:
    """A compile_commands.json in `build`, with the flags of each file."""
    (folder / "build").mkdir(exist_ok=True)
    listed = [
        {"directory": str(folder), "file": file, "arguments": ["cc", *flags, "-c", file]}
        for file, flags in entries.items()
    ]
    (folder / "build" / "compile_commands.json").write_text(json.dumps(listed))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (SCALE, "independent"),
        (COUNTS, "unknown"),
        ("static double half(double x) { return x / 2; }\n" + SCALE.replace("2 * x", "half(x)"), "independent"),
        ("static " + SCALE, "unknown"),
        ("static double scale(double);\n" + SCALE, "unknown"),
        ("inline " + SCALE, "unknown"),
        ("__attribute__((weak)) " + SCALE, "unknown"),
        ("#pragma weak scale\n" + SCALE, "unknown"),
        ("#define scale other\n" + SCALE, "unknown"),
        ('#include "renamed.h"\n' + SCALE, "unknown"),
        ("double scale(x) double x; { return 2 * x; }\n", "unknown"),
        ("#ifdef FAST\n" + SCALE + "#else\n" + COUNTS + "#endif\n", "unknown"),
        ("/* " + SCALE + " */\n", "unknown"),
        ("double scale(double x);\n", "unknown"),
        ("double scale(double x) { return 2 * x;\n", "unknown"),
        ("double scale(double x, int n) { return n * x; }\n", "unknown"),
        ("double scale(double x) { static double last; double y = last; last = x; return y; }\n", "unknown"),
        ("#include <stdio.h>\n" + SCALE.replace("return", 'printf("%g", x); return'), "unknown"),
        ("#include <stdlib.h>\n" + SCALE.replace("2", "rand()"), "unknown"),
        ("#include <errno.h>\n" + SCALE.replace("return", "errno = 0; return"), "unknown"),
        ("double *left;\n" + SCALE.replace("return", "*left = x; return"), "unknown"),
        (SCALE.replace("2 *", "scale(x) *"), "unknown"),
        (SCALE.replace("2 *", "unseen(x) *"), "unknown"),
        ("#include <stdlib.h>\n" + SCALE.replace("return", "free(malloc(8)); return"), "independent"),
        (SCALE.replace("return", "if (x < 0) abort(); return"), "unknown"),
        ("#define FACTOR 2\n" + SCALE.replace("2", "FACTOR"), "independent"),
        ("#define FACTOR unseen()\n" + SCALE.replace("2", "FACTOR"), "unknown"),
        ("static double table[8];\n" + SCALE.replace("2", "table[(int)x & 7]"), "independent"),
    ],
)
def test_a_function_of_another_file_is_looked_into(tmp_path: Path, other: str, expected: str) -> None:
    files = {"a.c": CALLS, "util/b.c": other, "util/renamed.h": "#define scale other\n"}
    assert verdict(project(tmp_path, files)) == expected


def test_the_definition_that_is_taken_is_an_assumption(tmp_path: Path) -> None:
    (loop,) = loops(project(tmp_path, {"src/a.c": CALLS, "src/b.c": "\n\n" + SCALE}))
    assert loop.assumptions == ("scale() is the one defined in src/b.c:3",)


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        (SCALE, "independent"),
        (COUNTS, "unknown"),
        (COUNTS.replace("double scale", "static double scale"), "independent"),
        ("static double scale(double);\n" + COUNTS, "independent"),
        ("double scale(x) double x; { return x; }\n", "unknown"),
        ("double scale(double x, int n) { return n * x; }\n", "unknown"),
        ("DEFINE(scale) double scale(double x) { return x; } }\n", "unknown"),
        ("void g(void) { scale(1.0); }\n", "independent"),
        ("double scale(double x) __attribute__((const));\n", "independent"),
    ],
)
def test_of_several_definitions_all_have_to_allow_it(tmp_path: Path, third: str, expected: str) -> None:
    path = project(tmp_path, {"a.c": CALLS, "b.c": SCALE, "c.c": third})
    assert verdict(path) == expected


def test_several_definitions_are_named(tmp_path: Path) -> None:
    (loop,) = loops(project(tmp_path, {"a.c": CALLS, "b.c": SCALE, "c.c": SCALE}))
    assert loop.assumptions == ("scale() is one of those defined in b.c:1, c.c:1",)


@pytest.mark.parametrize(
    "text",
    [
        CALLS.replace("double scale(double);", "#define scale(x) ((x) * tick())"),
        CALLS.replace("double scale(double);", "static double scale(double);"),
        CALLS.replace("double scale(double);", "double (*scale)(double);"),
        CALLS.replace("double scale(double);", '#include "renamed.h"'),
        CALLS.replace("double *a,", "double (*scale)(double), double *a,"),
        CALLS.replace("a[i] = scale", "double (*scale)(double) = pick(i); a[i] = scale"),
    ],
)
def test_a_name_that_means_something_else_here_is_not_looked_for(tmp_path: Path, text: str) -> None:
    files = {"a.c": text, "b.c": SCALE, "renamed.h": "double scale(double);\n#ifdef X\n#define scale other\n#endif\n"}
    assert verdict(project(tmp_path, files)) == "unknown"


LOOP = "void f(double *a, double *b, int n) {{ for (int i = 0; i < n; i++) {{ {body} }} }}\n"


@pytest.mark.parametrize(
    ("before", "body", "other", "expected"),
    [
        ("void set(double *, int, double);", "set(a, i, b[i]);", "", "independent"),
        ("void set(double *, int, double);", "set(a, 0, b[i]);", "", "unknown"),
        ("void set(double *, int, double);", "set(a, i, a[i + 1]);", "", "unknown"),
        ("void set(double *, int, double);", "set(a + i, 0, b[i]);", "", "independent"),
        ("extern double g[];void put(int);", "put(i);", "double g[99]; void put(int i) { g[i] = i; }", "independent"),
        ("extern double g[];void put(int);", "put(i); a[i] = g[i + 1];", "double g[99]; void put(int i) { g[i] = i; }",
         "unknown"),
        ("void put(int);", "put(i);", "double g[99]; void put(int i) { g[i] = i; }", "independent"),
        ("void put(int);", "put(2);", "double g[99]; void put(int i) { g[i] = i; }", "unknown"),
        ("extern int t; int at(void);", "t = i; a[i] = at();", "int t; int at(void) { return t; }", "unknown"),
        ("extern int t; int at(void);", "a[i] = at();", "int t; int at(void) { return t; }", "independent"),
        ("int at(void);", "int t = i; a[i] = at() + t;", "int t; int at(void) { return t; }", "independent"),
        ("static int t; int at(void);", "t = i; a[i] = at() + t;", "int t; int at(void) { return t; }", "independent"),
        ("int at(void);", "extern int t; t = i; a[i] = at();", "int t; int at(void) { return t; }", "unknown"),
        ("extern int t; int at(void);", "t = i; a[i] = at() + t;", "static int t; int at(void) { return t; }",
         "independent"),
        ("void bump(void);", "bump();", "int t; void bump(void) { t++; }", "unknown"),
        ("extern double s; void add(double);", "add(b[i]);", "double s; void add(double x) { s += x; }", "unknown"),
        ("extern double *p; void put(int);", "put(i);", "double *p; void put(int i) { p[i] = i; }", "independent"),
        ("extern double *p; void put(int);", "p = b; put(i);", "double *p; void put(int i) { p[i] = i; }", "unknown"),
        ("union u { int i; float f; }; struct s; void put(struct s *, int);", "put((struct s *)a, i);",
         "struct s { union { int x; float y; } *v; }; void put(struct s *p, int k) "
         "{ p->v[k].x = 1; p->v[k + 1].y = 2; }", "unknown"),
        ("double far(double);", "a[i] = far(b[i]);", "double deep(double); double far(double x) { return deep(x); }",
         "independent"),
        ("double ping(double);", "a[i] = ping(b[i]);", "double pong(double); double ping(double x) { return pong(x); }",
         "unknown"),
        ("static int t; int back(int i) { t = i; return t; } int there(int);", "a[i] = there(i);",
         "int back(int); int there(int i) { return back(i); }", "unknown"),
        ("static int t; int back(int i) { return t + i; } int there(int);", "a[i] = there(i);",
         "int back(int); int there(int i) { return back(i); }", "independent"),
        ("static int t; int back(int i) { return t + i; } int there(int);", "t = i; a[i] = there(i);",
         "int back(int); int there(int i) { return back(i); }", "unknown"),
    ],
)  # fmt: skip
def test_memory_of_several_files(tmp_path: Path, before: str, body: str, other: str, expected: str) -> None:
    files = {
        "a.c": before + "\n" + LOOP.format(body=body),
        "b.c": other + "\nvoid set(double *v, int k, double x) { v[k] = x; }\n",
        "c.c": "double deep(double x) { return x / 3; }\n"
        "double ping(double); double pong(double x) { return x < 1 ? x : ping(x / 2); }\n",
    }
    assert verdict(project(tmp_path, files)) == expected


CPP = CALLS.replace("double scale(double);", '#include "scale.h"')


@pytest.mark.parametrize(
    ("header", "other", "expected"),
    [
        ("double scale(double);\n", SCALE, "independent"),
        ("", SCALE, "unknown"),
        ("double scale(double);\nfloat scale(float);\n", SCALE + "float scale(float x) { return 2 * x; }\n",
         "independent"),
        ("double scale(double);\nfloat scale(float);\n",
         SCALE + "int n; float scale(float x) { n++; return 2 * x; }\n", "unknown"),
        ("double scale(double);\ntemplate <class T> T scale(T x);\n", SCALE, "unknown"),
        ("template <class T> T scale(T x);\n", "template <class T> T scale(T x) { return 2 * x; }\n", "unknown"),
        ("double scale(double);\n", "namespace { " + SCALE + "}\n", "unknown"),
        ("double scale(double);\n", "namespace other { " + SCALE + "}\n", "unknown"),
        ("double scale(double);\n", "struct S { double scale(double); }; double S::scale(double x) { return x; }\n",
         "unknown"),
        ('extern "C" double scale(double);\n', 'extern "C" ' + SCALE, "independent"),
        ("double scale(double);\n", "double scale(double x) { throw x; }\n", "unknown"),
        ("double scale(double);\n", "namespace n { int t; } using namespace n;\n" + SCALE.replace("2", "++t"),
         "unknown"),
        ("double scale(double);\n", "const int t = 3;\n" + SCALE.replace("2", "t"), "independent"),
    ],
)  # fmt: skip
def test_cpp_only_where_the_function_is_sure(tmp_path: Path, header: str, other: str, expected: str) -> None:
    files = {"a.cpp": CPP, "b.cpp": '#include "scale.h"\n' + other, "scale.h": "#pragma once\n" + header}
    assert verdict(project(tmp_path, files)) == expected


@pytest.mark.parametrize(
    ("caller", "other", "text", "expected"),
    [
        ("a.cpp", "b.c", SCALE, "independent"),
        ("a.c", "b.cpp", SCALE, "unknown"),
        ("a.c", "b.cpp", 'extern "C" { ' + SCALE + "}\n", "independent"),
    ],
)
def test_c_and_cpp_call_each_other(tmp_path: Path, caller: str, other: str, text: str, expected: str) -> None:
    header = '#ifdef __cplusplus\nextern "C"\n#endif\ndouble scale(double);\n'
    assert verdict(project(tmp_path, {caller: CPP, other: text, "scale.h": header})) == expected


def test_only_what_the_database_compiles_is_the_project(tmp_path: Path) -> None:
    path = project(tmp_path, {"a.c": CALLS, "b.c": SCALE, "old/b.c": COUNTS})
    assert verdict(path) == "unknown"
    database(tmp_path, {"a.c": (), "b.c": ()})
    assert verdict(path) == "independent"


def test_another_file_is_read_by_its_own_command(tmp_path: Path) -> None:
    other = '#include "how.h"\n' + SCALE.replace("2 * x", "TWICE(x)")
    header = "#ifdef COUNTED\n#define TWICE(x) tick(x)\n#else\n#define TWICE(x) (2 * (x))\n#endif\n"
    path = project(tmp_path, {"a.c": CALLS, "b.c": other, "how.h": header})
    database(tmp_path, {"a.c": ("-DCOUNTED",), "b.c": ()})
    assert verdict(path) == "independent"
    database(tmp_path, {"a.c": (), "b.c": ("-DCOUNTED",)})
    assert verdict(path) == "unknown"


def test_a_file_outside_of_any_repository_has_its_folder(tmp_path: Path) -> None:
    path = project(tmp_path, {"a.c": CALLS, "b.c": SCALE, "deep/c.c": COUNTS})
    (tmp_path / ".git").rmdir()
    assert verdict(path) == "independent"


def test_what_stands_nowhere_belongs_to_no_project(tmp_path: Path) -> None:
    path = project(tmp_path, {"a.c": CALLS, "b.c": SCALE})
    path.rename(tmp_path / "elsewhere.txt")
    source = read_source(str(tmp_path / "elsewhere.txt"), "c", str(path))
    (loop,) = report(source, Settings(kind="openmp"), projects=Projects(Kept())).loops
    assert loop.verdict == "unknown"


@pytest.mark.parametrize("damage", ["binary", "unreadable", "large", "deep"])
def test_what_cannot_be_read_may_hold_anything(tmp_path: Path, damage: str) -> None:
    path, other = project(tmp_path, {"a.c": CALLS, "b.c": SCALE}), tmp_path / "c.c"
    bodies = {"deep": COUNTS.replace("calls++", "(" * 5000 + "calls++" + ")" * 5000)}
    other.write_text(bodies.get(damage, COUNTS) + ("int filler;\n" * 60_000 if damage == "large" else ""))
    if damage == "binary":
        other.write_bytes(other.read_bytes() + b"\0")
    if damage == "unreadable":
        if os.geteuid() == 0:
            pytest.skip("root reads every file")
        other.chmod(0)
    assert verdict(path) == "unknown"


def test_a_definition_that_changes_is_read_again(tmp_path: Path) -> None:
    path = project(tmp_path, {"a.c": CALLS, "b.c": SCALE})
    assert verdict(path) == "independent"
    (tmp_path / "b.c").write_text(COUNTS)
    assert verdict(path) == "unknown"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_command_line_looks_at_the_whole_project(tmp_path: Path, jobs: str) -> None:
    path = project(tmp_path, {"src/a.c": CALLS, "src/b.c": SCALE, "src/c.c": CALLS.replace(" f(", " g(")})
    database(tmp_path, {"src/a.c": (), "src/b.c": (), "src/c.c": ()})
    words = [sys.executable, "-m", "hpcls", "suggest", "--kind", "openmp", "--output-format", "json", "-j", jobs]
    done = subprocess.run([*words, str(path.parent)], capture_output=True, text=True, check=True)
    found = {Path(file["path"]).name: file["suggestions"] for file in json.loads(done.stdout)["files"]}
    assert {name: len(suggestions) for name, suggestions in found.items()} == {"a.c": 1, "b.c": 0, "c.c": 1}
    assert found["a.c"][0]["assumptions"] == ["scale() is the one defined in src/b.c:1"]


def test_a_wrong_directive_beside_such_a_loop_is_reported_once(tmp_path: Path) -> None:
    wrong = "  int t;\n#pragma omp parallel for\n  for (int i = 0; i < n; i++) { t = i; a[i] = t; }\n"
    text = CALLS.replace("  for", wrong + "  for")
    path = project(tmp_path, {"a.c": text, "b.c": SCALE})
    found = report(read_source(str(path)), Settings(kind="openmp"), projects=Projects(Kept()))
    assert [one.code for one in found.suggestions] == ["OMP010", "OMP001"]

"""How headers are read: the branches of the preprocessor against a real one, and what becomes of odd texts."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hpcls.syntax.headers.command import Command
from hpcls.syntax.headers.conditions import holds
from hpcls.syntax.headers.header import guard_of, header_of
from hpcls.syntax.headers.library import may_define
from hpcls.syntax.headers.lines import Line, lines_of, without_comments
from hpcls.syntax.headers.view import in_view
from hpcls.syntax.headers.walk import Walk
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse

needs_gcc = pytest.mark.skipif(
    shutil.which("gcc") is None, reason="gcc is not installed: nothing to hold the branches against"
)
NAMES = ("ALPHA", "BETA", "GAMMA")


@st.composite
def conditions(draw: st.DrawFn, depth: int = 2) -> str:
    """An expression of `#if` over the names."""
    name = draw(st.sampled_from(NAMES))
    plain = draw(st.sampled_from([f"defined({name})", f"defined {name}", f"{name} + 0", f"!defined({name})", "1", "0"]))
    if depth == 0:
        return f"({plain})"
    sign = draw(st.sampled_from(["&&", "||", "==", "<", "+", "-", "*", ">=", "!="]))
    return f"({draw(conditions(depth - 1))} {sign} {draw(conditions(depth - 1))})"


@st.composite
def texts(draw: st.DrawFn, depth: int = 3) -> list[str]:
    """Lines of a header: marks, macros that change, and branches."""
    found: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(NAMES))
        kind = draw(st.sampled_from(["mark", "define", "undef", "branch", "branch"]))
        if kind == "mark" or depth == 0:
            found.append("int mark;")
        elif kind == "define":
            found.append(f"#define {name} {draw(st.sampled_from(['', '0', '1', '2', '(3)', *NAMES]))}")
        elif kind == "undef":
            found.append(f"#undef {name}")
        else:
            opening = draw(st.sampled_from([f"#ifdef {name}", f"#ifndef {name}", f"#if {draw(conditions())}"]))
            others = draw(st.lists(st.sampled_from([f"#elif {draw(conditions())}"]), max_size=2))
            branches = [opening, *others, *draw(st.sampled_from([[], ["#else"]]))]
            for branch in branches:
                found += [branch, *draw(texts(depth - 1))]
            found.append("#endif")
    return found


def numbered(lines: list[str]) -> str:
    """The text, each mark with a number of its own."""
    return "".join(line.replace("mark", f"mark{at}") + "\n" for at, line in enumerate(lines))


def marks(header: Path, command: Command) -> dict[str, bool]:
    """The marks of `header` that are perhaps compiled, and whether surely."""
    walk = Walk(header.with_name("a.c"), command, "c")
    text = f'#include "{header.name}"\n'
    walk.file(lines_of(text), len(text), len(text))
    return {name: one.is_certain for one in walk.placed for name in one.piece.names}


@needs_gcc
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(texts(), st.sampled_from([(), ("-DALPHA",), ("-DBETA=0", "-DGAMMA=2")]))
def test_branches_are_those_that_gcc_compiles(tmp_path: Path, lines: list[str], flags: tuple[str, ...]) -> None:
    header = tmp_path / f"{len(list(tmp_path.iterdir()))}.h"
    header.write_text(numbered(lines))
    done = subprocess.run(["gcc", "-E", "-w", *flags, header], capture_output=True, text=True, check=False)
    if done.returncode:
        return  # such as `#if ALPHA + 0` where ALPHA stands for `BETA (3)`
    compiled = set(re.findall(r"mark\d+", done.stdout))
    for command in (Command(is_known=True, macros=tuple((flag[:2], flag[2:]) for flag in flags)), Command()):
        found = marks(header, command)
        assert {name for name, is_certain in found.items() if is_certain} <= compiled <= found.keys()


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("1 ? 2 : 0", True),
        ("'a'", None),
        ("10 / 0", None),
        ("1 || 10 / 0", True),
        ("MAX(1, 2)", None),
        ("0 && MAX(1, 2)", False),
        ("__has_include(<omp.h>)", None),
        ("0x10 == 16 && 1UL", True),
        ("", None),
        (")", None),
        ("(" * 5_000, None),
        ("SELF", None),
    ],
)
def test_conditions_that_are_odd(condition: str, expected: bool | None) -> None:
    walk = Walk(Path("/none/a.c"), Command(is_known=True, macros=(("-D", "SELF=SELF + SELF"),)), "c")
    assert holds(Line("if", condition, 0, 0), walk.meaning_of) is expected


def test_comments_and_splices_do_not_hide_a_line() -> None:
    text = (
        'int a; /* two\nlines */ /* */ # define A \\\n 1 // and \\\n more\nchar *s = "/*";\n#define B 2 /* x\n */ + 3\n'
    )
    lines = lines_of(without_comments(text))
    assert [(line.name, line.rest) for line in lines] == [("define", "B 2 + 3")]


HEADERS = (
    "stdio stdlib string math unistd errno limits float time sys/time sys/types sys/stat stdint inttypes signal fcntl "
    "pthread assert ctype locale complex fenv setjmp stdarg stddef stdbool sys/param sys/resource sys/wait sys/mman "
    "dirent netdb netinet/in sys/socket poll semaphore dlfcn regex getopt".split()
)


@needs_gcc
def test_what_gcc_and_the_standard_headers_define_counts_as_perhaps_defined() -> None:
    text = "".join(f"#if __has_include(<{name}.h>)\n#include <{name}.h>\n#endif\n" for name in HEADERS)
    command = ["gcc", "-dM", "-E", "-fopenmp", "-D_GNU_SOURCE", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    names = set(re.findall(r"^#define (\w+)", done.stdout, re.MULTILINE))
    assert len(names) > 1000
    assert {name for name in names if not may_define(name)} == set()
    assert not any(map(may_define, ("USE_FLOAT", "LARGE_DATASET", "POLYBENCH_TIME", "HAVE_MPI", "N", "M", "KERNEL_H")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#ifndef A_H\n#define A_H\nint x;\n#endif\n", "A_H"),
        ("#if !defined(A_H)\n#define A_H 1\n#ifdef B\n#endif\n#endif\n", "A_H"),
        ("#pragma once\n#ifndef A_H\n#define A_H\n#endif\n", "A_H"),
        ("#ifndef A_H\n#define A_H\n#endif\n#ifdef B\n#endif\n", None),
        ("#ifndef A\n#define A 1\n#else\nint x;\n#endif\n", None),
        ("#ifndef A\n#define B\n#endif\n", None),
        ("#ifdef A\n#define A\n#endif\n", None),
    ],
)
def test_what_is_a_guard(text: str, expected: str | None) -> None:
    assert guard_of(lines_of(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "#if 1\n" * 20_000,
        "#ifdef A\nint x;\n" * 10_000,
        "#define A0 B\n" + "".join(f"#define A{i + 1} A{i}\n" for i in range(10_000)),
        'R"(' * 30_000,
        "/*" * 50_000,
        "#define A \\\n" * 20_000,
        "{" * 50_000,
        "(" * 50_000,
    ],
    ids=["nested", "open", "chain", "strings", "comments", "splices", "braces", "parentheses"],
)
def test_no_header_takes_long(tmp_path: Path, text: str) -> None:
    (tmp_path / "kernel.h").write_text(text)
    source = parse('#include "kernel.h"\nint f(void) { return A9999 + A; }\n', str(tmp_path / "a.c"))
    began = time.process_time()
    in_view(source, scopes_of(source))
    assert time.process_time() - began < 10


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='#ifdef nelsdomat{}();/*\\\n"A1 =', max_size=200), st.sampled_from(["c", "cpp"]))
def test_no_text_is_too_odd_for_a_header(text: str, language: str) -> None:
    found = header_of(text, "cpp" if language == "cpp" else "c")
    assert len(found.text) == len(text.encode())

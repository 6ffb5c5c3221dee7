"""The compilers: GCC for what is compared and timed, Clang for what is checked for races."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hpcls.syntax.languages import LanguageName
from hpcls.verification.model import Unverifiable

_SECONDS = 120
_UNDEFINED = "undefined reference"
# What no run can reach is left out, and need not be complete: other functions of the file may call what is elsewhere.
_ALONE = ("-ffunction-sections", "-fdata-sections", "-Wl,--gc-sections")
_PLAIN: Mapping[LanguageName, str] = {"c": "gcc", "cpp": "g++"}
_RACES: Mapping[LanguageName, str] = {"c": "clang", "cpp": "clang++"}
_DIALECT: Mapping[LanguageName, str] = {"c": "c", "cpp": "c++"}


@dataclass(frozen=True)
class Options:
    """What a program is compiled for, around the user's own flags: later ones win."""

    name: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


# No contraction and no other licence with floating values: the same operations have to leave the same bits.
COMPARE = Options("compare", after=("-O2", "-fno-fast-math", "-ffp-contract=off"))
COVERAGE = Options("coverage", after=("-O0", "-g", "--coverage"))
COVERAGE_AND_MEMORY = Options("memory", after=(*COVERAGE.after, "-fsanitize=address"))
# At -O3 a shared scalar often lives in a register, and its race stays unseen.
RACES = Options("races", after=("-O1", "-g", "-fno-fast-math", "-fsanitize=thread"))
TIME = Options("time", before=("-O2",))


@dataclass(frozen=True)
class Compilation:
    """How one file is compiled, whatever for."""

    language: LanguageName
    folder: Path
    """The compiler's working directory; quoted includes are looked for in `beside` first."""
    beside: Path
    flags: tuple[str, ...] = ()
    """The user's own: include paths, macros, further files."""
    encoding: str = "utf-8"
    """Of the file."""


def compiler(language: LanguageName) -> str:
    """The compiler that programs are compared with.  Raises Unverifiable where there is none."""
    return _installed(_PLAIN[language])


def race_compiler(language: LanguageName) -> str:
    """The compiler that knows ThreadSanitizer and an OpenMP runtime that tells it of its synchronisation."""
    return _installed(_RACES[language])


def _installed(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Unverifiable(f"{name} is not installed")
    return found


def compile_text(how: Compilation, command: str, text: str, options: Options, to: Path) -> None:
    """Compile `text`, a whole program, to the program `to`.  Raises Unverifiable with the compiler's first error."""
    source = to.with_suffix(".cpp" if how.language == "cpp" else ".c")
    source.write_text(text, encoding=how.encoding, errors="replace", newline="")
    words = [command, "-w", "-fopenmp", *_ALONE, "-iquote", str(how.beside), "-x", _DIALECT[how.language], str(source)]
    try:
        done = subprocess.run(
            [*words, "-x", "none", *options.before, *how.flags, *options.after, "-o", str(to), "-lm"],
            cwd=how.folder,
            env={**os.environ, "TMPDIR": str(to.parent)},  # a compiler that is stopped leaves its files there
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unverifiable(f"it takes longer than {_SECONDS} s to compile") from error
    except OSError as error:
        raise Unverifiable(f"{command}: {error.strerror}") from error
    if done.returncode:
        raise Unverifiable(_failure(done.stderr.decode(errors="replace")))


def _failure(messages: str) -> str:
    lines = [line.strip() for line in messages.splitlines() if line.strip()]
    undefined = next((line[line.index(_UNDEFINED) :] for line in lines if _UNDEFINED in line), None)
    if undefined:
        return f"other sources of the program are missing (--cflags names them): {undefined}"
    error = next((line for line in lines if "error:" in line), None)
    return f"it does not compile: {error or ' '.join(lines[:1]) or 'the compiler gives no reason'}"

"""Whether suggestions leave code that compiles: every file of DIR… that gets one, compiled before and after.

    python scripts/compile_check.py DIR… [--limit N] [-I FOLDER]… [-j N]

Nothing is written: both texts go to `gcc` or `g++ -fopenmp` on standard input, in the file's own folder.  Include paths
are guessed: the folders around the file, then every folder of DIR that holds a header.  A file that does not compile as
it is (generated headers are missing for many) says nothing and is only counted.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from hpcls.config import Settings
from hpcls.errors import InputError
from hpcls.suggest.changes import apply
from hpcls.suggest.files import report
from hpcls.suggest.walk import walk
from hpcls.syntax.languages import SOURCE_SUFFIXES
from hpcls.syntax.source import Source, read_source

# OpenMP is checked as late as when it is lowered, so that -fsyntax-only would miss half of it.
COMMON = ("-fopenmp", "-S", "-O0", "-o", "/dev/null")
_GCC = ("-fkeep-static-functions", "-fmax-errors=3")
GCC = {"c": ("gcc", "-x", "c", *COMMON, *_GCC), "cpp": ("g++", "-x", "c++", *COMMON, *_GCC)}
CLANG = {language: (f"clang{more}", "-x", f"c{more}", *COMMON) for language, more in (("c", ""), ("cpp", "++"))}
BEFORE = ("-w",)
AFTER = ("-Wall", "-Werror=unknown-pragmas")
SECONDS = 120
SHOWN_LINES = 6


@dataclass(frozen=True)
class Checked:
    """What came of one file; `failure` is the compiler's message about the fixed text, None if it compiled."""

    path: str
    suggestions: int
    compiles: bool
    failure: str | None = None


def check(path: str, includes: tuple[str, ...]) -> Checked:
    """Compile the file at `path` as it is and, if that works, with what is suggested for it."""
    try:
        source = read_source(path)
    except InputError:
        return Checked(path, 0, False)
    suggestions = report(source, Settings(kind="openmp")).suggestions
    if not suggestions or compile_text(source, source.text, includes, BEFORE) is not None:
        return Checked(path, len(suggestions), False)
    fixed = apply(source.text, [edit for suggestion in suggestions for edit in suggestion.edits])
    return Checked(path, len(suggestions), True, compile_text(source, fixed, includes, AFTER))


def compile_text(
    source: Source,
    text: str,
    includes: tuple[str, ...],
    flags: tuple[str, ...],
    compilers: Mapping[str, tuple[str, ...]] = GCC,
) -> str | None:
    """The compiler's errors on `text`, which stands for the file; None if there are none."""
    folder = Path(source.path).parent
    around = [f"-I{place}" for place in (folder, *folder.parents) if is_include_root(place)]
    command = [*compilers[source.language], *flags, f"-I{folder}", *around, *includes, "-"]
    try:
        done = subprocess.run(
            command, input=text.encode(source.encoding), cwd=folder, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return "the compiler took too long"
    return done.stderr.decode(errors="replace") if done.returncode else None


def is_include_root(folder: Path) -> bool:
    """Whether headers are likely to be named from `folder` on."""
    return folder.name in ("src", "include", "source") or (folder / "include").is_dir()


def includes_of(root: Path, given: list[str]) -> tuple[str, ...]:
    """`-I` for the folders `given`; every folder with a header below `root` comes after the system's own, so that a
    package's string.h hides nothing.
    """
    headers = (path for pattern in ("*.h", "*.hpp") for path in root.rglob(pattern))
    folders = dict.fromkeys(str(header.parent.resolve()) for header in headers)
    return (*(f"-I{folder}" for folder in given), *(f"-idirafter{folder}" for folder in folders))


def sources_below(root: Path) -> Iterator[str]:
    """The C and C++ files to try; headers are compiled with the files that include them."""
    suffixes = SOURCE_SUFFIXES - {".h", ".H", ".hpp", ".hh", ".hxx", ".h++", ".cu", ".cuh", ".hip", ".inl", ".ipp"}
    found = (one.path for one in walk(str(root), None) if one.error is None)
    return (path for path in found if Path(path).suffix in suffixes)


def show(checked: Checked) -> Iterator[str]:
    """A failure with the first lines of the compiler's message."""
    yield f"FAILED {checked.path} ({checked.suggestions} suggestions)"
    lines = (checked.failure or "").splitlines()
    yield from (f"    {line}" for line in [line for line in lines if "error" in line][:SHOWN_LINES] or lines)


def check_folder(root: Path, chosen: argparse.Namespace) -> Counter[str]:
    """Check every file below `root`, print the failures, return the counts."""
    counts = Counter[str](files=0, suggested=0, compiling=0, suggestions=0, failed=0)
    includes = includes_of(root, chosen.include)
    with ProcessPoolExecutor(chosen.jobs) as pool:
        for checked in pool.map(partial(check, includes=includes), islice(sources_below(root), chosen.limit)):
            counts.update(files=1, suggested=bool(checked.suggestions), compiling=checked.compiles)
            counts["suggestions"] += checked.suggestions if checked.compiles else 0
            if checked.failure is not None:
                counts["failed"] += 1
                print(*show(checked), sep="\n", flush=True)
    print(f"{root}: " + ", ".join(f"{number} {name}" for name, number in counts.items()), flush=True)
    return counts


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="DIR", type=lambda text: Path(text).resolve())
    parser.add_argument("--limit", type=int, metavar="N", help="look at the first N files of each folder only")
    parser.add_argument(
        "-I", dest="include", action="append", default=[], metavar="FOLDER", help="an include path more"
    )
    parser.add_argument("-j", "--jobs", type=int, default=1, metavar="N")
    return parser.parse_args()


def main() -> int:
    """Check each folder; 1 when a file compiled before and does not compile after."""
    chosen = options()
    total = Counter[str]()
    for folder in chosen.folders:
        total.update(check_folder(folder, chosen))
    print("together: " + ", ".join(f"{number} {name}" for name, number in total.items()))
    return 1 if total["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())

"""How much faster whole programs get with everything that is suggested for them: pairs of runs, without and with it.

    python -m scripts.speedups FILE… [--cflags WORDS] [--timeout SECONDS]

Each FILE holds the `main` of one program, which should print little: what it prints is not compared here (that is
`scripts.verify_programs`).  It is compiled with -O2 and run with as many threads as there are cores.  Prints a
line for each program, the median first, and the geometric mean of the medians.  The programs are run: see
`hpcls verify` for the sandbox.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from statistics import geometric_mean
from tempfile import TemporaryDirectory

from hpcls.config import Settings
from hpcls.config.cores import cores
from hpcls.errors import HpclsError
from hpcls.suggest.files import report
from hpcls.syntax.source import read_source
from hpcls.verification.model import Speedup, Unverifiable
from hpcls.verification.sandbox import Limits, Sandbox
from hpcls.verification.speed import speedup
from hpcls.verification.subject import Program
from hpcls.verification.toolchain import Compilation
from hpcls.verification.workshop import Workshop


def measured(path: str, flags: tuple[str, ...], seconds: float) -> Speedup:
    """The program at `path`, with all its suggestions at once.  Raises HpclsError where nothing can be timed."""
    source = read_source(path)
    suggestions = report(source, Settings(kind="openmp")).suggestions
    if not suggestions:
        raise Unverifiable("nothing is suggested")
    beside = Path(path).absolute().parent
    how = Compilation(source.language, Path.cwd(), beside, flags, source.encoding)
    with TemporaryDirectory(prefix="hpcls-speed-") as folder:
        workshop = Workshop(source, how, Sandbox(Path(folder)), Limits(seconds=seconds))
        return speedup(workshop, Program(), suggestions)


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--cflags", default="", metavar="WORDS")
    parser.add_argument("--timeout", type=float, default=120, metavar="SECONDS")
    return parser.parse_args()


def main() -> int:
    """Print the table; 1 where nothing could be timed."""
    chosen = options()
    flags = tuple(shlex.split(chosen.cflags))
    medians = list[float]()
    print(f"{cores()} cores; times as fast (least to most of the pairs); seconds before")
    for path in chosen.files:
        try:
            found = measured(path, flags, chosen.timeout)
        except HpclsError as error:
            print(f"{Path(path).stem:<24}{error}", flush=True)
            continue
        medians.append(found.median)
        spread = f"({found.lowest:.2f} to {found.highest:.2f})"
        print(f"{Path(path).stem:<24}{found.median:5.2f}  {spread:<16}{found.seconds:8.3g}", flush=True)
    if medians:
        print(f"geometric mean of {len(medians)}: {geometric_mean(medians):.2f}")
    return 0 if medians else 1


if __name__ == "__main__":
    sys.exit(main())

"""`hpcls bench`: how long a cold run takes, and where the time goes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from hpcls.cli.options import from_1
from hpcls.cli.output import Output
from hpcls.errors import InputError, UsageError

PHASES: Mapping[str, str] = {
    "interpreter": "start and end",
    "import": "of hpcls",
    "check": "the model's files, by their hashes",
    "parse": "",
    "runtime": "import of ONNX Runtime",
    "model": "load",
    "analysis": "",
    "questions": "to the model",
    "output": "",
}
"""Phase → what it is about."""


def configure(parser: ArgumentParser) -> None:
    """The options of this subcommand."""
    parser.add_argument("file", help="a source file")
    parser.add_argument("--runs", metavar="N", type=from_1("--runs"), default=5, help="how often (default: 5)")
    parser.add_argument("--output-format", choices=("full", "json"), default="full", help="default: full")


def run(arguments: Namespace) -> int:
    """0: it is timed.  Raises InputError where the file cannot be answered."""
    check(arguments)
    whole = [_timed([sys.executable, "-m", "hpcls", "suggest", arguments.file])[0] for _ in range(arguments.runs)]
    splits = [_split(arguments.file) for _ in range(arguments.runs)]
    phases = {phase: median(split[phase] for split in splits) for phase in PHASES}
    seconds = {"wall": median(whole), "fastest": min(whole), "slowest": max(whole)}
    text = json.dumps({"runs": arguments.runs, "seconds": seconds | phases}) + "\n"
    if arguments.output_format == "full":
        text = _told(arguments.file, seconds, phases, arguments.runs)
    Output().write(text.encode("utf-8", "surrogateescape"))
    return 0


def check(arguments: Namespace) -> None:
    """Raises HpclsError where there is nothing to time."""
    if not Path(arguments.file).is_file():
        raise InputError(arguments.file, "not a file")


def _told(file: str, seconds: dict[str, float], phases: dict[str, float], runs: int) -> str:
    lines = [
        f"hpcls suggest {file}, {runs} fresh processes: median {_ms(seconds['wall'])} "
        f"({_ms(seconds['fastest'])} to {_ms(seconds['slowest'])})",
        *(f"  {phase:<11} {_ms(phases[phase]):>9}  {about}".rstrip() for phase, about in PHASES.items()),
    ]
    return "\n".join([*lines, ""])


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _timed(command: list[str]) -> tuple[float, bytes]:
    """Wall time and standard output of a fresh process."""
    start = time.perf_counter()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    wall = time.perf_counter() - start
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").partition("\n")[0].removeprefix("hpcls: ")
        raise UsageError(told or f"exit status {done.returncode}")
    return wall, done.stdout


def _split(file: str) -> dict[str, float]:
    """The phases of one run; what the probe does not see is the interpreter's start and end."""
    wall, printed = _timed([sys.executable, "-m", "hpcls.cli.bench_probe", file])
    phases: dict[str, float] = json.loads(printed.splitlines()[-1])
    return {"interpreter": wall - sum(phases.values()), **phases}

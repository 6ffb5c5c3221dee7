"""Data races, by ThreadSanitizer with Archer over LLVM's OpenMP runtime.

Atzeni et al., "Archer: Effectively Spotting Data Races in Large OpenMP Applications", IPDPS 2016.  GCC's runtime does
not tell the sanitiser of its barriers, so that its programs would give false reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.suggest.report import Suggestion
from hpcls.syntax.languages import LanguageName
from hpcls.verification import sanitisers
from hpcls.verification.model import Unverifiable
from hpcls.verification.sandbox import Limits, Run, Sandbox
from hpcls.verification.subject import Subject
from hpcls.verification.toolchain import RACES, Compilation, compile_text, race_compiler
from hpcls.verification.variants import spread
from hpcls.verification.workshop import Workshop

_LIMITS = Limits(seconds=60, memory=None)
"""No limit of addresses: see `sanitisers`."""
_INPUTS = 2
"""Of a subject's inputs: the detector is slow."""
_REPORT = "WARNING: ThreadSanitizer: data race"
_PACKAGES = "Debian: clang libomp-dev libclang-rt-14-dev"
_KNOWN = """\
#include <stdio.h>
int main(void) {{
  double sum = 0;
#pragma omp parallel for schedule(static, 1) {clause}
  for (int i = 0; i < 1000; i++) sum += i;
  printf("%g\\n", sum);
  return 0;
}}
"""


def why_not(sandbox: Sandbox, language: LanguageName) -> str | None:
    """Why races cannot be looked for here; None where a known one is found, and nothing where there is none."""
    how = Compilation(language, sandbox.build, sandbox.build)
    for clause, expected in (("", True), ("reduction(+:sum)", False)):
        program = sandbox.build / "known-race"
        try:
            compile_text(how, race_compiler(language), _KNOWN.format(clause=clause), RACES, program)
        except Unverifiable as error:
            return f"races were not looked for: {error} ({_PACKAGES})"
        run = _run(sandbox, str(program), (), 2)
        if sanitisers.trouble(run) or (_count(run) > 0) is not expected:
            return f"races were not looked for: ThreadSanitizer with Archer does not work here ({_PACKAGES})"
    return None


@dataclass(frozen=True)
class Detected:
    """What the detector says of some runs."""

    runs: int
    races: int
    first: str | None
    """Where the first race is, as lines of the file."""


def detect(
    workshop: Workshop, subject: Subject, suggestions: tuple[Suggestion, ...], threads: tuple[int, ...]
) -> Detected:
    """Look for races in runs with each number of `threads`.  Raises Unverifiable where the runs say nothing."""
    dealt = tuple(spread(one) for one in suggestions)
    program = workshop.compiled(subject.text, dealt, RACES, race_compiler(workshop.how.language))
    runs = list(_runs(workshop.sandbox, program, subject, threads))
    racy = next((run for run in runs if _count(run)), None)
    return Detected(len(runs), sum(map(_count, runs)), racy and _place(racy, workshop.label))


def _runs(sandbox: Sandbox, program: str, subject: Subject, threads: tuple[int, ...]) -> Iterator[Run]:
    for arguments in tuple(dict.fromkeys(subject.inputs))[:_INPUTS]:
        for count in threads:
            run = _run(sandbox, program, arguments, count)
            wrong = sanitisers.trouble(run)
            if wrong and not _count(run):
                raise Unverifiable(f"under the race detector {wrong}")
            yield run


def _run(sandbox: Sandbox, program: str, arguments: tuple[str, ...], threads: int) -> Run:
    environment = {**sanitisers.RACES, "OMP_NUM_THREADS": str(threads), "OMP_DYNAMIC": "false"}
    return sandbox.run((program, *arguments), _LIMITS, environment)


def _count(run: Run) -> int:
    return run.stderr.decode(errors="replace").count(_REPORT)


def _place(run: Run, path: str) -> str:
    report = run.stderr.decode(errors="replace").partition(_REPORT)[2].partition("SUMMARY")[0]
    lines = dict.fromkeys(re.findall(rf"#0 .* {re.escape(path)}:(\d+)", report))
    return f"a data race at line {' and '.join(list(lines)[:2])}" if lines else "a data race"

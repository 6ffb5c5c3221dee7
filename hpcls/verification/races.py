"""Data races, by ThreadSanitizer with Archer over LLVM's OpenMP runtime.

Atzeni et al., "Archer: Effectively Spotting Data Races in Large OpenMP Applications", IPDPS 2016.  GCC's runtime does
not tell the sanitiser of its barriers, so that its programs would give false reports.
"""

from __future__ import annotations

import re
from dataclasses import replace

from hpcls.suggest.report import Edit, Suggestion
from hpcls.syntax.languages import LanguageName
from hpcls.verification import sanitisers
from hpcls.verification.model import Unverifiable
from hpcls.verification.sandbox import Limits, Run, Sandbox
from hpcls.verification.toolchain import RACES, Compilation, compile_text, race_compiler

LIMITS = Limits(seconds=60, memory=None)
"""No limit of addresses: see `sanitisers`."""
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


def works(sandbox: Sandbox, language: LanguageName) -> str | None:
    """Why races cannot be looked for here; None where a known one is found, and nothing where there is none."""
    how = Compilation(language, sandbox.build, sandbox.build)
    for clause, expected in (("", True), ("reduction(+:sum)", False)):
        program = sandbox.build / "known-race"
        try:
            command = race_compiler(language)
            compile_text(how, command, _KNOWN.format(clause=clause), RACES, program)
        except Unverifiable as error:
            return f"races were not looked for: {error} ({_PACKAGES})"
        run = sandbox.run((str(program),), LIMITS, environment(2))
        if sanitisers.trouble(run) or (count(run) > 0) is not expected:
            return f"races were not looked for: ThreadSanitizer with Archer does not work here ({_PACKAGES})"
    return None


def environment(threads: int) -> dict[str, str]:
    """For a run under the detector."""
    return {**sanitisers.RACES, "OMP_NUM_THREADS": str(threads), "OMP_DYNAMIC": "false"}


def count(run: Run) -> int:
    """The data races that `run` reports."""
    return run.stderr.decode(errors="replace").count(_REPORT)


def first(run: Run, path: str) -> str:
    """Where the first race is, as lines of the file."""
    report = run.stderr.decode(errors="replace").partition(_REPORT)[2].partition("SUMMARY")[0]
    lines = dict.fromkeys(re.findall(rf"#0 .* {re.escape(path)}:(\d+)", report))
    return f"a data race at line {' and '.join(list(lines)[:2])}" if lines else "a data race"


def spread(suggestion: Suggestion) -> Suggestion:
    """The suggestion with its iterations dealt out one by one, so that neighbours meet; as it is where it says how."""
    if any(clause.name == "schedule" for clause in suggestion.clauses) or "for" not in (suggestion.directive or ""):
        return suggestion
    return replace(suggestion, edits=tuple(_spread(edit, suggestion.text) for edit in suggestion.edits))


def _spread(edit: Edit, text: str) -> Edit:
    return replace(edit, text=edit.text.replace(text, f"{text} schedule(static, 1)"))

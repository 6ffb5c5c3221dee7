"""The annotated sources in tests/cases: what each loop's `// expect:` says, hpcls says, and of no loop more.

    // expect: independent private(t) reduction(+: s)     the verdict with exactly these classes
    // expect: dependent: 2 iterations later              the verdict, and words of one of its reasons
    // expect: unknown: words                             likewise
    // expect: suggest parallel for private(t)            exactly this directive is offered
    // expect: silent: words                              nothing is offered, and these words are in why

Parts are separated by ` & `; an expectation stands on the loop's line.  A loop without one fails, and so does a
suggestion on a loop that is not expected to be independent.  A file's first line may ask for an `openmp-version: 5.0`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hpcls.config import Settings
from hpcls.suggest.files import report
from hpcls.suggest.report import LoopReport, Suggestion
from hpcls.syntax.source import parse, read_source

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*.c*"))
_VERSION = re.compile(r"^//.*\bopenmp-version: (\d\.\d)")
_EXPECTATION = re.compile(r"//\s*expect:\s*(.*?)\s*$")


def version_of(text: str) -> str:
    """What the first line of a file of cases asks for."""
    found = _VERSION.match(text)
    return found[1] if found else Settings().openmp_version


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_every_loop_is_as_expected(path: Path, newline: str) -> None:
    text = read_source(str(path)).text
    expected = {
        number: match[1]
        for number, line in enumerate(text.split("\n"), 1)
        if (match := _EXPECTATION.search(line.rstrip("\r")))
    }
    source = parse(text.replace("\r\n", "\n").replace("\n", newline), path.name)
    found = report(source, Settings(kind="openmp", openmp_version=version_of(text)))
    offered = {suggestion.line: suggestion for suggestion in found.suggestions}
    wrong = [
        f"{path.name}:{loop.line}: expected {wanted}\n    found {_told(loop, offered.get(loop.line))}"
        for loop in found.loops
        if not _is_met(wanted := expected.get(loop.line, "something"), loop, offered.get(loop.line))
    ]
    lines = {loop.line for loop in found.loops}
    wrong += [f"{path.name}:{line}: a loop is expected, none is found" for line in expected if line not in lines]
    assert not wrong, "\n" + "\n".join(wrong)


def _is_met(expected: str, loop: LoopReport, suggestion: Suggestion | None) -> bool:
    parts = expected.split(" & ")
    if suggestion and not any(part.startswith(("independent", "suggest")) for part in parts):
        return False
    return all(_is_part_met(part, loop, suggestion) for part in parts)


def _is_part_met(expected: str, loop: LoopReport, suggestion: Suggestion | None) -> bool:
    kind, _, rest = expected.partition(" ")
    match kind.rstrip(":"):
        case "independent":
            return loop.verdict == "independent" and " ".join(rest.split()) == _classes(loop)
        case "dependent" | "unknown" as verdict:
            return loop.verdict == verdict and (not rest or any(rest in reason.message for reason in loop.reasons))
        case "suggest":
            return suggestion is not None and suggestion.text == f"#pragma omp {rest}"
        case "silent":
            return suggestion is None and rest in (loop.silence or "")
        case _:
            return False


def _classes(loop: LoopReport) -> str:
    lists = (("private", loop.private), ("firstprivate", loop.firstprivate), ("lastprivate", loop.lastprivate))
    texts = [f"{name}({', '.join(names)})" for name, names in lists if names]
    return " ".join([*texts, *(f"reduction({operator}: {name})" for operator, name in loop.reductions)])


def _told(loop: LoopReport, suggestion: Suggestion | None) -> str:
    reasons = "; ".join(reason.message for reason in loop.reasons)
    return f"{loop.verdict} {_classes(loop)} [{reasons}] {suggestion.text if suggestion else f'silent: {loop.silence}'}"

"""The annotated sources in tests/cases/directives: what each directive's `// expect:` says, OMP010 says, and of no
directive more.

    // expect: fix missing private(t)      the directive is wrong, and this is what the fix does
    // expect: wrong: words                it is wrong, no fix is offered, and these words are in the message
    // expect: fix … @ 9 10                as well: the lines of the two accesses

Parts are separated by ` & `; an expectation stands on the first line of the directive.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hpcls.config import Settings
from hpcls.suggest.changes import apply
from hpcls.suggest.files import report
from hpcls.suggest.report import Diagnosis, Suggestion
from hpcls.syntax.source import parse, read_source

CASES = sorted((Path(__file__).parent.parent / "cases" / "directives").glob("*.c*"))
_EXPECTATION = re.compile(r"//\s*expect:\s*(.*?)\s*$")
SETTINGS = Settings(kind="openmp", select=("OMP010",))


def findings(text: str, name: str = "case.c") -> list[Suggestion | Diagnosis]:
    found = report(parse(text, name), SETTINGS)
    return sorted((*found.suggestions, *found.diagnoses), key=lambda one: one.line)


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_every_directive_is_as_expected(path: Path, newline: str) -> None:
    text = read_source(str(path)).text
    found = findings(text.replace("\n", newline), path.name)
    wrong: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _EXPECTATION.search(line)
        expected = match[1].split(" & ") if match else []
        here = [one for one in found if one.line == number]
        unmet = [part for part in expected if not any(_is_met(part, one) for one in here)]
        unexpected = [one for one in here if not any(_is_met(part, one) for part in expected)]
        wrong += [f"{path.name}:{number}: expected {part}, found {[*map(_told, here)]}" for part in unmet]
        wrong += [f"{path.name}:{number}: unexpected {_told(one)}" for one in unexpected]
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_what_a_fix_mends_is_not_found_again(path: Path) -> None:
    text = read_source(str(path)).text
    fixes = [one for one in findings(text, path.name) if isinstance(one, Suggestion)]
    fixed = apply(text, [edit for one in fixes for edit in one.edits])
    assert [_told(one) for one in findings(fixed, path.name) if isinstance(one, Suggestion)] == []


def _is_met(expected: str, found: Suggestion | Diagnosis) -> bool:
    words, _, lines = expected.partition(" @ ")
    places = [str(place.line) for place in found.places]
    if lines and lines.split() != places:
        return False
    kind, _, rest = words.partition(" ")
    if isinstance(found, Suggestion):
        return kind == "fix" and rest == found.fix
    return kind == "wrong:" and rest in found.message


def _told(found: Suggestion | Diagnosis) -> str:
    fix = found.fix if isinstance(found, Suggestion) else None
    places = " ".join(str(place.line) for place in found.places)
    return f"{f'fix {fix}' if fix else 'wrong'}: {found.message} @ {places}"

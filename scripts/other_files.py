"""What the other files of a project change: the verdicts on its loops without them and with them.

    python -m scripts.other_files FOLDER… [-p DIR] [--annotated] [--list]

Each FOLDER is a project of C and C++ files.  Directives on loops are taken out of the file that is looked at.  Printed
are how many loops have which verdict with the headers alone and with the other files too, for all loops or with
`--annotated` for those on which their authors had a directive, and how many hang on calls out of view; with `--list`
each loop whose verdict changes, with what is assumed, or what stands in the way.  `-p` is the folder of a
compile_commands.json, as for `hpcls suggest`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hpcls.analysis.engine import LoopAnalysis, analyse
from hpcls.analysis.verdict import Verdict
from hpcls.corpus.bare import on_loops, without
from hpcls.errors import InputError
from hpcls.suggest.project.kept import Kept
from hpcls.suggest.project.others import Projects
from hpcls.syntax.headers.view import in_view
from hpcls.syntax.languages import TRANSLATED_SUFFIXES
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import read_source


@dataclass(frozen=True)
class Compared:
    """One loop, with the headers alone and with the other files."""

    place: str
    header: str
    is_annotated: bool
    before: Verdict
    after: Verdict

    @property
    def outcomes(self) -> str:
        """Both verdicts."""
        return f"{self.before.outcome.value} → {self.after.outcome.value}"

    @property
    def told(self) -> tuple[str, ...]:
        """What stands in the way, or is assumed."""
        return tuple(one.message for one in self.after.findings) or self.after.assumptions


def loops(path: str, build_path: str | None, projects: Projects) -> Iterator[Compared]:
    """Every loop of a file."""
    written = read_source(path)
    placed = on_loops(written)
    bare = without(written, placed)
    annotated = {one.target for one in placed}
    view = in_view(bare, scopes_of(bare), build_path)
    before, _ = analyse(view.source, view.scopes)
    after, _ = analyse(view.source, view.scopes, elsewhere=projects.others(view, build_path))
    for old, new in zip(before, after, strict=True):
        start = _start(old)
        place = f"{path}:{bare.line(start)}"
        yield Compared(place, bare.line_text(bare.line(start)).strip(), start in annotated, old.verdict, new.verdict)


def _start(one: LoopAnalysis) -> int:
    return one.verdict.loop.statement.start


def _hangs_on_calls(verdict: Verdict) -> bool:
    return bool(verdict.undecided_calls)


def lines(found: list[Compared]) -> Iterator[str]:
    """The counts as text."""
    yield from (f"{number:6} {name}" for name, number in Counter(one.outcomes for one in found).most_common())
    before, after = (sum(map(_hangs_on_calls, side)) for side in ((o.before for o in found), (o.after for o in found)))
    yield f"{before:6} hang on calls out of view alone with the headers, {after} with the other files"


def main() -> int:
    """0: the counts are printed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER", type=Path)
    parser.add_argument("-p", "--build-path", metavar="DIR")
    parser.add_argument("--annotated", action="store_true", help="only loops with a directive of their author")
    parser.add_argument("--list", action="store_true", help="each loop whose verdict changes")
    chosen = parser.parse_args()
    for folder in chosen.folders:
        projects, found = Projects(Kept()), list[Compared]()
        for path in sorted(one for one in folder.rglob("*") if one.suffix in TRANSLATED_SUFFIXES and one.is_file()):
            try:
                found += loops(str(path), chosen.build_path, projects)
            except InputError as error:
                print(error, file=sys.stderr)
        wanted = [one for one in found if one.is_annotated or not chosen.annotated]
        print(f"{folder}: {len(wanted)} loops", *(lines(wanted) if wanted else ()), sep="\n")
        for one in wanted if chosen.list else ():
            if one.before.outcome is not one.after.outcome:
                print(f"{one.place}: {one.outcomes}  {one.header}", *(f"    {why}" for why in one.told), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

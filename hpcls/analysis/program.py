"""The functions of a program's other files, each summed up in its own file and told in the names of the caller's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hpcls.analysis.accessors import Accessors
from hpcls.analysis.budget import A_NAME, A_TEXT_BYTE, MOST_ELSEWHERE, Budget
from hpcls.analysis.effects import Effect, effect_of
from hpcls.analysis.elsewhere import Elsewhere, OtherFile
from hpcls.analysis.model import UnitModel
from hpcls.analysis.shared_names import SharedNames
from hpcls.analysis.summaries import Leads, Summary
from hpcls.analysis.summarise import Abroad, Summaries
from hpcls.analysis.variables import Variables
from hpcls.analysis.verdict import Outcome, Verdict
from hpcls.syntax.functions import Functions
from hpcls.syntax.headers.view import View
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.linkage import Linkage, line_of, linkage_of
from hpcls.syntax.macros import Macros
from hpcls.syntax.units import Unit

_PLAIN = re.compile(r"([A-Za-z_]\w*)\(\)")
_MOST_NAMED = 3
"""Places of definitions that an assumption lists."""


@dataclass(frozen=True, eq=False)
class _File:
    view: View
    shown: str
    functions: Functions
    names: SharedNames
    summaries: Summaries
    unions: frozenset[str]


@dataclass(frozen=True)
class _Shared:
    """A summary in the names of the program."""

    summary: Summary
    unions: frozenset[str]
    """The fields that share storage in the files that it comes from."""


class Program:
    """The files that are perhaps linked with one file, each read when a verdict hangs on it."""

    def __init__(self, elsewhere: Elsewhere, variables: Variables) -> None:
        """`variables` are those of the file itself."""
        self._elsewhere = elsewhere
        self._budget = Budget(MOST_ELSEWHERE)
        self._under_way: list[tuple[int, str]] = []
        self._files: dict[str, _File | None] = {}
        self._sought: dict[str, Sequence[OtherFile] | None] = {}
        self._known: dict[tuple[str, LanguageName], _Shared | None] = {}
        self._models: dict[Unit, UnitModel] = {}
        self._root = self._files[elsewhere.path] = self._opened(elsewhere.view, variables, "")

    def model(self, near: UnitModel, found: Verdict) -> UnitModel | None:
        """The unit of `near` with what the other files say of its calls; None where `found` does not hang on that."""
        if found.outcome is not Outcome.UNKNOWN or not self._may_be_settled(found):
            return None
        if near.unit not in self._models:
            variables, summary_of = near.variables, self._root.summaries.of
            self._models[near.unit] = UnitModel(near.source, near.unit, variables, summary_of, self._budget)
        return self._models[near.unit]

    def _may_be_settled(self, found: Verdict) -> bool:
        """Whether other files define all the functions of which `found` says that nothing is known of them."""
        callees = dict.fromkeys(one.callee for one in found.findings if one.callee)
        named = [match[1] for callee in callees if (match := _PLAIN.match(callee))]
        is_whole = bool(named) and len(named) == len(callees)
        return is_whole and all(map(self._defining, named)) and all(self._summary(one, self._root) for one in named)

    def _defining(self, name: str) -> Sequence[OtherFile] | None:
        if name not in self._sought:
            self._sought[name] = self._elsewhere.defining(name) if self._budget.spend(A_NAME) else None
        return self._sought[name]

    def _opened(self, view: View, variables: Variables, shown: str) -> _File:
        functions = Functions(view.source)
        accessors = Accessors(functions, variables, Macros(view.source, view.scopes))

        def summary_of(name: str) -> Summary | None:
            return self._summary(name, file)

        summaries = Summaries(functions, variables, accessors, self._budget, Abroad(summary_of, self._under_way))
        names = SharedNames(view, variables, len(self._files))
        file = _File(view, shown, functions, names, summaries, variables.meanings.union_fields)
        return file

    def _summary(self, name: str, caller: _File) -> Summary | None:
        """The summary of the function of another file that `caller` calls by `name`; None where it is not sure."""
        if effect_of(name) is not Effect.UNKNOWN or not caller.names.may_call_abroad(name):
            return None
        place = name, caller.view.source.language
        if place not in self._known:
            self._known[place] = self._found(*place)
        found = self._known[place]
        return caller.names.adopted(found.summary, found.unions) if found else None

    def _found(self, name: str, language: LanguageName) -> _Shared | None:
        files = [self._file(other) for other in self._defining(name) or ()]
        opened = [file for file in files if file is not None]
        linkages = [linkage_of(file.view, file.functions, name, language) for file in opened]
        if len(opened) < len(files) or Linkage.UNSURE in linkages:
            return None
        defining = [file for file, one in zip(opened, linkages, strict=True) if one is Linkage.EXTERNAL]
        summaries = [self._made(name, file) for file in defining]
        made = [one for one in summaries if one is not None]
        if not made or len(made) < len(summaries) or len({one.arity for one in made}) > 1:
            return None
        places = [f"{file.shown}:{line_of(file.view, file.functions, name)}" for file in defining]
        unions = frozenset(field for file in defining for field in file.unions)
        return _Shared(_any_of(made, _assumption(name, places)), unions)

    def _file(self, other: OtherFile) -> _File | None:
        if other.path not in self._files:
            view = other.view() if self._budget.spend(A_TEXT_BYTE * other.size) else None
            self._files[other.path] = (
                self._opened(view, Variables(view.source, view.scopes), other.shown) if view else None
            )
        return self._files[other.path]

    def _made(self, name: str, file: _File) -> Summary | None:
        try:
            found = file.summaries.own(name)
        except RecursionError:
            return None
        return file.names.exported(found) if found else None


def _any_of(summaries: Sequence[Summary], assumption: str) -> Summary:
    """What a call may do if it is of any of the functions: which one is linked nobody knows, so nothing is sure."""
    touched = (replace(one, is_sure=False) for summary in summaries for one in summary.touched)
    return Summary(
        tuple(dict.fromkeys(touched)),
        tuple(dict.fromkeys(one for summary in summaries for one in summary.effects)),
        summaries[0].arity,
        tuple(dict.fromkeys((assumption, *(one for summary in summaries for one in summary.assumptions)))),
        Leads(frozenset(one for summary in summaries for one in summary.leads.parameters)),
    )


def _assumption(name: str, places: Sequence[str]) -> str:
    if len(places) == 1:
        return f"{name}() is the one defined in {places[0]}"
    more = len(places) - _MOST_NAMED
    listed = ", ".join(places[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"{name}() is one of those defined in {listed}"

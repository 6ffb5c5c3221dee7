"""What may be typed next inside an OpenMP pragma."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hpcls.config import Settings
from hpcls.suggest.cursor import Cursor, cursor_at
from hpcls.syntax.directives import Directive, parse_directive
from hpcls.syntax.openmp import DIRECTIVES
from hpcls.syntax.openmp_clauses import CLAUSES, ClauseInfo
from hpcls.syntax.scopes import Symbol, scopes_of
from hpcls.syntax.source import Source

CompletionKind = Literal["directive", "clause", "value", "variable", "function", "constant", "field", "type"]

_TAKE_VARIABLES = ("threadprivate", "flush", "allocate", "depobj", "declare target")
"""Directives whose own parentheses hold variables."""
_NEED_MODIFIER = ("reduction", "in_reduction", "task_reduction", "depend")
"""Lists that start with a modifier."""
_FURTHER_MODIFIERS = {"map": ("always", "close", "present"), "reduction": ("inscan", "task", "default")}
"""Modifiers that another one follows, behind a comma."""


@dataclass(frozen=True)
class Completion:
    """One thing to insert in place of the text between `replace_start_column` and the cursor."""

    label: str
    kind: CompletionKind
    documentation: str
    insert_text: str
    """Ends with `(` where arguments must follow, with `:` or `, ` behind a modifier."""
    replace_start_column: int


@dataclass(frozen=True)
class _Word:
    """A completion whose place is not known yet."""

    label: str
    kind: CompletionKind
    documentation: str
    insert_text: str


def complete(source: Source, line: int, column: int, settings: Settings) -> tuple[Completion, ...]:
    """What fits at the cursor; nothing outside a pragma.  Variables come inner scopes first."""
    cursor = cursor_at(source, line, column)
    if cursor is None:
        return ()
    start = column - len(cursor.prefix)
    fitting = (word for word in _words(source, cursor, settings.openmp_version) if word.label.startswith(cursor.prefix))
    return tuple(Completion(word.label, word.kind, word.documentation, word.insert_text, start) for word in fitting)


def _words(source: Source, cursor: Cursor, version: str) -> Iterator[_Word]:
    if not cursor.after_omp:
        if not cursor.before:
            yield _Word("omp", "directive", "An OpenMP directive.", "omp ")
    elif cursor.inside is None:
        yield from _directive_names(cursor.before, version)
        yield from _clause_names(cursor, version)
    else:
        yield from _argument_words(source, cursor, version)


def _directive_names(before: str, version: str) -> Iterator[_Word]:
    """What may follow the words of a directive's name so far: `for` and `for simd` behind `parallel`."""
    typed = "".join(f"{word} " for word in before.split())
    for name, info in DIRECTIVES.items():
        if name.startswith(typed) and info.version <= version:
            rest = name[len(typed) :]
            yield _Word(rest, "directive", f"{name}: {info.documentation}", rest)


def _clause_names(cursor: Cursor, version: str) -> Iterator[_Word]:
    directive = parse_directive(cursor.before)
    known = DIRECTIVES.get(directive.name) if directive else None
    if directive is None or known is None:
        return
    present = _names(directive) | _names(parse_directive(f"{cursor.before} {cursor.after}"))
    for clause in known.clauses:
        info = CLAUSES[clause.name]
        if clause.version <= version and (info.repeats or clause.name not in present):
            opening = "" if info.kind == "none" or cursor.after.startswith("(") else "("
            yield _Word(clause.name, "clause", info.documentation, clause.name + opening)


def _names(directive: Directive | None) -> set[str]:
    return {clause.name for clause in directive.clauses} if directive else set()


def _argument_words(source: Source, cursor: Cursor, version: str) -> Iterator[_Word]:
    directive = parse_directive(cursor.before)
    info = CLAUSES.get(cursor.owner)
    if directive is None or not directive.clauses:
        takes_variables = directive is not None and directive.name in _TAKE_VARIABLES
    elif info is None or cursor.is_nested:
        takes_variables = True
    else:
        yield from _clause_words(info, directive.name, cursor, version)
        takes_variables = _takes_variables(info, cursor)
    if takes_variables:
        yield from _variables(source, cursor)


def _clause_words(info: ClauseInfo, directive: str, cursor: Cursor, version: str) -> Iterator[_Word]:
    """Words of the specification: modifiers up to the colon, values as the first argument."""
    if cursor.argument:
        return
    known = DIRECTIVES.get(directive)
    if info.name == "if" and known and len(known.constituents) > 1 and not cursor.has_colon:
        yield from (_Word(part, "value", f"Only for {part}.", f"{part}:") for part in known.constituents)
    modifiers = {modifier.name for modifier in info.modifiers}
    if not cursor.has_colon and modifiers.issuperset(cursor.earlier):
        yield from (_modifier(word.name, info) for word in info.modifiers if word.version <= version)
    if not cursor.earlier and not (cursor.has_colon and info.kind == "list"):
        yield from (_value(word.name, info) for word in info.values if word.version <= version)


def _modifier(name: str, info: ClauseInfo) -> _Word:
    others_follow = name in _FURTHER_MODIFIERS.get(info.name, ())
    return _Word(name, "value", info.documentation, f"{name}, " if others_follow else f"{name}:")


def _value(name: str, info: ClauseInfo) -> _Word:
    return _Word(name, "value", info.documentation, name)


def _takes_variables(info: ClauseInfo, cursor: Cursor) -> bool:
    """Whether a variable may stand here: in an expression, or as a whole item of a list."""
    if info.kind == "expression":
        return True
    if cursor.argument or (info.name in _NEED_MODIFIER and not cursor.has_colon):
        return False
    return info.kind == "list" or (info.kind == "keyword" and bool(cursor.earlier))


def _variables(source: Source, cursor: Cursor) -> Iterator[_Word]:
    """Variables and parameters in scope that the parentheses do not name yet."""
    named = set(re.findall(r"\w+", cursor.inside or ""))
    for symbol in scopes_of(source).visible(cursor.pragma_start):
        if symbol.kind in ("variable", "parameter") and symbol.name not in named:
            yield _Word(symbol.name, "variable", _declaration(symbol), symbol.name)


def _declaration(symbol: Symbol) -> str:
    extents = "".join(f"[{extent}]" for extent in symbol.dimensions)
    return f"{symbol.type_text} {'*' * symbol.pointers}{symbol.name}{extents}"

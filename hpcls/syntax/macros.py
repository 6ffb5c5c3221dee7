"""Macros put in their place, where they stand for an expression (C17 6.10.3).

What comes of a macro keeps the place of its use: its names mean what they mean there.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import Call, Expression, Literal, Name, Opaque, Subscript, walk
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.loops import integer
from hpcls.syntax.lower_expressions import lower_expression
from hpcls.syntax.macro_values import MacroValues
from hpcls.syntax.rewrite import rewritten, rewritten_statement, with_children
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source, parse
from hpcls.syntax.statements import Block

_IDENTIFIER = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[A-Za-z_]\w*")
_WORD = re.compile(r"\b[A-Za-z_]")
_WORDS = re.compile(r"[\w$]+")
_PASTE = re.compile(r"\s*##\s*")
_CLOSED = frozenset(
    "parenthesized_expression subscript_expression call_expression field_expression identifier number_literal".split()
)
_DEEPEST = 6
"""Macros within macros that are still put in."""
_LONGEST = 2_000
"""Characters of an expansion that is still looked at."""


@dataclass(frozen=True)
class _Text:
    """Where expressions stand: in the file itself, or in the expansion of a macro that is used at byte `at` of it."""

    source: Source
    at: int | None = None

    def offset(self, name: Name) -> int:
        """The byte of the file at which `name` has its meaning."""
        return name.start if self.at is None else self.at


class Macros:
    """The macros of one file."""

    def __init__(self, source: Source, scopes: ScopeTree) -> None:
        self._file = _Text(source)
        self._scopes = scopes
        self._values = MacroValues(source, scopes)
        macros = [symbol for symbol in scopes.symbols if symbol.kind == "macro"]
        defined = Counter(macro.name for macro in macros)
        # of several definitions the preprocessor, which is not asked, takes one
        self._names = frozenset(one.name for one in macros if defined[one.name] == 1 and self._may_be_put(one))
        self._parsed: dict[tuple[str, bool], tuple[Expression, Source] | None] = {}

    def expanded(self, body: Block) -> Block:
        """`body` with every macro in its place that stands for an expression."""
        if not self._names or self._names.isdisjoint(_WORDS.findall(self._file.source.slice(body.start, body.end))):
            return body
        changed = rewritten_statement(body, lambda one: self._within(one, self._file, True, 0))
        return changed if isinstance(changed, Block) else body

    def _within(self, expression: Expression, text: _Text, whole: bool, depth: int) -> Expression:
        """`expression` with its macros in their place; `whole` if no operator stands around it but brackets."""
        if not any(isinstance(part, Name) and part.name in self._names for part in walk(expression)):
            return expression
        if all(self._macro(part, text) is None for part in walk(expression)):
            return expression
        index = expression.index if isinstance(expression, Subscript) else None
        parts = (self._within(part, text, part is index, depth) for part in expression.operands)
        inner = with_children(expression, tuple(parts))
        macro = self._macro(expression, text)
        return inner if macro is None else self._put(expression, macro, text, whole, depth) or inner

    def _put(self, use: Expression, macro: Symbol, text: _Text, whole: bool, depth: int) -> Expression | None:
        """What the macro used in `use` stands for, at the place of `use`; None where that cannot be told."""
        arguments = use.arguments if isinstance(use, Call) else ()
        given = [text.source.slice(one.start, one.end) for one in arguments]
        written = _substituted(macro.value or "", dict(zip(macro.parameters, given, strict=True)))
        found = self._parse(written, whole) if depth <= _DEEPEST and len(written) <= _LONGEST else None
        if found is None:
            return None
        at = use.start if text.at is None else text.at
        inner = self._within(found[0], _Text(found[1], at), whole, depth + 1)
        return rewritten(inner, lambda part: replace(part, start=use.start, end=use.end))

    def _macro(self, expression: Expression, text: _Text) -> Symbol | None:
        """The macro that is used in `expression`, its parameters as many as the arguments."""
        match expression:
            case Name():
                macro = self._lookup(expression, text)
                return macro if macro and not macro.parameters else None
            case Call(function=Name() as name, arguments=arguments):
                macro = self._lookup(name, text)
                return macro if macro and macro.parameters and len(macro.parameters) == len(arguments) else None
            case _:
                return None

    def _lookup(self, name: Name, text: _Text) -> Symbol | None:
        if name.name not in self._names:
            return None
        symbol = self._scopes.lookup(name.name, text.offset(name))
        return symbol if symbol is not None and symbol.kind == "macro" else None

    def _may_be_put(self, macro: Symbol) -> bool:
        """Whether its text is no number, nor a size that may be set elsewhere, and makes no strings."""
        if not macro.value or "#" in macro.value.replace("##", ""):
            return False
        is_fixed = _WORD.search(macro.value) is not None or self._values.is_settled(macro)
        return bool(macro.parameters) or (_is_no_number(macro) and is_fixed)

    def _parse(self, text: str, whole: bool) -> tuple[Expression, Source] | None:
        key = (text, whole)
        if key not in self._parsed:
            self._parsed[key] = expression_of(text, whole, self._file.source.language)
        return self._parsed[key]


def _is_no_number(macro: Symbol) -> bool:
    return integer(Literal(0, 0, (macro.value or "").strip().strip("()"))) is None


def _substituted(text: str, given: dict[str, str]) -> str:
    """`text` with arguments for its parameters, and with what stands around `##` made one (C17 6.10.3.3)."""
    return _PASTE.sub("", _IDENTIFIER.sub(lambda match: given.get(match[0], match[0]), text))


def expression_of(text: str, whole: bool, language: LanguageName) -> tuple[Expression, Source] | None:
    """`text` as an expression in a source of its own; None if it is none, or if operators around it, where it is not
    the `whole`, could tear it apart."""
    # behind a comma nothing is taken for a declaration
    source = parse(f"void f(){{0,{text};}}", "", language)
    node = source.tree.root_node
    while node.type != "comma_expression":
        inner = [child for child in node.named_children if child.type in _AROUND]
        if len(inner) != 1 or node.has_error:
            return None
        node = inner[0]
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None or left.text != b"0" or not (whole or right.type in _CLOSED):
        return None
    found = lower_expression(right)
    return None if any(isinstance(part, Opaque) for part in walk(found)) else (found, source)


_AROUND = frozenset(("function_definition", "compound_statement", "expression_statement", "comma_expression"))

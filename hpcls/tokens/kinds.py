"""What kind of symbol a name becomes at its place: by its declaration where one is in view, otherwise by its use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from tree_sitter import Query, QueryCursor

from hpcls.errors import HpclsError
from hpcls.syntax.languages import LanguageName, parser_for
from hpcls.syntax.scopes import ScopeTree, Symbol
from hpcls.syntax.source import Source
from hpcls.tokens.lexer import NEWLINE, Token
from hpcls.tokens.symbols import SymbolPrefix
from hpcls.tokens.vocabulary import is_reserved, keywords, openmp_words, value_clauses, words

_BY_DECLARATION: Mapping[str, SymbolPrefix] = MappingProxyType(
    {
        "variable": "var", "parameter": "var", "function": "func", "type": "type", "struct": "struct",
        "union": "struct", "enum": "enum",
        "enumerator": "const", "field": "field", "macro": "macro", "namespace": "ns", "label": "label",
        "template-parameter": "type",
    }
)  # fmt: skip
_TAGS: Mapping[str, SymbolPrefix] = MappingProxyType(
    {"struct": "struct", "class": "struct", "union": "struct", "enum": "enum", "goto": "label", "namespace": "ns"}
)
_CONDITIONS = frozenset({"#if", "#ifdef", "#ifndef", "#elif", "#elifdef", "#elifndef"})
_MACRO_PLACES = _CONDITIONS | {"#define", "#define(", "#undef"}
_ACCESS = frozenset({".", "->"})
_STATEMENT_ENDS = frozenset({"", ";", "{", "}", NEWLINE})
_LONGEST_CHAIN = 16
_LIBRARY_FIELDS = ("tv_", "tm_", "ru_", "st_")


class Kinds:
    """Answers for the tokens of one source, asked in their order."""

    def __init__(self, source: Source, tokens: Sequence[Token], scopes: ScopeTree) -> None:
        self._scopes = scopes
        self._texts = [token.text for token in tokens]
        self._starts = [token.start for token in tokens]
        types = _type_places(source)
        self._types = {token.text for token in tokens if token.start in types}
        self._is_c = source.language == "c"
        self._keywords = keywords(source.language)
        self._c_names = words("names_c")
        self._cpp_names = frozenset[str]() if self._is_c else words("names_cpp")
        self._uses_std = "using namespace std" in source.text
        self._subscripted = {name for name, after in zip(self._texts, self._texts[1:], strict=False) if after == "["}
        self._members = {symbol.name: symbol for symbol in scopes.symbols if symbol.owner is not None}
        self._directive = 0
        self._pragma = _Pragma(self._texts, 0)

    def directive(self, at: int) -> None:
        """The directive, or the end of one, that token `at` is."""
        self._directive = at
        self._pragma = _Pragma(self._texts, at)

    def prefix(self, at: int) -> SymbolPrefix | None:
        """The kind of the name that is token `at`; None for one that stays."""
        name = self._texts[at]
        if name in self._keywords or is_reserved(name):
            return None
        before = self._texts[at - 1] if at else ""
        if before in _ACCESS:
            return self._member(at, name)
        if before == "::":
            return self._qualified(at, name)
        if self._texts[self._directive] == "#pragma" and self._pragma.keeps(at):
            return None
        return self._plain(at, name, before)

    def _plain(self, at: int, name: str, before: str) -> SymbolPrefix | None:
        symbol = self._scopes.lookup(name, self._starts[at])
        if before in _TAGS and (self._is_c or symbol is None):
            return None if symbol is None and name in self._c_names else _TAGS[before]
        if symbol is not None:
            return self._declared(symbol)
        if name in self._c_names or (name in self._cpp_names and (self._uses_std or name == "std")):
            return None
        if self._texts[self._directive] == "#pragma" and self._pragma.depth == 0:
            return "word"
        return self._by_use(at, name, before)

    def _declared(self, symbol: Symbol) -> SymbolPrefix:
        if symbol.owner == symbol.name:
            return "struct"  # a constructor
        prefix = _BY_DECLARATION[symbol.kind]
        is_array = prefix == "var" and (symbol.dimensions or symbol.name in self._subscripted)
        return "arr" if is_array else prefix

    def _by_use(self, at: int, name: str, before: str) -> SymbolPrefix:
        after = self._after(at)
        if before in _MACRO_PLACES or self._texts[self._directive] in _CONDITIONS:
            return "macro"
        if after == "::":
            return "ns"
        if after == "[":
            return "arr"
        if name in self._types:
            return "type"
        if len(name) > 1 and name.isupper():
            return "macro"
        if after == "(":
            return "func"
        return "label" if after == ":" and before in _STATEMENT_ENDS else "var"

    def _member(self, at: int, name: str) -> SymbolPrefix | None:
        """A name behind `.` or `->`."""
        symbol = self._members.get(name)
        if symbol is None and (name in self._cpp_names or name[:3] in _LIBRARY_FIELDS):
            return None
        is_function = self._after(at) == "(" if symbol is None else symbol.kind == "function"
        return "func" if is_function else "field"

    def _qualified(self, at: int, name: str) -> SymbolPrefix | None:
        """A name behind `::`: of the library where the chain begins with `std`, otherwise by declaration or use."""
        root = at - 2
        while root >= 2 and self._texts[root - 1] == "::" and at - root < _LONGEST_CHAIN:
            root -= 2
        if self._texts[max(root, 0)] == "std" and (name in self._cpp_names or name in self._c_names):
            return None
        symbol = self._members.get(name) or self._scopes.lookup(name, self._starts[at])
        return self._by_use(at, name, "::") if symbol is None else self._declared(symbol)

    def _after(self, at: int) -> str:
        return self._texts[at + 1] if at + 1 < len(self._texts) else ""


class _Pragma:
    """Words of the pragma whose tokens begin at `start`."""

    def __init__(self, texts: Sequence[str], start: int) -> None:
        self._texts = texts
        self._is_openmp = texts[start + 1 : start + 2] == ["omp"]
        self._counted = start
        self.depth = 0
        """Open parentheses before the last word asked about."""

    def keeps(self, at: int) -> bool:
        """Whether token `at` is a word of the directive itself: outside parentheses, or before a colon in them."""
        between = self._texts[self._counted : at]
        self.depth += between.count("(") - between.count(")")
        self._counted = at
        name = self._texts[at]
        if not self._is_openmp:
            return self.depth == 0 and name in words("pragma")
        is_word = self.depth == 0 or self._texts[at + 1 : at + 2] == [":"] or self._texts[at - 2] in value_clauses()
        return is_word and name in openmp_words()


@cache
def _query(language: LanguageName) -> Query:
    grammar = parser_for(language).language
    if grammar is None:
        raise HpclsError(f"no grammar for {language}")
    return Query(grammar, "(type_identifier) @type")


def _type_places(source: Source) -> frozenset[int]:
    """The starts of all names in type position."""
    captures = QueryCursor(_query(source.language)).captures(source.tree.root_node)
    return frozenset(node.start_byte for node in captures.get("type", ()))

"""Which grammar reads a file."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath
from typing import Literal

from tree_sitter import Language, Parser

LanguageName = Literal["c", "cpp"]

TRANSLATED_SUFFIXES = frozenset((".c", ".C", ".cc", ".cp", ".cpp", ".cxx", ".c++"))
"""Endings of the files that a compiler is given, as headers are not."""
_SUFFIXES: dict[str, LanguageName] = {
    **dict.fromkeys((".c",), "c"),
    **dict.fromkeys(
        (".cc", ".cp", ".cpp", ".cxx", ".c++", ".hpp", ".hh", ".hxx", ".h++", ".ipp", ".tcc", ".tpp"), "cpp"
    ),
    **dict.fromkeys((".inl", ".cu", ".cuh", ".hip"), "cpp"),
}
SOURCE_SUFFIXES = frozenset(_SUFFIXES) | {".h", ".C", ".H"}
"""Endings of the files that hpcls reads when it is given a folder."""

_CPP_ONLY = re.compile(
    rb"^\s*(?:template\s*<|namespace\b|using\s+\w|class\s+\w+|public:|private:|protected:)"
    rb"|\b(?:std::|nullptr\b|static_cast<|dynamic_cast<|constexpr\b|operator\s*[-+*/=<>\[(])",
    re.MULTILINE,
)


def language_of(path: str, data: bytes) -> LanguageName:
    """The language of the file at `path` by its ending; headers and unnamed text by what stands in `data`."""
    suffix = PurePath(path).suffix
    if suffix == ".C":
        return "cpp"
    known = _SUFFIXES.get(suffix.lower())
    return known or ("cpp" if _CPP_ONLY.search(data) else "c")


@cache
def _language(name: LanguageName) -> Language:
    if name == "c":
        import tree_sitter_c  # noqa: PLC0415 (each grammar costs start-up time)

        return Language(tree_sitter_c.language())
    import tree_sitter_cpp  # noqa: PLC0415

    return Language(tree_sitter_cpp.language())


def parser_for(name: LanguageName) -> Parser:
    """A new parser: parsers hold state, so no two threads share one."""
    return Parser(_language(name))

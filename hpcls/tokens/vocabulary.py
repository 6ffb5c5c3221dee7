"""What stays as it is: keywords, the names of the standard libraries, OpenMP and MPI, small literals."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal

from hpcls.syntax.languages import LanguageName
from hpcls.syntax.openmp import DIRECTIVES
from hpcls.syntax.openmp_clauses import CLAUSES

WordList = Literal["keywords_c", "keywords_cpp", "names_c", "names_cpp", "headers", "pragma"]
"""The files of `words/`; each says where its words are from."""

_RESERVED = re.compile(r"P?MPIX?_\w+|omp_\w+|OMP_\w+|_OPENMP|main")
_SMALL_NUMBER = re.compile(
    r"(?:\d{1,3}|0[xX][0-9a-fA-F]{1,2})[uUlL]{0,3}|(?:\d{1,2}\.\d{0,2}|\.\d{1,2}|\d)(?:[eE][-+]?\d{1,2})?[fFlL]?",
    re.ASCII,
)
_SMALL_CHARACTER = re.compile(r"'(?:\\?[!-&(-\[\]-~]|\\['\\])'")
_SMALL_STRINGS = frozenset({'""', '"C"'})
_OWN_HEADERS = frozenset({'"mpi.h"', '"omp.h"'})


@cache
def words(name: WordList) -> frozenset[str]:
    """One list of words; `sqrt*` in it stands for `sqrt`, `sqrtf` and `sqrtl`."""
    lines = files("hpcls.tokens").joinpath("words", f"{name}.txt").read_text("utf-8").splitlines()
    listed = [word for line in lines if not line.startswith("#") for word in line.split()]
    forms = {word[:-1] + ending for word in listed if word.endswith("*") for ending in ("", "f", "l")}
    return frozenset(forms | {word for word in listed if not word.endswith("*")})


def keywords(language: LanguageName) -> frozenset[str]:
    """The keywords of a language, GNU's spellings among them."""
    return words("keywords_c") if language == "c" else words("keywords_c") | words("keywords_cpp")


@cache
def openmp_words() -> frozenset[str]:
    """The words of OpenMP's directives, clauses and their arguments, which stay on an `omp` pragma's line."""
    listed = [known for clause in CLAUSES.values() for known in (*clause.modifiers, *clause.values)]
    directives = {word for name in DIRECTIVES for word in name.split()}
    return frozenset({"omp"} | directives | CLAUSES.keys() | {known.name for known in listed})


@cache
def value_clauses() -> frozenset[str]:
    """Clauses whose argument may be a word of the specification: `schedule(static)`."""
    return frozenset(clause.name for clause in CLAUSES.values() if clause.values)


def is_reserved(name: str) -> bool:
    """MPI's and OpenMP's names (MPI 4.1 §2.6.2; OpenMP 5.2 chapter 18), and `main`, whoever declares them."""
    return _RESERVED.fullmatch(name) is not None


def is_small_literal(text: str) -> bool:
    """Numbers of up to three digits, floats such as 0.5 and 1e-6, one character, the empty string."""
    pattern = _SMALL_CHARACTER if text[0] == "'" else _SMALL_NUMBER
    return text in _SMALL_STRINGS or pattern.fullmatch(text) is not None


def is_known_header(text: str) -> bool:
    """The headers of the standard libraries, of MPI and of OpenMP."""
    return text in _OWN_HEADERS or (text[0] == "<" and text[1:-1] in words("headers"))

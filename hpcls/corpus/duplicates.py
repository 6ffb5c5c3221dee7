"""Copies of a file are found by what the compiler sees, white space and comments apart; so are its tokens counted."""

from __future__ import annotations

import hashlib
import re

from hpcls.corpus.model import Language

_LAYOUT = re.compile(
    rb"""(?P<kept>"(?:\\.|[^"\\\n])*+"|'(?:\\.|[^'\\\n])*+')|/\*.*?(?:\*/|\Z)|//[^\n]*|\s+""",
    re.DOTALL,
)


_FORTRAN_LAYOUT = re.compile(
    rb"""(?P<kept>"[^"\n]*+"|'[^'\n]*+'|!\$)|^[c*](?!\$)[^\n]*|![^\n]*|\s+""", re.MULTILINE | re.IGNORECASE
)
"""A comment that begins with `!$` is a directive, or a line for OpenMP alone (OpenMP 5.2, 5.3)."""
_TOKEN = re.compile(rb"""\w++|"(?:\\.|[^"\\\n])*+"|[-+*/%&|^!<>=]=|\+\+|--|->|&&|\|\||<<|>>|::|\S""")


def content_key(data: bytes, language: Language) -> str:
    """The same for two files that differ in white space and comments only (and in nearly no other case)."""
    layout = _FORTRAN_LAYOUT if language == "fortran" else _LAYOUT
    bare = layout.sub(lambda found: found["kept"] or b"", data)
    return hashlib.blake2b(bare, digest_size=12).hexdigest()


def tokens(data: bytes, language: Language) -> list[bytes]:
    """The words, strings and signs that `data` has outside comments: about the lexical tokens."""
    layout = _FORTRAN_LAYOUT if language == "fortran" else _LAYOUT
    return _TOKEN.findall(layout.sub(lambda found: found["kept"] or b" ", data))

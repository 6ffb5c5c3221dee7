"""Copies of a file are found by what the compiler sees: white space and comments apart."""

from __future__ import annotations

import hashlib
import re

_LAYOUT = re.compile(
    rb"""(?P<kept>"(?:\\.|[^"\\\n])*+"|'(?:\\.|[^'\\\n])*+')|/\*.*?(?:\*/|\Z)|//[^\n]*|\s+""",
    re.DOTALL,
)


def content_key(data: bytes) -> str:
    """The same for two files that differ in white space and comments only (and in nearly no other case)."""
    bare = _LAYOUT.sub(lambda found: found["kept"] or b"", data)
    return hashlib.blake2b(bare, digest_size=12).hexdigest()

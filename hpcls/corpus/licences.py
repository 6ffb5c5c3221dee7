"""A licence by the words of its text, or by Debian's machine-readable copyright file."""

from __future__ import annotations

import re

UNKNOWN = "unknown"
NONE = "none"
"""A repository without a licence file."""

_KNOWN: tuple[tuple[str, str], ...] = (
    ("LGPL", r"gnu (?:lesser|library) general public license|\blgpl"),
    ("AGPL", r"gnu affero general public license|\bagpl"),
    ("GPL", r"gnu general public license|\bgpl"),
    ("Apache-2.0", r"apache license,? version 2\.0|apache-2\.0"),
    ("MPL-2.0", r"mozilla public license,? (?:version |v\.? ?)2\.0"),
    ("Unlicense", r"free and unencumbered software released into the public domain"),
    ("BSL-1.0", r"boost software license"),
    ("CC0-1.0", r"cc0 1\.0 universal"),
    ("MIT", r"permission is hereby granted, free of charge|\bmit license\b"),
    ("BSD", r"redistribution and use in source and binary forms|\bbsd \d-clause"),
)
_VERSION = re.compile(r"[^.]{0,120}?\b(?:version |v\.? ?)(\d(?:\.\d)?)")
_FILE = re.compile(
    r"(?:licen[cs]e|copying|unlicense)(?:[-.](?:md|txt|rst|mit|apache|gpl|lesser|\w{1,8}))?", re.IGNORECASE
)
_FIELD = re.compile(r"^License:[ \t]*(\S[^\n]*)$", re.MULTILINE | re.IGNORECASE)
_ALL_FILES = re.compile(r"^Files:[ \t]*\*[ \t]*$", re.MULTILINE | re.IGNORECASE)


def is_licence_file(name: str) -> bool:
    """Whether a file of this name, at the root, holds the licence."""
    return _FILE.fullmatch(name) is not None


def recognised(text: str) -> str:
    """The licence that `text` is: the one named first, for the GPL's texts name others of their kind further down."""
    lower = re.sub(r"[\s*#]+", " ", text.lower())
    found = [(match, name) for name, pattern in _KNOWN if (match := re.search(pattern, lower))]
    if not found:
        return UNKNOWN
    first, name = min(found, key=lambda one: one[0].start())
    version = _VERSION.match(lower, first.end()) if name.endswith("GPL") else None
    return f"{name}-{version[1]}" if version else name


def debian_licence(text: str) -> str:
    """The licence of debian/copyright: the field of its header, else of all files (DEP-5), else what its words say.

    Source: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
    """
    stanzas = re.split(r"\n[ \t]*\n", text)
    header = stanzas[:1] if text.lstrip().lower().startswith("format") else []
    everything = [stanza for stanza in stanzas if _ALL_FILES.search(stanza)]
    for stanza in [*header, *everything]:
        if found := _FIELD.search(stanza):
            return found[1].strip()
    return recognised(text)

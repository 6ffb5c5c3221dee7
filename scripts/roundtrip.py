"""Shows that Tokompiler loses nothing: `lex(decode(encode(x))) == lex(x)` for every C and C++ file below folders.

    python scripts/roundtrip.py DIR… [--jobs N]

The lexer here shares no code with the one of the package, so that a mistake there cannot hide itself.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from hpcls.errors import InputError
from hpcls.syntax.languages import SOURCE_SUFFIXES
from hpcls.syntax.source import read_source
from hpcls.tokens.decode import decode
from hpcls.tokens.encode import encode

_SPLICE = re.compile(r"\\[ \t\v\f]*\r?\n")
_COMMENT = re.compile(r"//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|$)")
_SPACE = re.compile(r"[ \t\v\f\r]+")
_LETTER = r"[^\W\d]|[$_]|[^\x00-\x7f]|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}"
_IDENTIFIER = re.compile(rf"(?:{_LETTER})(?:{_LETTER}|\d)*")
_RAW = re.compile(r'(?:u8|u|U|L)?R"([^ ()\\\t\v\f\n"]{0,16})\(')
_QUOTED = re.compile(r"""(?:u8|u|U|L)?("|')""")
_SUFFIX = re.compile(r"(?:_\w*|sv|s|h|min|ms|us|ns|y|d|i|if|il)\b", re.ASCII)
_NUMBER = re.compile(r"\.?\d(?:[eEpP][+-]|'[0-9A-Za-z_]|[A-Za-z0-9_.]|[^\x00-\x7f])*", re.ASCII)
_LONGEST = ("%:%:", "<=>", "...", "<<=", ">>=", "->*")
_PAIRS = frozenset("-> ++ -- << >> <= >= == != && || += -= *= /= %= &= |= ^= :: .* ## <: :> <% %> %:".split())
_DIGRAPHS = {"%:": "#", "%:%:": "##", "<:": "[", ":>": "]", "<%": "{", "%>": "}"}
_INCLUDES = ("include", "include_next", "import", "embed")


def tokens(text: str) -> list[str]:
    """The preprocessing tokens of `text` (C17 6.4, C++20 [lex]): comments and white space dropped, `\\n` at the end
    of a directive only; a parenthesis that touches the name of a macro differs from one that does not.
    """
    text = _SPLICE.sub("", text.removeprefix("\ufeff"))
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[str]:
    line: list[str] = []
    position, directive = 0, False
    while position < len(text):
        here = text[position]
        if here == "\n":
            if directive:
                yield "\n"
            position, line, directive = position + 1, [], False
            continue
        blank = _SPACE.match(text, position) or _COMMENT.match(text, position)
        if blank:
            position = blank.end()
            continue
        token, end = _token(text, position, line if directive else None)
        directive = directive or (not line and token == "#")
        if directive and token == "(" and _is_function_macro(line, text[position - 1]):
            token = "touching("
        line.append(token)
        yield token
        position = end
    if directive:
        yield "\n"


def _is_function_macro(line: list[str], before: str) -> bool:
    """Whether the parenthesis behind the tokens `line` of a directive belongs to the macro's name."""
    defines = len(line) == 3 and line[1] == "define"
    return defines and _IDENTIFIER.fullmatch(line[2]) is not None and before not in " \t/"


def _token(text: str, position: int, directive: list[str] | None) -> tuple[str, int]:
    """The token at `position`, and where it ends."""
    raw = _RAW.match(text, position)
    if raw:
        close = text.find(f'){raw[1]}"', raw.end())
        if close >= 0:
            return _literal(text, position, close + len(raw[1]) + 2)
    quote = _QUOTED.match(text, position)
    if quote:
        end = _closing_quote(text, quote.end(), quote[1])
        if end and (quote[1] == '"' or end > quote.end() + 1):
            return _literal(text, position, end)
    names_header = directive is not None and len(directive) == 2 and directive[1] in _INCLUDES
    if text[position] == "<" and (names_header or _asks_for_header(text, position)):
        end = text.find(">", position) + 1
        if end and not set(text[position:end]) & ({"\n"} if names_header else set(" \t\r\n\v\f")):
            return text[position:end], end
    for pattern in (_IDENTIFIER, _NUMBER):
        found = pattern.match(text, position)
        if found:
            return found[0], found.end()
    operator = _operator(text, position)
    return _DIGRAPHS.get(operator, operator), position + len(operator)


def _operator(text: str, position: int) -> str:
    for operator in _LONGEST:
        if text.startswith(operator, position):
            return operator
    pair = text[position : position + 2]
    if (
        pair == "<:"
        and text[position + 2 : position + 3] == ":"
        and text[position + 3 : position + 4] not in (":", ">")
    ):
        return "<"
    return pair if pair in _PAIRS else text[position]


def _literal(text: str, start: int, end: int) -> tuple[str, int]:
    suffix = _SUFFIX.match(text, end)
    end = suffix.end() if suffix else end
    return text[start:end], end


def _closing_quote(text: str, position: int, quote: str) -> int | None:
    """Where the literal ends that begins before `position`; None when its line ends first."""
    while position < len(text) and text[position] != "\n":
        if text[position] == quote:
            return position + 1
        position += 2 if text[position] == "\\" and text[position + 1 : position + 2] != "\n" else 1
    return None


def _asks_for_header(text: str, position: int) -> bool:
    return text[max(0, position - 15) : position].endswith(("__has_include(", "__has_include ("))


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    path: str
    tokens: int
    seconds: float
    failure: str | None


def check(path: str) -> Outcome:
    """Encodes, decodes and compares one file."""
    try:
        source = read_source(path)
    except InputError as error:
        return Outcome(path, 0, 0.0, None if "binary" in str(error) else str(error))
    began = time.process_time()
    encoded = encode(source)
    seconds = time.process_time() - began
    text = decode(encoded.tokens, encoded.names)
    failure = difference(tokens(source.text), tokens(text))
    return Outcome(path, len(encoded.tokens), seconds, failure)


def difference(before: list[str], after: list[str]) -> str | None:
    """Where two token sequences part; None when they are the same."""
    if before == after:
        return None
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))
    return f"token {at}: {before[max(at - 3, 0) : at + 5]} became {after[max(at - 3, 0) : at + 5]}"


def summary(name: str, outcomes: list[Outcome]) -> str:
    """One line about one folder; the speed is that of encoding, in CPU time."""
    count, seconds = sum(outcome.tokens for outcome in outcomes), sum(outcome.seconds for outcome in outcomes)
    failures = sum(outcome.failure is not None for outcome in outcomes)
    speed = count / seconds if seconds else 0.0
    return f"{name}: {len(outcomes)} files, {count} tokens, {failures} failures, {speed:.0f} tokens/s\n"


def main() -> int:
    """Prints one line for each folder, one for all, then the failures; returns 1 if there are any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    everything: list[Outcome] = []
    with ProcessPoolExecutor(options.jobs) as pool:
        for folder in options.folders:
            paths = sorted(str(path) for path in folder.rglob("*") if path.suffix in SOURCE_SUFFIXES and path.is_file())
            outcomes = list(pool.map(check, paths, chunksize=8))
            sys.stdout.write(summary(folder.name, outcomes))
            sys.stdout.flush()
            everything += outcomes
    sys.stdout.write(summary("all", everything))
    failed = [outcome for outcome in everything if outcome.failure]
    sys.stdout.writelines(f"{outcome.path}: {outcome.failure}\n" for outcome in failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

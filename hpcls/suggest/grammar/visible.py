"""The places of a function where calls may be written, and what is in scope there."""

from __future__ import annotations

from hpcls.suggest.grammar.declared import scopes_at
from hpcls.suggest.grammar.mpi_states import Gap
from hpcls.suggest.prompt.code import CodePrompt
from hpcls.syntax.scopes import ScopeTree

_ASSIGNMENTS = frozenset({"=", "+=", "-=", "*="})
_ENDS = frozenset({";", "}"})
"""What completes the branch of an `if`: nothing fits in front of its `else`."""
_HEADS = frozenset({")", "else", "do"})
"""What the head of a statement without braces ends with."""


def gaps_of(code: CodePrompt, tree: ScopeTree) -> tuple[Gap, ...]:
    """Every place of `code` where a call may be written, with what is in scope there."""
    free = places_of(code)
    scopes = scopes_at(tree, code.names, frozenset(code.words), [code.end_of(line) for line, _, _ in free])
    return tuple(
        Gap(line, scope, last in _ASSIGNMENTS, following == "else")
        for (line, last, following), scope in zip(free, scopes, strict=True)
    )


def places_of(code: CodePrompt) -> list[tuple[int, str, str]]:
    """Every place behind a shown line, or within a dangling one, where a call may be written: inside the braces of a
    function, or anywhere in a text without any.  (line, the token before, the token behind)
    """
    depths = _depths(code)
    is_function = any(depths)
    inside = [(line, *_around(code, line)) for line, depth in enumerate(depths) if depth or not is_function]
    return [
        place for place in inside if not (place[2] == "else" and place[1] in _ENDS) and not _cuts_else(code, *place)
    ]


def _depths(code: CodePrompt) -> list[int]:
    """For each line from 0 on, how many braces are open behind it."""
    start = code.ends[code.first - 1] if code.first else 0
    depth = code.encoded.tokens[:start].count("{") - code.encoded.tokens[:start].count("}")
    found = [max(0, depth)]
    for end in code.ends[code.first : code.last]:
        tokens = code.encoded.tokens[start:end]
        depth += tokens.count("{") - tokens.count("}")
        found.append(max(0, depth))
        start = end
    return found


def _around(code: CodePrompt, line: int) -> tuple[str, str]:
    """The last token of line `line`, and the one behind it."""
    end = code.ends[code.first + line - 1] if code.first + line else 0
    tokens = code.encoded.tokens
    return tokens[end - 1] if end else "", tokens[end] if end < len(tokens) else ""


def _cuts_else(code: CodePrompt, line: int, last: str, following: str) -> bool:
    """Whether a call there would become the branch of an `if`, in place of a statement whose `else` follows."""
    if last not in _HEADS or following in ("else", "}"):
        return False
    depth = 0
    for behind in range(line + 1, code.lines + 1):
        last, following = _around(code, behind)
        depth += (last == "{") - (last == "}")
        if depth == 0 and last in _ENDS:
            return following == "else"
    return False

"""Tokens back to program text that compiles: the same tokens when it is read again, in a layout of our own."""

from __future__ import annotations

from collections.abc import Sequence

from hpcls.tokens.lexer import FUNCTION_MACRO, NEWLINE, UNKNOWN_DIRECTIVE
from hpcls.tokens.symbols import SymbolTable

_TIGHT_BEFORE = frozenset({";", ",", ")", "]"})
_TIGHT_AFTER = frozenset({"(", "["})
_MEMBER = frozenset({".", "->", "::"})
_STEPS = frozenset({"++", "--"})
_UNARY = frozenset({"-", "+", "*", "&", "!", "~", "++", "--"})
_SPACED_WORDS = frozenset(
    "if for while switch return case else do sizeof catch new delete throw goto in and or not".split()
)
_INLINE_BRACES = frozenset({"=", ",", "(", "return"})
_AFTER_BRACE = frozenset({";", ",", ")", "else", "while", "#", "%:"})
_DEEPEST = 20
"""Indentation stops growing here."""


def decode(tokens: Sequence[str], names: SymbolTable) -> str:
    """The program that `tokens` stand for.  Symbols that `names` does not know stay as they are."""
    writer = _Writer()
    for i, token in enumerate(tokens):
        writer.write(token, names.spelled(token), tokens[i + 1] if i + 1 < len(tokens) else "")
    return writer.text()


class _Writer:
    """Puts pieces on lines."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._left = ""
        """The piece before on the same line; empty at the start of a line."""
        self._is_prefix = False
        """Whether `_left` is an operator that belongs to what follows."""
        self._directive = ""
        self._in_directive = 0
        """How many pieces of a directive stand on this line; 0 outside of one."""
        self._braces: list[bool] = []
        """Open braces: whether each begins lines of its own."""
        self._parentheses = [0]
        """Open parentheses within each open brace, the file first."""

    def text(self) -> str:
        """All that was written."""
        self._end_line()
        return "".join(self._pieces)

    def write(self, token: str, piece: str, following: str) -> None:
        """Adds one token, spelled `piece`, with what follows it in mind."""
        if token == NEWLINE:
            self._end_line()
        elif self._in_directive == 0 and _begins_directive(token):
            self._end_line()
            self._directive, self._in_directive = token, 1
            self._put("#" if token == UNKNOWN_DIRECTIVE else "#define" if token == FUNCTION_MACRO else piece)
        elif self._in_directive:
            self._in_directive += 1
            self._put(piece)
        else:
            self._statement(piece, following)

    def _statement(self, piece: str, following: str) -> None:
        """A piece outside of directives: lines end behind semicolons and braces."""
        if piece == "{":
            self._braces.append(self._left not in _INLINE_BRACES and not (self._braces and not self._braces[-1]))
            self._put(piece)
            self._parentheses.append(0)
            ends = self._braces[-1] and following != "}"
        elif piece == "}":
            ends = self._braces.pop() if self._braces else True
            if len(self._parentheses) > 1:
                self._parentheses.pop()
            self._put(piece)
        else:
            self._parentheses[-1] += (piece == "(") - (piece == ")")
            self._put(piece)
            ends = piece == ";" and self._parentheses[-1] <= 0
        if ends and not (piece != "{" and following in _AFTER_BRACE) and following not in ("#", "%:"):
            self._end_line()

    def _put(self, piece: str) -> None:
        if self._left:
            self._pieces.append(self._gap(piece))
        elif not self._in_directive:
            depth = len(self._braces) - (piece == "{")
            self._pieces.append("  " * min(depth, _DEEPEST))
        self._is_prefix = piece in _UNARY and not _ends_operand(self._left)
        self._pieces.append(piece)
        self._left = piece

    def _gap(self, piece: str) -> str:
        """What stands between the piece before and `piece`: nothing only where the two stay two tokens."""
        left = self._left
        if self._in_directive == 2 or (self._in_directive == 3 and self._directive != FUNCTION_MACRO):
            return " "
        if self._in_directive == 3:
            return ""
        if piece in _TIGHT_BEFORE or left in _TIGHT_AFTER:
            return ""
        if piece in ("(", "["):
            return "" if self._is_prefix or _ends_operand(left) else " "
        if piece in _MEMBER or piece in _STEPS:
            return "" if _ends_operand(left) and not left[0].isdigit() else " "
        is_name = _is_word(piece) and not piece[0].isdigit()
        tight = (left in _MEMBER and is_name) or (self._is_prefix and _is_word(piece))
        return "" if tight else " "

    def _end_line(self) -> None:
        if self._left.rstrip().endswith("\\"):
            self._pieces.append(" /**/")  # the line would go on
        if self._left:
            self._pieces.append("\n")
        self._left, self._in_directive = "", 0


def _begins_directive(token: str) -> bool:
    return token == UNKNOWN_DIRECTIVE or (token[0] == "#" and token not in ("#", "##"))


def _is_word(piece: str) -> bool:
    """Whether `piece` is a name, a keyword or a number that begins with a digit."""
    return piece[0].isalnum() or piece[0] in "_$" or piece[0] > "\x7f"


def _ends_operand(piece: str) -> bool:
    return piece in (")", "]") or (piece != "" and _is_word(piece) and piece not in _SPACED_WORDS)

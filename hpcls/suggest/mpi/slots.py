"""Where in a text a statement can be put on lines of its own."""

from __future__ import annotations

from dataclasses import dataclass

from tree_sitter import Node

from hpcls.syntax.source import Source

_BLOCKS = frozenset({"compound_statement", "case_statement"})
_ALTERNATIVES = frozenset({"preproc_if", "preproc_ifdef", "preproc_else", "preproc_elif"})
_HEADERS = frozenset({"if_statement", "else_clause", "for_statement", "while_statement", "for_range_loop"})
_JUMPS = frozenset({"return_statement", "break_statement", "continue_statement", "goto_statement"})
_TAB = "\t"
_USUAL_UNIT = "    "


@dataclass(frozen=True)
class Slot:
    """The place behind a line."""

    line: int
    indentation: str
    """Of a statement there."""
    offset: int
    """The first byte of the code that follows."""
    lone: tuple[int, int] | None = None
    """The bytes of the one statement that an `if`, `else` or loop has for a body: braces go around it."""
    header_end: int = 0
    """Behind the head of that `if`, `else` or loop."""


def slot_after(source: Source, line: int) -> Slot | None:
    """The place behind `line`; None where a statement would break one in two, or would never run."""
    if not 1 <= line < len(source.line_starts):
        return None
    before, after = _code_before(source, line), _code_after(source, line)
    if before is None or after is None:
        return None
    root = source.tree.root_node
    around = root.descendant_for_byte_range(before, after + 1)
    if around is None:
        return None
    if around.type in _HEADERS:
        return _in_header(source, line, around, before, after)
    if not _takes_statements(around, before) or _is_cut_off(around, before):
        return None
    return Slot(line, _indentation(source, around, before, after), after)


def _code_before(source: Source, line: int) -> int | None:
    """The last byte of code up to the end of `line`; None inside a comment or a string."""
    root = source.tree.root_node
    at = source.line_starts[line] - 1
    inside = root.descendant_for_byte_range(at, at)
    if inside is not None and _is_text(inside) and inside.start_byte < at < inside.end_byte - 1:
        return None
    while at >= 0:
        node = root.descendant_for_byte_range(at, at + 1)
        if source.data[at : at + 1].isspace():
            at -= 1
        elif node is not None and node.type == "comment":
            at = node.start_byte - 1
        else:
            return at
    return None


def _code_after(source: Source, line: int) -> int | None:
    """The first byte of code behind the end of `line`."""
    root = source.tree.root_node
    at = source.line_starts[line]
    while at < len(source.data):
        node = root.descendant_for_byte_range(at, at + 1)
        if source.data[at : at + 1].isspace():
            at += 1
        elif node is not None and node.type == "comment":
            at = max(at + 1, node.end_byte)
        else:
            return at
    return None


def _is_text(node: Node) -> bool:
    return node.type in ("comment", "string_content", "string_literal", "raw_string_literal", "raw_string_content")


def _takes_statements(around: Node, before: int) -> bool:
    parent = around.parent
    if around.type in _ALTERNATIVES:
        while parent is not None and parent.type in _ALTERNATIVES:
            parent = parent.parent
        return parent is not None and parent.type in _BLOCKS
    if around.type == "case_statement":
        colon = next((child for child in around.children if child.type == ":"), None)
        return colon is not None and before >= colon.start_byte
    is_switch = parent is not None and parent.type == "switch_statement"
    return around.type == "compound_statement" and not (is_switch and before == around.start_byte)


def _is_cut_off(around: Node, before: int) -> bool:
    """Whether the place follows a jump, so that nothing gets there, or a pragma, which rules what follows it."""
    previous = [child for child in around.children if child.start_byte <= before]
    if not previous:
        return False
    last = previous[-1]
    if last.type == "preproc_call":
        return True
    while last.type == "case_statement" and last.named_children:
        last = last.named_children[-1]
    return last.type in _JUMPS


def _in_header(source: Source, line: int, around: Node, before: int, after: int) -> Slot | None:
    """Between an `if`, `else` or loop and the lone statement that is its body."""
    body = next((child for child in around.children if child.start_byte == after and child.is_named), None)
    if body is None or body.has_error or body.type in ("compound_statement", "else_clause"):
        return None
    if around.type == "else_clause" and body.type == "if_statement":
        return None
    indentation = source.indentation(source.line(after))
    return Slot(line, indentation, after, (body.start_byte, body.end_byte), before + 1)


def _indentation(source: Source, around: Node, before: int, after: int) -> str:
    following = next((child for child in around.children if child.start_byte == after), None)
    if following is not None and following.is_named and not following.type.startswith(("preproc", "labeled", "case")):
        return source.indentation(source.line(after))
    previous = [child for child in around.named_children if child.end_byte == before + 1 and child.type != "comment"]
    if previous and not previous[-1].type.startswith(("preproc", "labeled")):
        return source.indentation(source.line(previous[-1].start_byte))
    return source.indentation(source.line(around.start_byte)) + indentation_unit(source)


def indentation_unit(source: Source) -> str:
    """What one level of nesting is indented by: that of the first indented line."""
    for text in source.text.split("\n"):
        blanks = text[: len(text) - len(text.lstrip(" \t"))]
        if blanks and text.strip() and not text.strip().startswith("*"):
            return _TAB if blanks[0] == _TAB else blanks[:8] if len(blanks) > 1 else _USUAL_UNIT
    return _USUAL_UNIT

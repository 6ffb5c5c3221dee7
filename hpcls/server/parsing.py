"""A parse that lets other threads run."""

from __future__ import annotations

from typing import get_args

from hpcls.syntax.languages import LanguageName, parser_for
from hpcls.syntax.source import Source

_CHUNK = 8192
"""tree-sitter keeps the interpreter's lock while it reads one chunk: about 5 ms for this many bytes, where a whole
text of 50,000 lines at once would hold up every other request for a second."""


def load_grammars() -> None:
    """Import every grammar now: in a thread that may be stopped, an import that was begun is lost for good."""
    for language in get_args(LanguageName):
        parser_for(language)


def parse_gently(data: bytes, path: str, language: LanguageName, version: int) -> Source:
    """As syntax.source.parse.

    Always the whole text: an incremental parse saves less than 1 ms in a usual file, but recovers from errors in
    another way now and then, so that what is shown would depend on how the text was typed.
    """

    def chunk(offset: int, _: object) -> bytes:
        return data[offset : offset + _CHUNK]

    # The second parse only takes over the first one's tree.  Without it each Node.text would call `chunk`, slowly, and
    # end the process where that raises, as it does in a thread that is stopped (tree-sitter 0.26, node_get_text).
    tree = parser_for(language).parse(data, parser_for(language).parse(chunk))
    return Source(path, language, data.decode("utf-8", "surrogatepass"), tree, version, data=data)

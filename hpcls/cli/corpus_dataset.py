"""`hpcls corpus dataset`: examples to ids, and a vocabulary."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from hpcls.cli.output import Output


def configure(parser: ArgumentParser) -> None:
    """The options of this subcommand."""
    parser.add_argument("examples", metavar="EXAMPLES", type=Path, help="the folder of `hpcls corpus examples`")
    parser.add_argument("-o", "--output", metavar="FOLDER", type=Path, required=True, help="where the dataset goes")
    parser.add_argument("--tokenizer", metavar="FOLDER", type=Path, help="a vocabulary (default: the one in use)")
    parser.add_argument("--learn", action="store_true", help="learn the vocabulary of --tokenizer from the examples")


def run(arguments: Namespace) -> int:
    """0: the dataset is written."""
    from hpcls.corpus.dataset import write_splits  # noqa: PLC0415 (only what is named is imported)
    from hpcls.corpus.vocabulary import learn_vocabulary  # noqa: PLC0415
    from hpcls.inference.places import data_folder  # noqa: PLC0415
    from hpcls.tokens.pieces import Pieces  # noqa: PLC0415

    tokenizer = arguments.tokenizer or data_folder("tokenizer")
    if arguments.learn:
        learn_vocabulary(arguments.examples, tokenizer)
    out = Output()
    for split, examples, ids in write_splits(arguments.examples, Pieces.load(tokenizer), arguments.output):
        out.write(f"{split}: {examples} examples, {ids} ids\n".encode())
    return 0

"""`hpcls train`: train a model, draw its curve, export it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from hpcls.cli.output import Output
from hpcls.errors import UsageError

_ENDS = ("minutes", "steps", "tokens")


def configure(parser: ArgumentParser) -> None:
    """The options of this subcommand."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="train_command", required=True)
    run = commands.add_parser("run", help="train a model on a dataset", allow_abbrev=False)
    run.add_argument("dataset", type=Path, help="a folder with train.ids.npy and the like")
    run.add_argument("-o", "--output", type=Path, required=True, metavar="RUN", help="the folder of this training")
    run.add_argument("--settings", type=Path, metavar="FILE", help="a TOML file (default: a small model)")
    run.add_argument("--resume", action="store_true", help="go on from RUN's latest checkpoint")
    run.add_argument("--begin-with", type=Path, metavar="MODEL", help="an exported model whose weights to begin with")
    end = run.add_mutually_exclusive_group()
    end.add_argument("--minutes", type=float, help="end after this time")
    end.add_argument("--steps", type=int, help="end after so many steps")
    end.add_argument("--tokens", type=int, help="end after so many tokens")
    run.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto", help="default: auto")
    curve = commands.add_parser("curve", help="draw a training's losses", allow_abbrev=False)
    curve.add_argument("run_folder", type=Path, metavar="RUN", help="the folder of a training")
    curve.add_argument("-o", "--output", type=Path, required=True, metavar="PNG", help="the picture")
    export = commands.add_parser("export", help="write a checkpoint as ONNX", allow_abbrev=False)
    export.add_argument("checkpoint", type=Path, help="a checkpoint folder, such as RUN/latest")
    export.add_argument("-o", "--output", type=Path, required=True, metavar="MODEL", help="the model's folder")


def run(arguments: Namespace) -> int:
    """0: it is done.  Raises HpclsError."""
    try:
        return {"run": _run, "curve": _curve, "export": _export}[arguments.train_command](arguments)
    except ModuleNotFoundError as error:
        missing = (error.name or "a package").partition(".")[0]
        raise UsageError(f"{missing} is not installed; training needs hpcls[train]") from error


def _run(arguments: Namespace) -> int:
    from hpcls.training.start import Wanted, start  # noqa: PLC0415 (torch is slow to import)

    end = {key: getattr(arguments, key) for key in _ENDS if getattr(arguments, key) is not None}
    device, resume, begin_with = arguments.device, arguments.resume, arguments.begin_with
    start(Wanted(arguments.dataset, arguments.output, arguments.settings, end, device, resume, begin_with))
    return 0


def _curve(arguments: Namespace) -> int:
    from hpcls.training.curve import draw  # noqa: PLC0415

    draw(arguments.run_folder, arguments.output)
    return 0


def _export(arguments: Namespace) -> int:
    from hpcls.training.export import export  # noqa: PLC0415

    Output().write(export(arguments.checkpoint, arguments.output).table().encode())
    return 0

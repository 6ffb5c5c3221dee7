"""The steps of `hpcls suggest FILE` in a fresh process, each timed: `python -m hpcls.cli.bench_probe FILE`."""

from __future__ import annotations

import sys
import time


def main(path: str) -> None:
    """Print the findings, then a line of JSON: phase → seconds."""
    marks = [time.perf_counter()]
    import json  # noqa: PLC0415
    from argparse import ArgumentParser, Namespace  # noqa: PLC0415 (importing is what is timed)
    from itertools import pairwise  # noqa: PLC0415

    from hpcls.cli import formats, options, output, suggest  # noqa: PLC0415
    from hpcls.suggest.files import report  # noqa: PLC0415
    from hpcls.syntax.languages import language_of, parser_for  # noqa: PLC0415
    from hpcls.syntax.source import read_source  # noqa: PLC0415

    suggest.configure(ArgumentParser())
    form = formats.load("full")
    parser_for(language_of(path, b""))
    marks.append(time.perf_counter())
    source = read_source(path)
    marks.append(time.perf_counter())
    settings = options.settings_of_file(path, Namespace()).settings
    found = report(source, settings)
    marks.append(time.perf_counter())
    output.Output().write(form.entry(formats.View(found, source, settings)))
    marks.append(time.perf_counter())
    names = ("import", "parse", "analysis", "output")
    seconds = [after - before for before, after in pairwise(marks)]
    sys.stdout.write(json.dumps(dict(zip(names, seconds, strict=True))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])

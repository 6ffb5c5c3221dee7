"""The steps of `hpcls suggest FILE` in a fresh process, each timed: `python -m hpcls.cli.bench_probe FILE`."""

from __future__ import annotations

import sys
import time


def main(path: str) -> None:
    """Print the findings, then a line of JSON: phase → seconds."""
    marks = [time.perf_counter()]
    import json  # noqa: PLC0415
    from argparse import ArgumentParser, Namespace  # noqa: PLC0415 (importing is what is timed)
    from importlib import import_module  # noqa: PLC0415
    from itertools import pairwise  # noqa: PLC0415

    from hpcls.cli import advice, formats, options, output, projects, suggest  # noqa: PLC0415
    from hpcls.suggest.files import report  # noqa: PLC0415
    from hpcls.syntax.languages import language_of, parser_for  # noqa: PLC0415
    from hpcls.syntax.source import read_source  # noqa: PLC0415

    suggest.configure(ArgumentParser())
    form = formats.load("full")
    parser_for(language_of(path, b""))
    marks.append(time.perf_counter())
    settings = options.settings_of_file(path, Namespace())
    from hpcls.suggest.model_files import check  # noqa: PLC0415

    has_model = check(settings)
    marks.append(time.perf_counter())
    source = read_source(path)
    marks.append(time.perf_counter())
    if has_model:
        import_module("hpcls.inference.engine")
    marks.append(time.perf_counter())
    advisor = advice.advisor_for(settings)
    marks.append(time.perf_counter())
    found = report(source, settings, advisor, projects.projects())
    marks.append(time.perf_counter())
    output.Output().write(form.entry(formats.View(found, source, settings)))
    marks.append(time.perf_counter())
    names = ("import", "check", "parse", "runtime", "model", "analysis", "output")
    seconds: dict[str, float] = dict(zip(names, [after - before for before, after in pairwise(marks)], strict=True))
    seconds["questions"] = advisor.usage.seconds if advisor else 0.0
    seconds["analysis"] -= seconds["questions"]
    sys.stdout.write(json.dumps(seconds) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])

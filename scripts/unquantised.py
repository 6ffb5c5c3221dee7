"""The shipped weights as an fp32 graph: what does rounding them to 8 bits cost in scores?

    python -m scripts.unquantised models/small -o FOLDER
    hpcls evaluate omp omp_dev.jsonl -o fp32.jsonl --by model --score --model FOLDER

FOLDER is a model like any other, but for its CPU graph: the fp16 weights, widened.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from hpcls.errors import HpclsError
from hpcls.inference.artefact import CONFIG, GRAPHS
from hpcls.training.architecture import read_architecture
from hpcls.training.export import write_model
from hpcls.training.graph import build
from hpcls.training.graph_nodes import Floats
from hpcls.training.graph_weights import Weights
from hpcls.training.unfold import unfolded


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    try:
        shape, _ = read_architecture(arguments.model / CONFIG)
        graph = build(Weights(unfolded(arguments.model, shape), shape), Floats(np.float32))
        files = {CONFIG: (arguments.model / CONFIG).read_bytes(), GRAPHS["cpu"]: graph}
        write_model(arguments.output, files | {GRAPHS["cuda"]: (arguments.model / GRAPHS["cuda"]).read_bytes()})
    except HpclsError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

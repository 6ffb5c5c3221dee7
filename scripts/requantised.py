"""A model's int8 graph made anew from its committed fp16 weights, as `hpcls train export` would make it today.

    python -m scripts.requantised models/small

The table says how exact it is against those weights; every other file of the folder stays as it is.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hpcls.errors import HpclsError
from hpcls.inference.artefact import CONFIG, GRAPHS, open_model
from hpcls.training.architecture import read_architecture
from hpcls.training.export import checked_graphs, checks_table, write_model
from hpcls.training.model import Model
from hpcls.training.unfold import unfolded


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    folder = parser.parse_args().model
    try:
        artefact = open_model(folder)
        shape, _ = read_architecture(folder / CONFIG)
        model = Model(shape)
        model.load_state_dict(unfolded(folder, shape))
        graphs, checks = checked_graphs(model.eval(), shape)
        files = {name: artefact.read(name) for name in artefact.sums}
        write_model(folder, files | {GRAPHS["cpu"]: graphs["int8"]})
        sys.stdout.write(checks_table(checks))
    except HpclsError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

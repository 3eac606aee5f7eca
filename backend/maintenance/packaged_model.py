"""Makes a model around a trunk that comes with the installation:

    python -m backend.maintenance.packaged_model --architecture efficientnet-lite0 --name photos-base \\
        --title … --data DIR/*

Each of ``--data`` is a domain (``backend.maintenance.domains`` draws them).
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from backend import storage
from backend.backbones.packaged import PACKAGED_TRUNKS
from backend.cli.terminal import complain, run_job
from backend.errors import RequestError
from backend.training.packaged_model import make_model


def main(argv: Sequence[str] | None = None) -> int:
    """Makes and saves the model; 2, and a line on standard error, where that cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m backend.maintenance.packaged_model", description=__doc__)
    parser.add_argument("--architecture", required=True, choices=PACKAGED_TRUNKS)
    parser.add_argument("--name", required=True)
    parser.add_argument("--title", required=True)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--into", type=Path, default=storage.user_models())
    a = parser.parse_args(argv)
    try:
        print(run_job(make_model(a.architecture, a.name, a.title, a.data, a.into)))
    except RequestError as error:
        complain(str(error))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""``fewshot train-trunk``: a trunk for photographs."""

import argparse
import time
from dataclasses import replace

from backend.cli.terminal import complain, print_json, run_job
from backend.cli.unreadable_images import LeftOutTeller
from backend.embedding.device import choose_device
from backend.training.loop import Trained
from backend.training.trunk import TrunkRecipe
from backend.training.trunk_model import TrunkOrder, check_trunk_order, train_trunk_model
from backend.types import Progress


def run_train_trunk(arguments: argparse.Namespace) -> int:
    """Runs the command. What validation shows on the way is told on standard error."""
    order = TrunkOrder(
        data=tuple(arguments.data),
        model=arguments.model,
        recipe=_recipe(arguments),
        start=arguments.start,
        seed=arguments.seed,
        seconds=None if arguments.minutes is None else 60 * arguments.minutes,
        resume=arguments.resume,
        command=arguments.command,
        checkpoint_seconds=arguments.checkpoint_every,
    )
    check_trunk_order(order)
    teller = _Teller()
    path = run_job(train_trunk_model(order, choose_device(arguments.device)), teller)
    if arguments.json:
        print_json({"model": arguments.model, "weights": str(path)})
    else:
        print(f"{arguments.model}: trunk trained, weights in {path}")
    return teller.left_out.tell()


def _recipe(arguments: argparse.Namespace) -> TrunkRecipe:
    changes = {
        "size": arguments.size,
        "embed_size": arguments.embed_size,
        "side": arguments.side,
        "batch": arguments.batch,
        "epochs": arguments.epochs,
        "learning_rate": arguments.learning_rate,
        "weight_decay": arguments.weight_decay,
        "smoothing": arguments.label_smoothing,
        "rotation": arguments.rotation,
    }
    return replace(TrunkRecipe(arguments.architecture), **{k: v for k, v in changes.items() if v is not None})


class _Teller:
    """Tells each look at the validation classes in a line."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self.left_out = LeftOutTeller()

    def __call__(self, progress: Progress) -> None:
        self.left_out(progress)
        if isinstance(progress, Trained) and progress.accuracies is not None:
            minutes = (time.monotonic() - self._started) / 60
            accuracies = ", ".join(f"{setting} {value:.1f} %" for setting, value in progress.accuracies.items())
            where = f"step {progress.done}/{progress.total}, {minutes:.1f} min"
            complain(f"{where}: loss {progress.loss:.3f}, validation {accuracies}")

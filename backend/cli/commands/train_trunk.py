"""``fewshot train-trunk``: a trunk for photographs."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from backend.cli.arguments import Parser, Subparsers, TrainingArguments, add_run, add_training_data, positive
from backend.cli.terminal import complain, print_json, run_job

if TYPE_CHECKING:
    from backend.training.trunk import TrunkRecipe
    from backend.types import Progress


class Arguments(TrainingArguments, Protocol):
    """What the command was told; None where the recipe decides."""

    model: str
    architecture: str
    start: str | None
    size: int | None
    embed_size: int | None
    side: int | None
    batch: int | None
    learning_rate: float | None
    weight_decay: float | None
    label_smoothing: float | None
    rotation: float | None
    epochs: int | None
    minutes: float | None


def add_parser(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("train-trunk", help="train a trunk on photographs, for methods to read")
    add_training_data(p, "class folders, perhaps below train, val and test (which is not read)")
    p.add_argument("--model", required=True, metavar="NEW_NAME")
    p.add_argument("--architecture", default="regnet_y_400mf", metavar="A", help="such as regnet_y_400mf+flip")
    p.add_argument("--start", metavar="NAME", help="set out from the trunk of this model instead of random weights")
    p.add_argument("--size", type=int, help="pixels of the network's input in training")
    p.add_argument("--embed-size", type=int, metavar="SIZE", help="pixels at embedding, --size if not given")
    p.add_argument("--side", type=int, help="pixels at which the training images are kept")
    p.add_argument("--batch", type=int, help="images of one step")
    p.add_argument("--learning-rate", type=positive, help="peak learning rate")
    p.add_argument("--weight-decay", type=positive)
    p.add_argument("--label-smoothing", type=float, metavar="SHARE")
    p.add_argument("--rotation", type=float, metavar="SHARE", help="share of the training that tells rotations apart")
    length = p.add_mutually_exclusive_group()
    length.add_argument("--epochs", type=int, help="how often each image is seen")
    length.add_argument("--minutes", type=positive, help="length of the training in minutes, turned into steps once")
    add_run(p)
    p.set_defaults(run=run)


def run(arguments: Arguments) -> int:
    """Runs the command. What validation shows on the way is told on standard error."""
    from backend.embedding.device import choose_device
    from backend.training.trunk_model import TrunkOrder, check_trunk_order, train_trunk_model

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


def _recipe(arguments: Arguments) -> "TrunkRecipe":
    from backend.training.trunk import TrunkRecipe

    changes: dict[str, Any] = {
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
        from backend.cli.unreadable_images import LeftOutTeller

        self._started = time.monotonic()
        self.left_out = LeftOutTeller()

    def __call__(self, progress: "Progress") -> None:
        from backend.training.loop import Trained

        self.left_out(progress)
        if isinstance(progress, Trained) and progress.accuracies is not None:
            minutes = (time.monotonic() - self._started) / 60
            accuracies = ", ".join(f"{setting} {value:.1f} %" for setting, value in progress.accuracies.items())
            where = f"step {progress.done}/{progress.total}, {minutes:.1f} min"
            complain(f"{where}: loss {progress.loss:.3f}, validation {accuracies}")

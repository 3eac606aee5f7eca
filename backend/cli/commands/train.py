"""``fewshot train``: meta-trains a method."""

from typing import Protocol

from backend.cli.arguments import Parser, Subparsers, TrainingArguments, add_run, add_training_data, positive, setting
from backend.cli.terminal import print_json, run_job
from backend.errors import RequestError


class Arguments(TrainingArguments, Protocol):
    """What the command was told; None where the recipe decides."""

    method: str
    model: str
    trunk: str | None
    start: str | None
    way: int | None
    shot: int | None
    queries: int | None
    meta_batch: int | None
    within: float | None
    learning_rate: float | None
    setting: str | None
    episodes: int | None
    minutes: float | None


def add_parser(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("train", help="meta-train a method on a folder of classes")
    add_training_data(p, "a class is any folder that directly holds images; several for a trunk of photographs")
    p.add_argument("--method", required=True, metavar="NAME", help="which one; see fewshot methods")
    p.add_argument("--model", required=True, metavar="NEW_NAME", help="made, or given this method beside those it has")
    p.add_argument("--trunk", metavar="NAME", help="take this model's trunk, frozen, instead of training one")
    p.add_argument("--start", metavar="NAME", help="set out from this model's weights instead of random ones")
    p.add_argument("--way", type=int, help="classes of a training episode")
    p.add_argument("--shot", type=int, help="examples of each class")
    p.add_argument("--queries", type=int, help="queries of each class")
    p.add_argument("--meta-batch", type=int, help="episodes of one step")
    p.add_argument(
        "--within", type=float, metavar="SHARE", help="share of the steps that stay within one group (alphabet)"
    )
    p.add_argument("--learning-rate", type=positive, help="peak learning rate")
    p.add_argument(
        "--setting", type=setting, metavar="20w5s", help="train weights for this setting alone, beside the general ones"
    )
    length = p.add_mutually_exclusive_group()
    length.add_argument("--episodes", type=int, help="length of the training in episodes")
    length.add_argument("--minutes", type=positive, help="length of the training in minutes, turned into episodes once")
    add_run(p)
    p.set_defaults(run=run)


def run(arguments: Arguments) -> int:
    """Runs the command; exit code 1 where an image could not be used."""
    from backend.cli.unreadable_images import LeftOutTeller
    from backend.embedding.device import choose_device
    from backend.training.meta_train import meta_train
    from backend.training.on_trunk import is_on_photos, train_on_photos
    from backend.training.order import Order, check_order, default_recipe, with_options

    order = Order(
        data=arguments.data[0],
        method=arguments.method,
        model=arguments.model,
        recipe=with_options(default_recipe(arguments.method, arguments.trunk), vars(arguments)),
        trunk=arguments.trunk,
        start=arguments.start,
        setting=arguments.setting,
        seed=arguments.seed,
        seconds=None if arguments.minutes is None else 60 * arguments.minutes,
        resume=arguments.resume,
        checkpoint_seconds=arguments.checkpoint_every,
        command=arguments.command,
    )
    check_order(order)
    device, sources, left_out = choose_device(arguments.device), tuple(arguments.data), LeftOutTeller()
    if is_on_photos(order):
        path = run_job(train_on_photos(order, sources, device), left_out)
    elif len(sources) == 1:
        path = run_job(meta_train(order, device), left_out)
    else:
        what = f"{len(sources)} sources were given; without a trunk for photographs one is read."
        raise RequestError("Several sources", what, "Put the class folders into one folder, or give --trunk.")
    if arguments.json:
        print_json({"model": arguments.model, "method": arguments.method, "weights": str(path)})
    else:
        print(f"{arguments.model}: {arguments.method} trained, weights in {path}")
    return left_out.tell()

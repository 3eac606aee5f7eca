"""``fewshot train``: meta-trains a method."""

import argparse

from backend.cli.terminal import print_json, run_job
from backend.errors import RequestError


def train(arguments: argparse.Namespace) -> int:
    """``fewshot train``."""
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

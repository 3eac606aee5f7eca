"""One function a subcommand. Each imports what it needs: ``--help`` and bad arguments must not wait for torch."""

import argparse
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from backend.cli.terminal import complain, print_json, print_table, run_job
from backend.errors import RequestError

if TYPE_CHECKING:
    from backend.evaluation.evaluate import Protocol


def classify(arguments: argparse.Namespace) -> int:
    """``fewshot classify``."""
    from backend.cli.classify import classify_folder

    return classify_folder(arguments)


def sort(arguments: argparse.Namespace) -> int:
    """``fewshot sort``."""
    from backend.cli.sort import sort_folder

    return sort_folder(arguments)


def undo(arguments: argparse.Namespace) -> int:
    """``fewshot undo``."""
    from backend.cli.sort import undo_sort

    return undo_sort(arguments)


def resume(arguments: argparse.Namespace) -> int:
    """``fewshot resume``."""
    from backend.cli.sort import resume_sort

    return resume_sort(arguments)


def data(arguments: argparse.Namespace) -> int:
    """``fewshot data``."""
    from backend.cli.data import show_data

    return show_data(arguments)


def demo(arguments: argparse.Namespace) -> int:
    """``fewshot demo``."""
    from backend.cli.demo import run_demo

    return run_demo(arguments)


def methods(arguments: argparse.Namespace) -> int:
    """``fewshot methods``."""
    from backend.cli.methods import list_methods

    return list_methods(arguments)


def models(arguments: argparse.Namespace) -> int:
    """``fewshot models``."""
    from backend.models.model import runnable
    from backend.models.public import installed_names, offers
    from backend.models.store import model_names, read_card

    cards, damaged = [], []
    for name in model_names():
        try:
            cards.append((name, read_card(name)))
        except RequestError as error:
            damaged.append(str(error))
    if arguments.json:
        there = installed_names()
        offered = [{**asdict(offer), "installed": offer.name in there} for offer in offers()]
        print_json({"models": [{"name": name, "card": card.to_json()} for name, card in cards], "offered": offered})
    else:
        print_table([("name", "title", "methods"), *((n, c.title, ", ".join(runnable(c))) for n, c in cards)])
        _print_offers()
    for text in damaged:
        complain(text)
    return 1 if damaged else 0


def _print_offers() -> None:
    from backend.models.public import installed_names, offers

    there = installed_names()
    rows = [(o.name, o.title, f"{o.megabytes:.0f} MB" if o.megabytes else "") for o in offers() if o.name not in there]
    if rows:
        print("\nTo be fetched with fewshot models get NAME:")
        print_table([("name", "title", "download"), *rows])


def get_model(arguments: argparse.Namespace) -> int:
    """``fewshot models get``."""
    from backend.models.fetch import fetch

    path = run_job(fetch(arguments.name))
    if arguments.json:
        print_json({"model": arguments.name, "weights": str(path)})
    else:
        print(f"{arguments.name} is installed: {path}")
    return 0


def evaluate(arguments: argparse.Namespace) -> int:
    """``fewshot evaluate``."""
    from backend.cli.evaluate import evaluate_method

    return evaluate_method(arguments, _protocol(arguments))


def compare(arguments: argparse.Namespace) -> int:
    """``fewshot compare``."""
    from backend.cli.compare import compare_methods

    return compare_methods(arguments, _protocol(arguments))


def _protocol(arguments: argparse.Namespace) -> "Protocol":
    from backend.evaluation.evaluate import QUERIES, Protocol
    from backend.evaluation.streaming import streaming_queries

    usual = streaming_queries(arguments.shot) if arguments.metric == "streaming" else QUERIES
    queries = usual if arguments.queries is None else arguments.queries
    return Protocol(arguments.way, arguments.shot, queries, arguments.episodes, arguments.seed, arguments.within_parent)


def train(arguments: argparse.Namespace) -> int:
    """``fewshot train``."""
    from backend.cli.left_out import LeftOutTeller
    from backend.embedding.device import choose_device
    from backend.training.meta_train import Order, check_order, default_recipe, meta_train
    from backend.training.on_trunk import is_on_photos, train_on_photos

    recipe = default_recipe(arguments.method, arguments.trunk)
    changes = {
        "way": arguments.way,
        "shots": None if arguments.shot is None else (arguments.shot,),
        "queries": arguments.queries,
        "meta_batch": arguments.meta_batch,
        "learning_rate": arguments.learning_rate,
        "within": arguments.within,
        "episodes": arguments.episodes,
    }
    order = Order(
        data=arguments.data[0],
        method=arguments.method,
        model=arguments.model,
        recipe=replace(recipe, **{k: v for k, v in changes.items() if v is not None}),
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


def train_trunk(arguments: argparse.Namespace) -> int:
    """``fewshot train-trunk``."""
    from backend.cli.train_trunk import run_train_trunk

    return run_train_trunk(arguments)


def check_share(name: str, value: float) -> None:
    """Raises RequestError unless 0 ≤ value ≤ 1."""
    if not 0 <= value <= 1:
        raise RequestError("Out of range", f"{name} is {value}; it must lie between 0 and 1.", "Give such a number.")


__all__ = [
    "check_share",
    "classify",
    "complain",
    "data",
    "demo",
    "evaluate",
    "get_model",
    "methods",
    "models",
    "resume",
    "sort",
    "train",
    "train_trunk",
    "undo",
]

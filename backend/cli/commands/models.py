"""``fewshot models``: the models on this machine and those to be fetched."""

import argparse
from dataclasses import asdict

from backend.cli.terminal import complain, print_json, print_table, run_job
from backend.errors import RequestError


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
    from backend.pretrained.install import fetch

    path = run_job(fetch(arguments.name))
    if arguments.json:
        print_json({"model": arguments.name, "weights": str(path)})
    else:
        print(f"{arguments.name} is installed: {path}")
    return 0

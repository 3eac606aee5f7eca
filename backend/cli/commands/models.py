"""``fewshot models``: the models on this machine and those to be fetched."""

from dataclasses import asdict
from typing import Protocol

from backend.cli.arguments import Parser, Subparsers, add_json
from backend.cli.terminal import complain, print_json, print_table, run_job
from backend.errors import RequestError


class Arguments(Protocol):
    name: str
    """Of ``get`` alone."""
    json: bool


def add_parser(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("models", help="list the models, those that can be fetched too, or fetch one")
    add_json(p)
    p.set_defaults(run=run)
    actions = p.add_subparsers(metavar="[get NAME]", parser_class=Parser)
    get = actions.add_parser("get", help="fetch a model, such as torchvision:resnet50")
    get.add_argument("name", metavar="NAME")
    add_json(get)
    get.set_defaults(run=run_get)


def run(arguments: Arguments) -> int:
    """Runs ``fewshot models``; exit code 1 where one is damaged."""
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


def run_get(arguments: Arguments) -> int:
    """Runs ``fewshot models get``."""
    from backend.pretrained.install import fetch_model

    path = run_job(fetch_model(arguments.name))
    if arguments.json:
        print_json({"model": arguments.name, "weights": str(path)})
    else:
        print(f"{arguments.name} is installed: {path}")
    return 0

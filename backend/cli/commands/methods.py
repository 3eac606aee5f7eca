"""``fewshot methods``: every method in one line, and the models that can run it."""

from typing import Protocol

from backend.cli.arguments import Parser, Subparsers, add_json
from backend.cli.terminal import print_json, print_table
from backend.errors import RequestError


class Arguments(Protocol):
    json: bool


def add_parser(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("methods", help="list the methods")
    add_json(p)
    p.set_defaults(run=run)


def run(arguments: Arguments) -> int:
    """Runs the command."""
    from backend.methods import METHODS

    owners = _owners()
    if arguments.json:
        print_json({"methods": [_json(name, owners[name]) for name in METHODS]})
        return 0
    rows = ((n, m.title, ", ".join(owners[n]) or "none yet", m.summary) for n, m in METHODS.items())
    print_table([("name", "title", "models", "summary"), *rows])
    return 0


def _owners() -> dict[str, list[str]]:
    """Models by method. A damaged one is told of by ``fewshot models``."""
    from backend.methods import METHODS
    from backend.models.model import runnable
    from backend.models.store import model_names, read_card

    found: dict[str, list[str]] = {name: [] for name in METHODS}
    for model in model_names():
        try:
            card = read_card(model)
        except RequestError:
            continue
        for method in runnable(card):
            found.setdefault(method, []).append(model)
    return found


def _json(name: str, models: list[str]) -> dict[str, object]:
    from backend.methods import METHODS, Streams

    method = METHODS[name]
    return {
        "name": name,
        "title": method.title,
        "transductive": method.transductive,
        "adapts": method.adapts,
        "trainable": method.trainable,
        "streams": issubclass(method, Streams),
        "summary": method.summary,
        "paper": method.paper,
        "models": models,
    }

"""``fewshot compare``: a table of methods, best first, baselines last."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from backend.cli.arguments import Parser, ProtocolArguments, Subparsers, add_protocol, protocol_of
from backend.cli.terminal import complain, print_json, print_table, run_job

if TYPE_CHECKING:
    from backend.evaluation.compare import Compared
    from backend.export.table import Row

SHOWN = 3


class Arguments(ProtocolArguments, Protocol):
    methods: str | None


def add_parser(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("compare", help="measure several methods on the same episodes, beside two baselines")
    add_protocol(p)
    p.add_argument("--methods", metavar="a,b,…", help="all that the model has, by default")
    p.set_defaults(run=run, metric="accuracy")


def run(arguments: Arguments) -> int:
    """Runs the command; exit code 1 where an image could not be used."""
    from backend.embedding.device import choose_device
    from backend.episodes.image_set import read_image_set
    from backend.evaluation.compare import compare, seen_in_training
    from backend.export.table import check_writable, write_table
    from backend.models.store import default_model, load_model

    protocol = protocol_of(arguments)
    if arguments.out is not None:
        check_writable(arguments.out)
    model = load_model(default_model() if arguments.model is None else arguments.model)
    methods = model.methods if arguments.methods is None else _names(arguments.methods)
    for name in methods:
        model.ready(name)  # an unknown name is refused before anything is read
    images = run_job(read_image_set(arguments.data, model.card.input))
    device = choose_device(arguments.device)
    rows = run_job(compare(images, model, methods, protocol, device, arguments.weights, arguments.out is not None))
    if arguments.out is not None:
        write_table(arguments.out, *_decisions(rows))
    if arguments.json:
        print_json(
            {
                "model": model.card.name,
                "setting": protocol.setting,
                **protocol.figures(),
                "results": [r.figures() for r in rows],
            }
        )
    else:
        print_table([("method", "accuracy %", "difference to the best", "seconds"), *map(_cells, rows)])
    seen = seen_in_training(images, model.card)
    if seen:
        some = ", ".join(seen[:SHOWN]) + (" …" if len(seen) > SHOWN else "")
        complain(
            f"The model was trained on {len(seen)} of these {len(images.classes)} classes ({some}): figures flatter it."
        )
    for reason in images.unreadable:
        complain(f"Image not used: {reason}")
    return 1 if images.unreadable else 0


def _decisions(rows: "Sequence[Compared]") -> "tuple[list[Row], tuple[str, ...]]":
    """Those of the methods, and the columns; baselines have no confidences."""
    from backend.evaluation.evaluate import DECISION_COLUMNS, decision_rows

    found: list[Row] = [{"method": r.method, **d} for r in rows for d in decision_rows(r.evaluation.decisions)]
    return found, ("method", *DECISION_COLUMNS)


def _cells(row: "Compared") -> tuple[str, ...]:
    e = row.evaluation
    name = f"({row.method})" if row.baseline else row.method
    difference = "" if row.difference == 0 else f"{row.difference:+.2f}{_interval(row.difference_ci95)}"
    return (name, f"{e.accuracy:.2f}{_interval(e.ci95)}", difference, f"{e.seconds:.1f}")


def _interval(ci95: float) -> str:
    """Nothing where there is none, as of one episode."""
    return "" if math.isnan(ci95) else f" ± {ci95:.2f}"


def _names(text: str) -> list[str]:
    """People write a space after a comma; each method once."""
    return list(dict.fromkeys(name.strip() for name in text.split(",")))

"""``fewshot evaluate``: one method's figures, and every decision where that is asked for."""

import typing
from typing import TYPE_CHECKING, Any

from backend.cli.arguments import METHOD, Parser, ProtocolArguments, Subparsers, add_protocol, protocol_of
from backend.cli.terminal import complain, print_json, print_table, run_job
from backend.errors import RequestError

if TYPE_CHECKING:
    from backend.episodes.image_set import ImageSet
    from backend.evaluation.evaluate import Protocol
    from backend.models.model import Ready


class Arguments(ProtocolArguments, typing.Protocol):
    method: str | None
    without_adaptation: bool


def add_parser(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("evaluate", help="measure a method over episodes of a labelled data set")
    add_protocol(p)
    p.add_argument("--method", metavar="NAME", help=METHOD)
    p.add_argument(
        "--metric",
        choices=("accuracy", "streaming"),
        default="accuracy",
        help="streaming: every image is named before its label is told; accuracy by instance of its class (mann)",
    )
    p.add_argument(
        "--without-adaptation", action="store_true", help="switch off what an adapting method does with the examples"
    )
    p.set_defaults(run=run)


def run(arguments: Arguments) -> int:
    """Runs the command; exit code 1 where an image could not be used."""
    from backend.episodes.image_set import read_image_set
    from backend.evaluation.evaluate import choose
    from backend.export.table import check_writable
    from backend.models.store import default_model, load_model

    protocol = protocol_of(arguments)
    if arguments.out is not None:
        check_writable(arguments.out)
    model = load_model(default_model() if arguments.model is None else arguments.model)
    method = model.card.default_method if arguments.method is None else arguments.method
    ready = choose(model, method, protocol, arguments.weights, not arguments.without_adaptation)
    if arguments.metric == "streaming":
        _check_streaming(arguments, ready)
    images = run_job(read_image_set(arguments.data, ready.input))
    facts = {"model": model.card.name, "method": method, "adaptation": not arguments.without_adaptation}
    figures = facts | _measure(arguments, images, ready, protocol)
    if arguments.json:
        print_json(figures)
    else:
        _show(arguments, figures)
    for reason in images.unreadable:
        complain(f"Image not used: {reason}")
    return 1 if images.unreadable else 0


def _check_streaming(arguments: Arguments, ready: "Ready") -> None:
    """Refuses before anything is read."""
    from backend.evaluation.streaming import streaming_method

    streaming_method(ready)
    if arguments.without_adaptation:
        raise RequestError(
            "Arguments not understood",
            "--without-adaptation switches off what --metric streaming measures.",
            "Give one of the two.",
        )


def _measure(arguments: Arguments, images: "ImageSet", ready: "Ready", protocol: "Protocol") -> dict[str, Any]:
    from backend.embedding.device import choose_device
    from backend.evaluation.evaluate import DECISION_COLUMNS, decision_rows, evaluate_ready
    from backend.evaluation.streaming import COLUMNS, evaluate_streaming
    from backend.export.table import write_table

    device, keep = choose_device(arguments.device), arguments.out is not None
    if arguments.metric == "streaming":
        streamed = run_job(evaluate_streaming(images, ready, protocol, device, keep))
        if arguments.out is not None:
            write_table(arguments.out, streamed.rows, COLUMNS)
        return streamed.figures(protocol)
    result = run_job(evaluate_ready(images, ready, protocol, device, keep))
    if arguments.out is not None:
        write_table(arguments.out, decision_rows(result.decisions), DECISION_COLUMNS)
    return result.figures(protocol)


def _show(arguments: Arguments, figures: dict[str, Any]) -> None:
    what = f"{figures['method']} on {arguments.data.name}, {figures['way']}w{figures['shot']}s"
    off = "" if figures["adaptation"] else ", adaptation off"
    if "instances" not in figures:
        print(f"{what}{off}: {_per_cent(figures)}")
        return
    print(f"{what}, streaming:")
    print_table([("instance", "accuracy"), *((str(i["instance"]), _per_cent(i)) for i in figures["instances"])])


def _per_cent(figures: dict[str, Any]) -> str:
    interval = "" if figures["ci95"] is None else f" ± {figures['ci95']:.2f}"
    return f"{figures['accuracy']:.2f}{interval} %"

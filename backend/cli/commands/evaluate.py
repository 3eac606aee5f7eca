"""``fewshot evaluate``: one method's figures, and every decision where that is asked for."""

import argparse
from typing import Any

from backend.cli.terminal import complain, print_json, print_table, run_job
from backend.embedding.device import choose_device
from backend.episodes.image_set import ImageSet, read_image_set
from backend.errors import RequestError
from backend.evaluation.evaluate import DECISION_COLUMNS, Protocol, choose, decision_rows, evaluate_ready
from backend.evaluation.streaming import COLUMNS, evaluate_streaming, streaming_method
from backend.export.table import check_writable, write_table
from backend.models.model import Ready
from backend.models.store import default_model, load_model


def evaluate_method(arguments: argparse.Namespace, protocol: Protocol) -> int:
    """Runs the command; exit code 1 where an image could not be used."""
    if arguments.out is not None:
        check_writable(arguments.out)
    model = load_model(default_model() if arguments.model is None else arguments.model)
    method = model.card.default_method if arguments.method is None else arguments.method
    ready = choose(model, method, protocol, arguments.weights, not arguments.without_adaptation)
    measure = _accuracy
    if arguments.metric == "streaming":
        _check_streaming(arguments, ready)
        measure = _streaming
    images = run_job(read_image_set(arguments.data, ready.input))
    facts = {"model": model.card.name, "method": method, "adaptation": not arguments.without_adaptation}
    figures = facts | measure(arguments, images, ready, protocol)
    if arguments.json:
        print_json(figures)
    else:
        _show(arguments, figures)
    for reason in images.unreadable:
        complain(f"Image not used: {reason}")
    return 1 if images.unreadable else 0


def _check_streaming(arguments: argparse.Namespace, ready: Ready) -> None:
    """Refuses before anything is read."""
    streaming_method(ready)
    if arguments.without_adaptation:
        raise RequestError(
            "Arguments not understood",
            "--without-adaptation switches off what --metric streaming measures.",
            "Give one of the two.",
        )


def _accuracy(arguments: argparse.Namespace, images: ImageSet, ready: Ready, protocol: Protocol) -> dict[str, Any]:
    keep = arguments.out is not None
    result = run_job(evaluate_ready(images, ready, protocol, choose_device(arguments.device), keep))
    if keep:
        write_table(arguments.out, decision_rows(result.decisions), DECISION_COLUMNS)
    return result.figures(protocol)


def _streaming(arguments: argparse.Namespace, images: ImageSet, ready: Ready, protocol: Protocol) -> dict[str, Any]:
    keep = arguments.out is not None
    result = run_job(evaluate_streaming(images, ready, protocol, choose_device(arguments.device), keep))
    if keep:
        write_table(arguments.out, result.rows, COLUMNS)
    return result.figures(protocol)


def _show(arguments: argparse.Namespace, figures: dict[str, Any]) -> None:
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

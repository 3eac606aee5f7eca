"""Runs the trainings of ``queue.toml`` one after the other, across stops: ``python -m backend.training.queue``.

Each line makes a model in the user's data folder and writes its looks at the held-back alphabets beside it. What is
done is skipped, and what was begun goes on from its checkpoint. Ctrl-C, or the end of ``--minutes``, writes one first.
A queue that is started while another one runs takes the lines that are free.
"""

import argparse
import os
import shlex
import signal
import sys
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch

from backend.embedding.device import Device, choose_device
from backend.errors import RequestError, escape_controls
from backend.locks import FileLock
from backend.models.store import read_card
from backend.training.loop import Trained
from backend.training.meta_train import meta_train
from backend.training.order import OPTIONS, Order, check_order, default_recipe, with_options
from backend.training.recipes import Recipe
from backend.types import Progress

QUEUE = Path(__file__).with_name("queue.toml")
KEYS = {"method", "model", "start", "setting", "seed", "checkpoint_every", "shot", *OPTIONS}
"""Of a line: options of ``fewshot train``, with underscores."""
NICE = 10
DONE, EXCEPTIONS, CANCELLED = 0, 1, 130


def read_queue(path: Path, data: Path) -> list[Order]:
    """The trainings of the queue at ``path`` on ``data``, in order.

    Raises:
        RequestError: the file is missing or no queue, or it asks for what no training has.
    """
    try:
        lines = tomllib.loads(path.read_text(encoding="utf-8"))["training"]
        return [_order(line, data) for line in lines]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"{path} is missing or no queue ({error!r})."
        raise RequestError("No queue", what, "Compare it with the queue that comes with the program.") from error


def _order(line: Mapping[str, Any], data: Path) -> Order:
    if unknown := line.keys() - KEYS:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    options = [word for key, value in line.items() for word in (f"--{key.replace('_', '-')}", str(value))]
    return Order(
        data=data,
        method=line["method"],
        model=line["model"],
        recipe=with_options(default_recipe(line["method"]), line),
        start=line.get("start"),
        setting=line.get("setting"),
        seed=line.get("seed", 0),
        checkpoint_seconds=line.get("checkpoint_every", 45.0),
        command=shlex.join(["fewshot", "train", "--data", str(data), *options]),
    )


def is_done(order: Order) -> bool:
    """Whether the model of ``order`` has weights of this very training."""
    try:
        training = read_card(order.model).methods[order.method].training[order.setting or "general"]
    except (RequestError, KeyError):
        return False
    made = {**asdict(Recipe()), **training.get("recipe", {})}
    wanted = {**asdict(order.recipe), "shots": list(order.recipe.shots)}
    return bool(made == wanted and training.get("seed") == order.seed)


def run_queue(orders: Sequence[Order], device: Device, stop: Callable[[], bool]) -> int:
    """Runs what is not done until ``stop`` says so; returns the number of lines that were refused."""
    refused = 0
    for order in orders:
        if stop():
            break
        if is_done(order):
            _tell(order, "done before")
            continue
        order.checkpoint.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(order.checkpoint.parent / "queue.lock")
        if not lock.take():
            _tell(order, "another queue is at it")
            continue
        try:
            is_finished = _run(order, device, stop)
            _tell(order, "done" if is_finished else "stopped; it will go on")
        except RequestError as error:
            refused += 1
            _tell(order, str(error))
        finally:
            lock.release()
    return refused


def _run(order: Order, device: Device, stop: Callable[[], bool]) -> bool:
    """Trains until the end (True) or until ``stop`` says so; then the state is kept."""
    order = replace(order, resume=order.checkpoint.is_file())
    check_order(order)
    _tell(order, "goes on" if order.resume else "begins")
    job = meta_train(order, device)
    try:
        while not stop():
            _tell_look(order, next(job))
    except StopIteration:
        return True
    finally:
        job.close()
    return False


def _tell_look(order: Order, progress: Progress) -> None:
    if isinstance(progress, Trained) and progress.accuracies is not None:
        figures = ", ".join(f"{name} {value:.1f} %" for name, value in progress.accuracies.items())
        _tell(order, f"step {progress.done}/{progress.total}: loss {progress.loss:.3f}, {figures}")


def _tell(order: Order, text: str) -> None:
    print(escape_controls(f"{time.strftime('%H:%M:%S')} {order.model}: {text}"), flush=True)  # noqa: T201


class Stop:
    """Says when to stop: after Ctrl-C, a polite end (SIGTERM), or ``minutes``. A second Ctrl-C ends at once."""

    def __init__(self, minutes: float | None) -> None:
        self.is_cancelled = False
        self._deadline = None if minutes is None else time.monotonic() + 60 * minutes
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._cancel)

    def _cancel(self, number: int, frame: object) -> None:
        self.is_cancelled = True
        signal.signal(number, signal.SIG_DFL)

    def __call__(self) -> bool:
        """Whether it is time."""
        return self.is_cancelled or (self._deadline is not None and time.monotonic() > self._deadline)


def main(argv: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0 all is done or the time is over, 1 a line was refused, 130 cancelled."""
    parser = argparse.ArgumentParser(prog="python -m backend.training.queue", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("images_background.zip"), help="by default the one here")
    parser.add_argument("--minutes", type=float, metavar="M", help="stop after M minutes; start again to go on")
    parser.add_argument("--queue", type=Path, default=QUEUE, metavar="FILE", help="another list of trainings")
    arguments = parser.parse_args(argv)
    stop = Stop(arguments.minutes)
    _be_modest()
    try:
        refused = run_queue(read_queue(arguments.queue, arguments.data), choose_device(), stop)
    except RequestError as error:
        print(escape_controls(f"queue: {error}"), file=sys.stderr)  # noqa: T201
        return EXCEPTIONS
    return CANCELLED if stop.is_cancelled else EXCEPTIONS if refused else DONE


def _be_modest() -> None:
    """One thread, and behind everything else on the machine."""
    torch.set_num_threads(1)
    if hasattr(os, "nice"):
        os.nice(NICE)


if __name__ == "__main__":
    sys.exit(main())

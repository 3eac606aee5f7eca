"""The resumable training loop of methods and trunks. It yields after every step and knows neither threads nor
terminals."""

import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from backend.errors import RequestError
from backend.storage import write_atomically
from backend.training.checkpoint import check_same, load_checkpoint, restore, save_checkpoint
from backend.types import Job, Progress

UNTIMED_STEPS, TIMED_STEPS = 5, 50
"""The first steps are slower than the rest: libraries choose their kernels."""
LOSSES_AT_ONCE = 20
"""Steps between two readings of the loss: each waits for a GPU to finish what it was given."""
LOOKS, LEAST_STEPS = 20, 50
"""How often the validation classes are looked at, and the steps between two looks at least."""

Entry = dict[str, Any]
"""A look: ``step``, ``cpu_seconds`` so far, mean ``loss`` since the last look, and accuracies in per cent by setting
(``5w1s``)."""


@dataclass(frozen=True, slots=True)
class Trained(Progress):
    """One step is done; ``loss`` is the mean at the last reading, NaN before the first one. After a look at the
    validation classes ``accuracies`` holds what it found, in per cent by setting."""

    loss: float = math.nan
    accuracies: dict[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What is trained, and how.

    Args:
        module: holds all weights; its state is kept in checkpoints.
        optimizer: steps those that learn.
        rate: (step, total) → learning rate; ``total`` is None while a time budget is being turned into steps.
        loss: (step, total) → the loss of the step's batch, a function of the seed and the step.
        look: accuracies on the validation classes, in per cent by setting. It leaves ``module`` as it is.
        clip: largest gradient norm; 0 clips nothing.
        after_step: called with the step's number once its weights are set.
    """

    module: nn.Module
    optimizer: torch.optim.Optimizer
    rate: Callable[[int, int | None], float]
    loss: Callable[[int, int | None], Tensor]
    look: Callable[[], dict[str, float]]
    clip: float = 0.0
    after_step: Callable[[int], None] = lambda step: None


@dataclass(frozen=True, slots=True)
class Run:
    """How long a training runs and where it is kept.

    Args:
        steps: total number of steps, or None: then ``seconds`` is turned into steps once, after ``TIMED_STEPS`` timed
        ones.
        checkpoint: where the state is kept.
        facts: what identifies the training; a checkpoint with other facts is not resumed.
        defaults: facts of a checkpoint that is older than the option.
        curve: gets the looks as JSON, anew at each of them.
        checkpoint_seconds: time between checkpoints.
    """

    seed: int
    steps: int | None
    seconds: float | None
    checkpoint: Path
    facts: dict[str, Any]
    defaults: dict[str, Any] = field(default_factory=dict)
    curve: Path | None = None
    checkpoint_seconds: float = 45.0


@dataclass(frozen=True, slots=True)
class Finished:
    """How long a training was: ``steps`` and the ``seconds`` they took, those before a stop included; its looks."""

    steps: int
    seconds: float
    history: list[Entry]


def train(course: Course, run: Run, resume: bool) -> Job[Finished]:
    """Trains ``course.module`` in place. A checkpoint is written at least every minute.

    Raises:
        RequestError: ``resume`` without a checkpoint, or with one of another training; a loss that is not finite.
    """
    state = _State(course, run)
    if resume:
        state.restore()
    course.module.train()
    saved = time.monotonic()
    try:
        while state.total is None or state.step < state.total:
            state.take_step()
            accuracies = state.look() if state.is_look_due() else None
            if time.monotonic() - saved > run.checkpoint_seconds:
                state.save()
                saved = time.monotonic()
            yield Trained("train", state.step, state.total, state.losses.recent, accuracies)
    except GeneratorExit:  # closed between two steps: the state is whole
        state.save()
        raise
    state.save()
    course.module.eval()
    return Finished(state.step, state.seconds(), state.history)


def cosine(step: int, warm_up: int, total: int) -> float:
    """From 1 after ``warm_up`` steps to 0 at ``total``."""
    return 0.5 * (1 + math.cos(math.pi * (step - warm_up) / max(1, total - warm_up)))


class _Losses:
    """Mean losses: of the last reading, and since the last look. Sums go on exactly after a stop."""

    def __init__(self) -> None:
        self.recent = math.nan
        self.sum, self.count = 0.0, 0
        self._unread: list[Tensor] = []

    def add(self, loss: Tensor, step: int) -> None:
        self._unread.append(loss)
        if step % LOSSES_AT_ONCE == 0:
            self.read(step)

    def read(self, step: int) -> None:
        """Raises RequestError where the losses up to ``step`` are not finite."""
        if not self._unread:
            return
        losses = torch.stack(self._unread).tolist()
        self._unread.clear()
        self.recent = math.fsum(losses) / len(losses)
        if not math.isfinite(self.recent):
            raise RequestError(
                "Training diverged",
                f"The loss is {self.recent} at step {step}.",
                "Train anew with a smaller --learning-rate.",
            )
        for loss in losses:
            self.sum += loss
        self.count += len(losses)

    def take(self) -> float:
        """The mean since this was last called."""
        mean = self.sum / self.count
        self.sum, self.count = 0.0, 0
        return mean


class _State:
    """A training under way: with the module and the optimiser, all that a checkpoint holds."""

    def __init__(self, course: Course, run: Run) -> None:
        self._course, self._run = course, run
        self.step, self._first, self.total = 0, 0, run.steps
        self.history: list[Entry] = []
        self.losses = _Losses()
        self._wall_start, self._cpu_start = time.monotonic(), time.process_time()
        self._timed_from = 0.0

    def restore(self) -> None:
        """Raises RequestError where there is no checkpoint, or one of another training."""
        checkpoint = load_checkpoint(self._run.checkpoint)
        check_same(checkpoint, self._run.facts, self._run.defaults)
        restore(checkpoint, self._course.module, self._course.optimizer)
        facts = checkpoint.facts
        self.step = self._first = checkpoint.step
        self.total, self.history = facts["total"], facts.get("history", [])
        self.losses.sum, self.losses.count = facts.get("losses", (0.0, 0))
        self._wall_start -= facts.get("seconds", 0.0)
        spent: float = self.history[-1]["cpu_seconds"] if self.history else 0.0
        self._cpu_start -= facts.get("cpu_seconds", spent)

    def seconds(self) -> float:
        """By the clock, those before a stop included."""
        return time.monotonic() - self._wall_start

    def cpu_seconds(self) -> float:
        """As ``seconds``, of the processor."""
        return time.process_time() - self._cpu_start

    def save(self) -> None:
        self.losses.read(self.step)  # what has diverged is not kept
        facts = {
            **self._run.facts,
            "total": self.total,
            "history": self.history,
            "losses": [self.losses.sum, self.losses.count],
            "seconds": self.seconds(),
            "cpu_seconds": self.cpu_seconds(),
        }
        save_checkpoint(self._run.checkpoint, self.step, self._course.module, self._course.optimizer, facts)

    def take_step(self) -> None:
        course = self._course
        # What draws while training (dropout, permutations) uses the global generator: seeded anew, a resumed run draws
        # the same, and so does one after a look.
        torch.manual_seed((self._run.seed << 32) + self.step)
        for group in course.optimizer.param_groups:
            group["lr"] = course.rate(self.step, self.total)
        course.optimizer.zero_grad(set_to_none=True)
        loss = course.loss(self.step, self.total)
        loss.backward()
        if course.clip:
            nn.utils.clip_grad_norm_(course.module.parameters(), course.clip)
        course.optimizer.step()
        course.after_step(self.step)
        self.step += 1
        self.losses.add(loss.detach(), self.step)
        self._settle_total()

    def _settle_total(self) -> None:
        """Turns the time budget into steps once enough of them are timed."""
        done, seconds = self.step - self._first, self._run.seconds
        if done == UNTIMED_STEPS:
            self._timed_from = time.monotonic()
        elif self.total is None and seconds is not None and done == UNTIMED_STEPS + TIMED_STEPS:
            self.total = max(self.step, int(seconds * TIMED_STEPS / (time.monotonic() - self._timed_from)))

    def is_look_due(self) -> bool:
        if self.total is None:
            return False
        return self.step == self.total or self.step % max(LEAST_STEPS, self.total // LOOKS) == 0

    def look(self) -> dict[str, float]:
        self.losses.read(self.step)
        accuracies = self._course.look()
        self._course.module.train()
        loss, spent = round(self.losses.take(), 4), round(self.cpu_seconds(), 1)
        self.history.append({"step": self.step, "cpu_seconds": spent, "loss": loss, **accuracies})
        if self._run.curve is not None:
            write_atomically(self._run.curve, json.dumps(self.history, indent=1).encode())
        return accuracies

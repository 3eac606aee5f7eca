"""The training loop on a network of one layer: looks, stops, old checkpoints, divergence."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save
from torch import Tensor, nn

from backend.errors import RequestError
from backend.training import loop
from backend.training.checkpoint import load_checkpoint
from backend.training.loop import Course, Finished, Run, train
from tests.glyph_folders import drain

STEPS = 120


def course(bad_step: int = -1) -> Course:
    torch.manual_seed(7)
    module = nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5))

    def loss(step: int, total: int | None) -> Tensor:
        inputs = torch.randn(4, 3, generator=torch.Generator().manual_seed(step))
        output: Tensor = module(inputs)
        return output.square().mean() * (math.nan if step == bad_step else 1.0)

    def look() -> dict[str, float]:
        module.eval()
        return {"5w1s": 100 * float(torch.rand(1))}  # draws, as a look may

    return Course(module, torch.optim.AdamW(module.parameters()), lambda step, total: 0.01, loss, look)


@pytest.fixture
def kept(tmp_path: Path) -> Run:
    return Run(
        5, STEPS, None, tmp_path / "checkpoint", {"seed": 5, "recipe": {"way": 3}}, curve=tmp_path / "curve.json"
    )


def stopped_after(steps: int, run: Run) -> None:
    job = train(course(), run, resume=False)
    for _ in range(steps):
        next(job)
    job.close()


def trained(run: Run, resume: bool = False) -> tuple[Finished, Tensor]:
    own = course()
    done = drain(train(own, run, resume))
    return done, next(own.module.parameters()).detach()


def without_times(done: Finished) -> list[dict[str, float]]:
    return [{key: value for key, value in entry.items() if key != "cpu_seconds"} for entry in done.history]


def test_looks_do_not_change_the_weights(kept: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    done, weights = trained(kept)
    assert [entry["step"] for entry in done.history] == [50, 100, 120]
    monkeypatch.setattr(loop, "LEAST_STEPS", 10**6)
    monkeypatch.setattr(loop, "LOOKS", 1)
    blind, same = trained(kept)
    assert [entry["step"] for entry in blind.history] == [STEPS]
    assert torch.equal(weights, same)


@pytest.mark.parametrize("steps", [1, 50, 73, STEPS])
def test_a_stopped_training_goes_on_to_the_weights_and_the_curve_of_an_unbroken_one(kept: Run, steps: int) -> None:
    stopped_after(steps, kept)
    assert load_checkpoint(kept.checkpoint).step == steps
    resumed, weights = trained(kept, resume=True)
    assert kept.curve is not None
    assert [e["step"] for e in json.loads(kept.curve.read_text())] == [50, 100, 120]
    whole, expected = trained(kept)
    assert torch.equal(weights, expected)
    assert without_times(resumed) == without_times(whole)


def test_the_loss_of_a_look_is_the_mean_since_the_last_one(kept: Run) -> None:
    own = course()
    losses: list[Tensor] = []
    measure = own.loss

    def noted(step: int, total: int | None) -> Tensor:
        loss = measure(step, total)
        losses.append(loss.detach())
        return loss

    done = drain(train(replace(own, loss=noted), kept, resume=False))
    means = [float(torch.stack(part).mean()) for part in (losses[:50], losses[50:100], losses[100:])]
    assert [entry["loss"] for entry in done.history] == pytest.approx(means, abs=1e-4)


def test_a_checkpoint_without_looks_or_later_options_is_gone_on_with(kept: Run) -> None:
    """As they were written before there were looks in trainings of methods, and before an option was added."""
    stopped_after(73, kept)
    step, facts = "73", {"seed": 5, "recipe": {"way": 3}, "total": STEPS, "seconds": 2.0}
    kept.checkpoint.write_bytes(save(load_file(kept.checkpoint), metadata={"step": step, "facts": json.dumps(facts)}))
    newer = replace(kept, facts={"seed": 5, "recipe": {"way": 3, "bend": 0.0}}, defaults={"bend": 0.0})
    done, weights = trained(newer, resume=True)
    assert [entry["step"] for entry in done.history] == [100, 120] and done.seconds > 2
    assert torch.equal(weights, trained(kept)[1])
    bent = replace(newer, facts={"seed": 5, "recipe": {"way": 3, "bend": 0.1}})
    with pytest.raises(RequestError, match=r"begun with bend 0\.0, not 0\.1"):
        trained(bent, resume=True)


def test_a_training_that_diverges_says_so_and_keeps_no_such_state(kept: Run) -> None:
    job = train(course(bad_step=30), replace(kept, checkpoint_seconds=0.0), resume=False)
    with pytest.raises(RequestError, match="diverged"):
        drain(job)
    assert load_checkpoint(kept.checkpoint).step <= 30


def test_a_time_budget_becomes_a_number_of_steps_once(kept: Run) -> None:
    done, _ = trained(replace(kept, steps=None, seconds=0.0))
    assert done.steps == loop.UNTIMED_STEPS + loop.TIMED_STEPS
    assert load_checkpoint(kept.checkpoint).facts["total"] == done.steps

"""Trunks for photographs side by side: parameters, images per CPU second, and validation accuracy per CPU second.

    python -m benchmarks.trunks --models a b c

reads the cards of models made by ``fewshot train-trunk`` and times their trunks on one thread, and embedding on
``--threads`` of them by the clock, too. Prints one JSON object.
"""

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

import torch

from backend.backbones import PhotoTrunk
from backend.embedding.memory import keep_freed_memory
from backend.models.store import load_model
from backend.training.photo_batches import augmented
from backend.training.precision import autocast_pays
from backend.training.trunk import TrunkRecipe, TrunkTrainee, training_loss

BATCH, ROUNDS = 64, 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="+", required=True)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    keep_freed_memory()  # as the program does
    print(json.dumps({"trunks": [row(name, arguments.threads) for name in arguments.models]}, indent=1))


def row(name: str, threads: int) -> dict[str, Any]:
    torch.set_num_threads(threads)
    ready = load_model(name).ready("prototypical")
    general = ready.card.training["general"]
    assert isinstance(ready.trunk, PhotoTrunk)
    size = ready.input.size
    together = embedded(ready.trunk, size, time.perf_counter)
    torch.set_num_threads(1)
    return {
        "model": name,
        "architecture": general["recipe"]["architecture"],
        "size": size,
        "parameters": sum(p.numel() for p in ready.trunk.parameters()),
        "embedded_per_cpu_second": round(embedded(ready.trunk, size, time.process_time)),
        "threads": threads,
        "embedded_per_second_on_threads": round(together),
        "trained_per_cpu_second": round(trained(ready.trunk, size)),
        "validation": general["validation"],
        "history": general["history"],
    }


@torch.no_grad()
def embedded(trunk: PhotoTrunk, size: int, clock: Callable[[], float]) -> float:
    """Images for each second by ``clock`` of the forward pass, float32."""
    images = torch.rand(BATCH, 3, size, size)
    trunk.eval().to(memory_format=torch.channels_last)
    trunk(images)
    started = clock()
    for _ in range(ROUNDS):
        trunk(images)
    return ROUNDS * BATCH / (clock() - started)


def trained(trunk: PhotoTrunk, size: int) -> float:
    """Images for each CPU second of training: augmentation, both passes, the optimiser's step."""
    trainee = TrunkTrainee(trunk.requires_grad_(True), 140).train()
    optimizer = torch.optim.SGD(trainee.parameter_groups(5e-4), lr=0.01, momentum=0.9, nesterov=True)
    images, labels = torch.rand(BATCH, 3, 64, 64), torch.randint(140, (BATCH,))
    recipe, autocast = TrunkRecipe(""), autocast_pays(torch.device("cpu"))
    started = 0.0
    for number in range(ROUNDS + 1):
        if number == 1:
            started = time.process_time()
        optimizer.zero_grad()
        pixels = augmented(images, size, recipe.smallest, recipe.jitter, torch.Generator().manual_seed(number))
        training_loss(trainee, pixels, labels, recipe, turning=False, autocast=autocast).backward()
        optimizer.step()
        trainee.follow(0.999)
    return ROUNDS * BATCH / (time.process_time() - started)


if __name__ == "__main__":
    main()

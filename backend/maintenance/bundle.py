"""Makes a bundled model from trained ones: ``python -m backend.maintenance.bundle --help``.

Methods are taken over with their trunks and settings, one training at a time, so that a new training replaces that
method alone. Weights become float16.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from backend import storage
from backend.errors import RequestError
from backend.models.card import Card
from backend.models.store import card_at, model_path, read_card, read_tensors, save_model


def read_averaged(sources: Sequence[str], method: str) -> tuple[Card, dict[str, Tensor]]:
    """The model ``sources[0]``, or the mean of several trainings of ``method`` that set out from one another.

    Weights that lie in one valley average to better ones (Izmailov et al. 2018, arXiv:1803.05407). Temperatures are
    averaged
    geometrically; the card keeps what is known of every training.

    Raises:
        RequestError: the models have other trunks or shapes.
    """
    cards, files = [read_card(s) for s in sources], [read_tensors(model_path(s)) for s in sources]
    if len(sources) == 1:
        return cards[0], files[0]
    entries = [card.methods[method] for card in cards]
    if any(file.keys() != files[0].keys() for file in files):
        raise RequestError(
            "Not alike", f"{', '.join(sources)} hold different weights.", "Average models of one method."
        )
    mean = {k: torch.stack([f[k].float() for f in files]).mean(0).to(files[0][k].dtype) for k in files[0]}
    temperatures = {
        s: math.exp(sum(math.log(e.temperatures[s]) for e in entries) / len(entries)) for s in entries[0].temperatures
    }
    trainings = [
        {"model": name, **e.training.get("general", e.training)} for name, e in zip(sources, entries, strict=True)
    ]
    entry = replace(entries[0], temperatures=temperatures, training={"averaged": trainings})
    return replace(cards[0], methods={**cards[0].methods, method: entry}), mean


def merge(base: Card | None, tensors: dict[str, Tensor], sources: str, method: str) -> tuple[Card, dict[str, Tensor]]:
    """``base`` with ``method`` of the models ``sources`` ("a" or "a+b") added or replaced, and the tensors of both."""
    card, added = read_averaged(sources.split("+"), method)
    entry = card.methods[method]
    trunks = {entry.trunk, *entry.settings.values()}
    kept = {k: t for k, t in tensors.items() if not _belongs(k, method, trunks)}
    taken = {k: t for k, t in added.items() if _belongs(k, method, trunks)}
    if base is None:
        base = replace(card, trunks={}, methods={})
    merged = replace(
        base,
        trunks={**base.trunks, **{t: card.trunks[t] for t in trunks}},
        methods={**base.methods, method: entry},
    )
    return merged, kept | taken


def _belongs(key: str, method: str, trunks: set[str]) -> bool:
    kind, owner, _ = key.split("/", 2)
    return owner in trunks if kind == "trunk" else owner.split("@")[0] == method


def main(argv: Sequence[str] | None = None) -> int:
    """Merges ``--take MODEL:METHOD …`` into the bundled model ``--name``; 2, and a line on standard error, where that
    cannot be done."""
    try:
        return _bundle(argv)
    except RequestError as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _bundle(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(prog="python -m backend.maintenance.bundle", description=__doc__)
    parser.add_argument("--name", required=True)
    parser.add_argument("--title", required=True)
    parser.add_argument("--take", required=True, nargs="+", metavar="MODEL[+MODEL…]:METHOD")
    parser.add_argument("--default-method", required=True)
    parser.add_argument("--licence", required=True)
    parser.add_argument("--into", type=Path, default=storage.bundled_models())
    arguments = parser.parse_args(argv)
    base = arguments.into / f"{arguments.name}.safetensors"
    card = card_at(base) if base.is_file() else None
    tensors = read_tensors(base) if base.is_file() else {}
    for pair in arguments.take:
        sources, _, method = pair.rpartition(":")
        if not sources:
            break
        card, tensors = merge(card, tensors, sources, method)
    if card is None or not sources:
        raise RequestError("Nothing to bundle", "No model was named.", "Give --take MODEL:METHOD.")
    if arguments.default_method not in card.methods:
        raise RequestError(
            "No such method", f"{arguments.default_method} is not among {list(card.methods)}.", "Take it."
        )
    named = replace(
        card,
        name=arguments.name,
        title=arguments.title,
        default_method=arguments.default_method,
        licence=arguments.licence,
    )
    path = save_model(named, tensors, arguments.into)
    sys.stdout.write(f"{path.name}: {', '.join(named.methods)}; {path.stat().st_size / 1e6:.2f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

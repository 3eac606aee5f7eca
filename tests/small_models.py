"""Models with a few of the bundled model's methods, for tests that need a second model or a quick one."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from torch import Tensor

from backend import storage
from backend.models.model import with_prefix
from backend.models.store import load_model, save_model


def part_of_characters(name: str, methods: Sequence[str], folder: Path | None = None) -> Path:
    """Writes a model ``name`` with the weights of ``methods``, the first the default. Returns its weights' path."""
    whole = load_model("characters")
    cards = {m: replace(whole.card.methods[m], settings={}, setting_temperatures={}) for m in methods}
    trunks = {c.trunk: whole.card.trunks[c.trunk] for c in cards.values()}
    tensors: dict[str, Tensor] = {}
    for method in methods:
        ready = whole.ready(method)
        tensors |= with_prefix(f"trunk/{cards[method].trunk}/", ready.trunk.state_dict())
        tensors |= with_prefix(f"method/{method}/", ready.method.state_dict())
    card = replace(whole.card, name=name, title=name.title(), trunks=trunks, methods=cards, default_method=methods[0])
    return save_model(card, tensors, folder or storage.user_models())

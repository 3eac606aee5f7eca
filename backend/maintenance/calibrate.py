"""Fits a card's temperatures and none-of-these: ``python -m backend.maintenance.calibrate --model NAME --data ZIP``.

For every method and setting the coefficients of none-of-these are fitted, and for methods without weights, which no
training has measured, the temperature too. It is done on meta-validation: the classes that ``fewshot train`` holds back
of the same data (for photographs the top folder val where there is one), or with ``--all`` every class. Where the trunk
comes in a package, each of the data is a domain, and all is fitted on the held-back classes of all of them together.
Writes the model into the user's data folder, or with ``--into`` elsewhere.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from backend import storage
from backend.cli.terminal import complain, run_job
from backend.confidence.open_episodes import Coefficients, fit_none_of_these, fit_none_of_these_on, sampler_of
from backend.confidence.run_episodes import run_episodes
from backend.confidence.temperature import fit_temperature, parse_setting
from backend.embedding.device import choose_device
from backend.embedding.embedder import Embedder, embed_all
from backend.episodes.image_set import ImageSet, merged, read_image_set
from backend.errors import RequestError
from backend.methods import METHODS
from backend.models.card import MethodCard
from backend.models.model import Model, Ready
from backend.models.store import load_model, model_path, read_tensors, save_model
from backend.training.domain_features import Domain, read_domains
from backend.training.order import has_packaged_trunk
from backend.training.photo_data import embed_photos, read_photo_data
from backend.training.split import split_groups
from backend.training.trunk import TrunkRecipe
from backend.training.validation import SETTINGS, measured_on_domains
from backend.types import Job

EPISODES = 200
DOMAIN_SETTINGS = ((2, 1), (2, 5), (5, 1), (5, 5), (10, 1), (10, 5), (20, 1), (20, 5))
SIDE = TrunkRecipe("").side
"""Pixels at which photographs are read, as ``fewshot train-trunk`` reads them."""


def calibrated_card(ready: Ready, features: Tensor, validation: ImageSet, episodes: int) -> MethodCard:
    """The method's card with coefficients of every setting for which ``validation`` has enough classes.

    Args:
        features: float32 [N, …] of the validation images, on the method's trunk.
    """
    temperatures, found = dict(ready.card.temperatures), dict[str, Coefficients]()
    for way, shot in SETTINGS:
        setting = f"{way}w{shot}s"
        sampler = sampler_of(validation.members(), way, shot)
        if sampler is not None and not METHODS[ready.name].trainable:
            outcomes = list(run_episodes(ready.method, features, sampler, episodes, seed=1))
            log_probs, labels = (torch.cat(c) for c in zip(*((o.log_probs, o.labels) for o in outcomes), strict=True))
            temperatures[setting] = fit_temperature(log_probs, labels)
        temperature = temperatures.get(setting, 1.0)
        found[setting] = fit_none_of_these(
            ready.method, features, validation.members(), way, shot, temperature, episodes
        )
    return _with_coefficients(replace(ready.card, temperatures=temperatures), found)


def _with_coefficients(card: MethodCard, found: Mapping[str, Coefficients]) -> MethodCard:
    """The card with the coefficients of none-of-these that were ``found`` at each setting."""

    def table(name: str, known: Mapping[str, list[float]]) -> dict[str, list[float]]:
        return {**known, **{setting: each[name] for setting, each in found.items() if name in each}}

    return replace(
        card,
        none_of_these=table("none_of_these", card.none_of_these),
        none_of_these_in_folder=table("none_of_these_in_folder", card.none_of_these_in_folder),
    )


def card_on_domains(ready: Ready, domains: Sequence[Domain], episodes: int) -> MethodCard:
    """The method's card with temperatures and coefficients that suit all ``domains`` together, of every setting."""
    parts = [(d.validation.images.float(), d.validation.members()) for d in domains]
    found = list(measured_on_domains(ready.method, domains, DOMAIN_SETTINGS, episodes))
    temperatures = {setting: temperature for setting, temperature, _ in found}
    coefficients = {
        setting: fit_none_of_these_on(parts, ready.method, *parse_setting(setting), temperature, episodes)
        for setting, temperature in temperatures.items()
    }
    figures = {setting: each for setting, _, each in found}
    training = ready.card.training
    general = {**training.get("general", {}), "validation": figures}
    card = replace(ready.card, none_of_these={}, none_of_these_in_folder={})
    card = replace(card, temperatures=temperatures, training={**training, "general": general})
    return _with_coefficients(card, coefficients)


def calibrated_cards(
    model: Model, validation: ImageSet, methods: Sequence[str], episodes: int
) -> dict[str, MethodCard]:
    """New cards of ``methods``; each trunk embeds the validation images once."""
    features: dict[str, Tensor] = {}
    cards = {}
    for name in methods:
        ready = model.ready(name)
        if ready.space not in features:
            embedder = Embedder(ready.trunk, ready.space, ready.input, choose_device("cpu"))
            embed = embed_photos if ready.input.kind == "photo" else embed_all
            features[ready.space] = embed(embedder, validation.images)
        cards[name] = calibrated_card(ready, features[ready.space], validation, episodes)
    return cards


def _validation(model: Model, sources: Sequence[Path], every: bool) -> Job[ImageSet]:
    spec = model.card.input
    if spec.kind == "photo" and not every:
        data = yield from read_photo_data(sources, SIDE)
        return data.validation
    sets: list[ImageSet] = []
    for source in sources:
        one = yield from read_image_set(source, spec)
        sets.append(one)
    images = merged(sets)
    return images if every else split_groups(images, seed=0)[1]


def main(argv: Sequence[str] | None = None) -> int:
    """Calibrates and saves; 2, and a line on standard error, where that cannot be done."""
    try:
        return _calibrate(argv)
    except RequestError as error:
        complain(str(error))
        return 2


def _calibrate(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(prog="python -m backend.maintenance.calibrate", description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--all", action="store_true", help="every class is for validation")
    parser.add_argument("--methods", help="comma-separated; all that the model runs by default")
    parser.add_argument("--default-method", help="the model's from now on")
    parser.add_argument("--episodes", type=int, default=EPISODES)
    parser.add_argument("--into", type=Path, default=storage.user_models())
    arguments = parser.parse_args(argv)
    model = load_model(arguments.model)
    methods = arguments.methods.split(",") if arguments.methods else model.methods
    if has_packaged_trunk(arguments.model):
        read = read_domains(arguments.data, model.ready(model.card.default_method), choose_device("cpu"))
        domains = run_job(read)
        cards = {m: card_on_domains(model.ready(m), domains, arguments.episodes) for m in methods}
        classes = sum(len(d.validation.classes) for d in domains)
    else:
        validation = run_job(_validation(model, arguments.data, arguments.all))
        cards = calibrated_cards(model, validation, methods, arguments.episodes)
        classes = len(validation.classes)
    default = arguments.default_method or model.card.default_method
    card = replace(model.card, methods={**model.card.methods, **cards}, default_method=default)
    if default not in card.methods:
        raise RequestError("No such method", f"{default} is not among {list(card.methods)}.", "Name it in --methods.")
    path = save_model(card, read_tensors(model_path(arguments.model)), arguments.into)
    print(f"{path}: {', '.join(cards)}, {classes} classes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Jobs that find images: those to ask about first, possible bins, the same contents, and places on a map."""

from collections.abc import Mapping, Sequence

import torch

from backend.active.clusters import MOST, alike_groups
from backend.active.committee import committee, worth_asking
from backend.active.query_order import CANDIDATES, ask_order
from backend.embedding.feature_map import FeatureMap
from backend.embedding.projection import pca_map, umap_map
from backend.jobs.engine import Engine
from backend.labelling.fitted_bins import support_of, usable
from backend.types import AlikeGroup, Bins, ImageFile, ImageId, Job, Progress
from backend.workspace.contents import duplicates


def ask_first(engine: Engine, uncertainty: Mapping[ImageId, float]) -> Job[list[ImageId]]:
    """Images in the order in which answers are worth most: uncertain (0..1) and unlike each other. Those without
    features are left out."""
    ids = engine.store.known(list(uncertainty))
    if not ids:
        return []
    values = torch.tensor([uncertainty[i] for i in ids])
    yield Progress("ask", 0, len(ids))
    most = values.argsort(descending=True, stable=True)[:CANDIDATES].tolist()
    order = yield from ask_order(values[most], engine.store.features([ids[n] for n in most]))
    first = [ids[most[n]] for n in order]
    rest = set(first)
    return first + sorted((i for i in ids if i not in rest), key=lambda i: -uncertainty[i])


def ask_where_methods_differ(
    engine: Engine, bins: Bins, labels: Mapping[ImageId, str], uncertainty: Mapping[ImageId, float]
) -> Job[list[ImageId]]:
    """As ``ask_first``; what counts is how much unlike methods would rather give other labels than these (names of
    bins), and ``uncertainty`` where they agree. Nothing where fewer than two bins have a usable example."""
    store, filled = engine.store, usable(bins, engine.store)
    places = {name: place for place, name in enumerate(filled)}
    chosen = {i: places[labels[i]] for i in store.known(list(labels)) if labels[i] in places}
    if len(filled) < 2 or not chosen:
        return []
    members = committee(engine.method, support_of(filled, store))
    yield Progress("ask", 0, len(chosen))
    worth = yield from worth_asking(members, store, chosen, uncertainty)
    return (yield from ask_first(engine, worth))


def propose_bins(engine: Engine, bins: Bins, unsure: Sequence[ImageId]) -> Job[list[AlikeGroup]]:
    """Groups of alike images among ``unsure``, the least sure first, that belong to none of ``bins``; the largest group
    first. None where fewer than two bins have a usable example. Images without features are left out."""
    store, filled = engine.store, usable(bins, engine.store)
    ids = store.known(unsure)[:MOST]
    if len(filled) < 2 or not ids:
        return []
    support = support_of(filled, store)
    groups = yield from alike_groups(store.features(ids), support.inputs, support.labels)
    return [AlikeGroup(tuple(ids[n] for n in group)) for group in groups]


def find_twins(engine: Engine, files: Sequence[ImageFile]) -> Job[list[tuple[ImageId, ...]]]:
    """Groups of ``files`` with the same content. Those without features are left out."""
    keys = {f.id: (k.size, k.digest) for f in files if (k := engine.store.keys.get(f.id)) is not None}
    same = yield from duplicates(keys, {f.id: f.path for f in files})
    groups: dict[str, list[ImageId]] = {}
    for image, digest in same.items():
        groups.setdefault(digest, []).append(image)
    return [tuple(group) for group in groups.values()]


def feature_map(engine: Engine, ids: Sequence[ImageId], umap: bool = False) -> Job[FeatureMap]:
    """``ids`` in a plane, by principal components or by UMAP; those without features are left out.

    Raises:
        RequestError: UMAP is wanted and not installed, or there are too few images for it.
    """
    return (umap_map if umap else pca_map)(engine.store, engine.store.known(ids))

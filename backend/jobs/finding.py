"""Images worth looking at: those to ask about first, those that might make a bin, those with the same content."""

from collections.abc import Mapping, Sequence

import torch

from backend.active import query_order
from backend.active.clusters import MOST, alike_groups
from backend.active.committee import committee, worth_asking
from backend.embedding.feature_store import FeatureStore
from backend.labelling.fitted_bins import support_of, usable
from backend.types import AlikeGroup, Bins, ImageFile, ImageId, Job, Progress
from backend.workspace.contents import duplicates


def ask_first(store: FeatureStore, uncertainty: Mapping[ImageId, float]) -> Job[list[ImageId]]:
    """See ``backend.jobs.ask_first``."""
    ids = store.known(list(uncertainty))
    if not ids:
        return []
    values = torch.tensor([uncertainty[i] for i in ids])
    yield Progress("ask", 0, len(ids))
    most = values.argsort(descending=True, stable=True)[: query_order.CANDIDATES].tolist()
    order = yield from query_order.ask_order(values[most], store.features([ids[n] for n in most]))
    first = [ids[most[n]] for n in order]
    rest = set(first)
    return first + sorted((i for i in ids if i not in rest), key=lambda i: -uncertainty[i])


def ask_where_methods_differ(
    store: FeatureStore, method: str, bins: Bins, labels: Mapping[ImageId, str], uncertainty: Mapping[ImageId, float]
) -> Job[list[ImageId]]:
    """See ``backend.jobs.ask_where_methods_differ``; ``method`` is the name of the one in use."""
    filled = usable(bins, store)
    places = {name: place for place, name in enumerate(filled)}
    chosen = {i: places[labels[i]] for i in store.known(list(labels)) if labels[i] in places}
    if len(filled) < 2 or not chosen:
        return []
    members = committee(method, support_of(filled, store))
    yield Progress("ask", 0, len(chosen))
    worth = yield from worth_asking(members, store, chosen, uncertainty)
    return (yield from ask_first(store, worth))


def propose_bins(store: FeatureStore, bins: Bins, unsure: Sequence[ImageId]) -> Job[list[AlikeGroup]]:
    """See ``backend.jobs.propose_bins``."""
    filled, ids = usable(bins, store), store.known(unsure)[:MOST]
    if len(filled) < 2 or not ids:
        return []
    support = support_of(filled, store)
    groups = yield from alike_groups(store.features(ids), support.inputs, support.labels)
    return [AlikeGroup(tuple(ids[n] for n in group)) for group in groups]


def find_twins(store: FeatureStore, files: Sequence[ImageFile]) -> Job[list[tuple[ImageId, ...]]]:
    """See ``backend.jobs.find_twins``."""
    keys = {f.id: (k.size, k.digest) for f in files if (k := store.keys.get(f.id)) is not None}
    same = yield from duplicates(keys, {f.id: f.path for f in files})
    groups: dict[str, list[ImageId]] = {}
    for image, digest in same.items():
        groups.setdefault(digest, []).append(image)
    return [tuple(group) for group in groups.values()]

"""The bins to begin with, from a folder that has one subfolder for each."""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.types import ImageId, Listing
from fewshot_gui.session.bin_state import RESERVED_NAME, Bin, BinState


@dataclass(frozen=True, slots=True)
class FirstBins:
    """``bins`` in the order of their names. ``doubled``: a file below the folder → the bin that has its content
    already, where it lay in the subfolder of another one."""

    bins: BinState
    doubled: Mapping[ImageId, str]


def first_bins(listing: Listing, same: Mapping[ImageId, ImageId]) -> FirstBins:
    """A bin for each subfolder with images; images beside the subfolders are in none. ``same``: a file of ``listing`` →
    the image that stands for it, which is in one bin only, the first."""
    members: dict[str, dict[ImageId, None]] = {}
    owners: dict[ImageId, str] = {}
    doubled: dict[ImageId, str] = {}
    for file in listing.files:
        name, *below = file.path.relative_to(listing.root).parts
        if not below or name == RESERVED_NAME:
            continue
        images, image = members.setdefault(name, {}), same.get(file.id, file.id)
        owner = owners.setdefault(image, name)
        if owner != name:
            doubled[file.id] = owner
        else:
            images[image] = None
    bins = (Bin(name, slot, tuple(members[name])) for slot, name in enumerate(sorted(members)))
    return FirstBins(tuple(bins), doubled)

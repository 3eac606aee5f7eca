"""The bins to begin with, from a folder that has one subfolder for each."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from backend.errors import RequestError
from backend.types import ImageId, Listing
from fewshot_gui.session.bin_state import RESERVED_NAME, Bin, BinState, check_number
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.library import Library


@dataclass(frozen=True, slots=True)
class FirstBins:
    """``bins`` in the order of their names. ``doubled``: a file below the folder → the bin that has its content
    already, where it lay in the subfolder of another one."""

    bins: BinState
    doubled: Mapping[ImageId, str]


def take_examples(
    listing: Listing, same: Mapping[ImageId, ImageId], library: Library, bins: BinStore
) -> Mapping[ImageId, str]:
    """Make them the bins, in place of those that there are; returns ``doubled``.

    Raises:
        RequestError: there are none or too many, or the bins may not be changed.
    """
    translate = QCoreApplication.translate
    found = first_bins(listing, same)
    if not found.bins:
        raise RequestError(
            translate("Session", "No examples found"),
            translate("Session", "{} has no subfolder with images.").format(listing.root),
            translate("Session", "Make one subfolder for each bin, or drag examples into bins here."),
        )
    members = {i for b in found.bins for i in b.examples}
    library.add_guests(f for f in listing.files if f.id in members)
    take_bins(listing.root.name, found.bins, bins)
    return found.doubled


def take_bins(name: str, found: BinState, bins: BinStore) -> None:
    """Put the bins of the folder ``name`` in place of those that there are. Raises RequestError."""
    check_number(len(found))
    if bins.bins() or bins.read_only:  # a workspace had some: they can be had back
        bins.replace(QCoreApplication.translate("Session", "Examples of “{}”").format(name), found)
    else:
        bins.reset(found)


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

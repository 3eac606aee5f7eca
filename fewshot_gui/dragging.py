"""What travels in a drag: image ids within the program, file addresses to and from the outside."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from backend.types import ImageId

IDS = "application/x-fewshot-images"


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was dropped: ids from this window, or files (and folders) from elsewhere; ``source`` is a bin's name."""

    ids: tuple[ImageId, ...] = ()
    paths: tuple[Path, ...] = ()
    source: str = ""


def pack(ids: Iterable[ImageId], source: str = "") -> QMimeData:
    """For a drag that starts here. Other programs see the files' addresses."""
    ids = tuple(ids)
    mime = QMimeData()
    mime.setData(IDS, json.dumps({"ids": ids, "source": source}).encode("ascii"))
    mime.setUrls([QUrl.fromLocalFile(i) for i in ids])
    return mime


def accepts(mime: QMimeData) -> bool:
    """Whether ``unpack`` finds something: ids or local files. Looks at no file, so it is quick."""
    return mime.hasFormat(IDS) or any(url.isLocalFile() for url in mime.urls())


def is_ours(mime: QMimeData) -> bool:
    """Whether the drag started in a window of ours."""
    return mime.hasFormat(IDS)


def unpack(mime: QMimeData) -> Dropped:
    """What a drop holds."""
    if mime.hasFormat(IDS):
        content = json.loads(bytes(mime.data(IDS).data()))
        return Dropped(ids=tuple(content["ids"]), source=content["source"])
    return Dropped(paths=tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()))

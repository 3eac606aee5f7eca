"""What travels in a drag: image ids within the program, file addresses to and from the outside, image data."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDropEvent

from backend.images.received import Picture
from backend.types import ImageId
from fewshot_gui.widgets.image_mime import has_picture, picture, remote_addresses, web_addresses

IDS = "application/x-fewshot-images"


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was dropped or pasted: ids from this window (``source`` is a bin's name), files and folders, an image as
    data, or mere addresses: of the web, or (``remote``) of files that only the file manager reaches."""

    ids: tuple[ImageId, ...] = ()
    paths: tuple[Path, ...] = ()
    source: str = ""
    pictures: tuple[Picture, ...] = ()
    addresses: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        """Whether there is nothing that could become an example."""
        return not (self.ids or self.paths or self.pictures)


def pack(ids: Iterable[ImageId], source: str = "") -> QMimeData:
    """For a drag that starts here. Other programs see the files' addresses."""
    ids = tuple(ids)
    mime = QMimeData()
    mime.setData(IDS, json.dumps({"ids": ids, "source": source}).encode("ascii"))
    mime.setUrls([QUrl(Path(i).as_uri()) for i in ids])
    return mime


def accepts(mime: QMimeData) -> bool:
    """Whether ``unpack`` finds something: ids, files, an image, or addresses, of which it is said what to do with them.
    Looks at no file, so it is quick."""
    return mime.hasFormat(IDS) or mime.hasUrls() or has_picture(mime)


def take(event: QDropEvent) -> None:
    """Accept what hangs at the pointer, as a copy: after a move the other program may delete its files."""
    copy, link = Qt.DropAction.CopyAction, Qt.DropAction.LinkAction
    event.setDropAction(copy if event.possibleActions() & copy else link)
    event.accept()


def is_ours(mime: QMimeData) -> bool:
    """Whether the drag started in a window of ours."""
    return mime.hasFormat(IDS)


def unpack(mime: QMimeData) -> Dropped:
    """What a drop holds. Files count before image data, and that before addresses."""
    if mime.hasFormat(IDS):
        content = json.loads(bytes(mime.data(IDS).data()))
        return Dropped(ids=tuple(content["ids"]), source=content["source"])
    paths = tuple(_path(url) for url in mime.urls() if url.isLocalFile())
    if paths:
        return Dropped(paths=paths)
    found = picture(mime)
    if found is not None:
        return Dropped(pictures=(found,))
    return Dropped(addresses=web_addresses(mime), remote=remote_addresses(mime))


def _path(url: QUrl) -> Path:
    """The file at that address. Qt's own text has no way to hold a name that is not UTF-8; the address does."""
    text = url.toLocalFile()
    if "\N{REPLACEMENT CHARACTER}" in text and not url.host():
        text = os.fsdecode(unquote_to_bytes(bytes(url.toEncoded().data()).removeprefix(b"file://")))
    return Path(text)

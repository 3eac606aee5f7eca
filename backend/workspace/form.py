"""A workspace as JSON, and back (docs/design/workspaces.md).

Images are in one table and referred to by their index in it. The history shares bins: a step that changes one bin adds
one bin to the table ``bins`` and a row of indices to ``states``.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from backend.errors import RequestError, Sentence
from backend.types import ImageId
from backend.workspace.contents import UNKNOWN, last_path, lost_id
from backend.workspace.state import (
    Bin,
    BinState,
    Content,
    Folder,
    History,
    Landmark,
    Remarks,
    Step,
    Verdict,
    View,
    Workspace,
    images_in,
    remarked,
)

FORMAT, VERSION = "fewshot-workspace", 1
MODELS = 2
"""Which models the bundled names mean. Before 2, or where a file does not say, ``photos`` was what is ``photos-small``
now: a workspace goes on with what it was begun with."""
RENAMED = {"photos": "photos-small"}
ADDED_TO_VIEW = ("errors", "watch")
"""What older files of this version lack."""
Plain = dict[str, Any]
T = TypeVar("T")


class DamagedError(Exception):
    """The text is no workspace of this version; the message says where."""


def encode(workspace: Workspace) -> bytes:
    """ASCII JSON with a checksum."""
    remarks = workspace.remarks
    named = list(images_in(workspace.history) | remarked(remarks))
    places = {image: place for place, image in enumerate(named)}
    plain: Plain = {
        "format": FORMAT,
        "version": VERSION,
        "folders": [{"path": str(f.path), "landmarks": [asdict(m) for m in f.landmarks]} for f in workspace.folders],
        "images": [_image(i, workspace) for i in named],
        "history": _history(workspace.history, places),
        "view": _view(workspace.view),
        "models": MODELS,
        "model": workspace.model,
        "method": workspace.method,
    }
    if workspace.loose:
        plain["loose"] = [str(path) for path in workspace.loose]
    if remarks != Remarks():
        plain["remarks"] = _remarks(remarks, places)
    return json.dumps(plain | {"checksum": _checksum(plain)}, indent=1).encode("ascii")


def decode(text: bytes, name: str) -> Workspace:
    """The workspace that ``text`` holds; ``name`` is the file's, for the message.

    Raises:
        RequestError: a newer version wrote it, or it is damaged.
    """
    try:
        plain = _checked(json.loads(text), name)
        return _workspace(plain)
    except (DamagedError, ValueError, RecursionError) as error:
        why = error.args[0] if isinstance(error, DamagedError) else Sentence("it is cut off or overwritten")
        remedy = "Open the version before it, or begin a new one."
        raise RequestError("Damaged workspace", "{0} cannot be read: {1}.", remedy, name, why) from error


def _checked(plain: object, name: str) -> Plain:
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise DamagedError("this is no workspace file")
    version = _get(plain, "version", int)
    if version > VERSION:
        raise RequestError(
            "Workspace from a newer Fewshot",
            "{0} has version {1}; this Fewshot reads up to {2}.",
            "Update Fewshot, or open the version before it.",
            name,
            version,
            VERSION,
        )
    body = {key: value for key, value in plain.items() if key != "checksum"}
    if "checksum" in plain and plain["checksum"] != _checksum(body):
        raise DamagedError("its checksum does not fit its content")
    return body


def _checksum(plain: Plain) -> str:
    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return blake2b(canonical.encode("ascii"), digest_size=16).hexdigest()


# To JSON --------------------------------------------------------------------------------------------------------------


def _image(image: ImageId, workspace: Workspace) -> Plain:
    """A path relative to a folder with forward slashes, or the whole path of an image from elsewhere."""
    path = last_path(image)
    inside = next((n for n, f in enumerate(workspace.folders) if path.is_relative_to(f.path)), None)
    where = str(path) if inside is None else path.relative_to(workspace.folders[inside].path).as_posix()
    content = workspace.contents.get(image, UNKNOWN)
    return {"folder": inside, "path": where, **asdict(content)}


def _history(history: History, places: Mapping[ImageId, int]) -> Plain:
    table: dict[Bin, int] = {}
    states = [[table.setdefault(b, len(table)) for b in state] for state in history.states()]
    bins = [_bin(b, places) for b in table]
    return {"bins": bins, "states": states, "texts": [s.text for s in history.steps], "place": history.place}


def _bin(shown: Bin, places: Mapping[ImageId, int]) -> Plain:
    indices = {"examples": [places[i] for i in shown.examples], "rejected": [places[i] for i in shown.rejected]}
    return {"name": shown.name, "colour": shown.colour, "on": shown.on, **indices}


def _view(view: View) -> Plain:
    return {key: value for key, value in asdict(view).items() if value is not None}


def _remarks(remarks: Remarks, places: Mapping[ImageId, int]) -> Plain:
    verdicts = [{"image": places[i], **asdict(v)} for i, v in remarks.verdicts.items()]
    dismissed, picked = ([places[i] for i in ids] for ids in (remarks.dismissed, remarks.picked))
    said = {"verdicts": verdicts, "dismissed": dismissed, "declined": remarks.declined, "closed": remarks.closed}
    return said | {"picked": picked}


# From JSON ------------------------------------------------------------------------------------------------------------


def _workspace(plain: Plain) -> Workspace:
    folders = tuple(_folder(f) for f in _items(plain, "folders", dict))
    contents = _read_images(_items(plain, "images", dict), folders)
    ids = list(contents)
    history = _read_history(_get(plain, "history", dict), ids)
    answered = images_in(history)
    contents = {i: c for i, c in contents.items() if i in answered}
    model, method = (_get(plain, w, str) for w in ("model", "method"))
    if plain.get("models", 1) == 1:
        model = RENAMED.get(model, model)
    loose = tuple(map(Path, _items(plain, "loose", str))) if "loose" in plain else ()
    remarks = _read_remarks(_get(plain, "remarks", dict), ids) if "remarks" in plain else Remarks()
    return Workspace(folders, history, contents, _read_view(_get(plain, "view", dict)), model, method, loose, remarks)


def _read_view(plain: Plain) -> View:
    """What came later than the first files of this version may be missing."""
    known = {k: type(default) for k, default in asdict(View()).items() if default is not None}
    wanted = {k: kind for k, kind in known.items() if k not in ADDED_TO_VIEW or k in plain}
    folded = tuple(_items(plain, "folded", str)) if "folded" in plain else None
    return View(**{k: _get(plain, k, kind) for k, kind in wanted.items()}, folded=folded)


def _read_remarks(plain: Plain, ids: list[ImageId]) -> Remarks:
    """``picked`` came later than the first files of this version, and so did the verdicts' ``method``."""
    rows = _items(plain, "verdicts", dict)
    verdicts = {_at(ids, row.get("image")): _read_verdict(row) for row in rows}
    dismissed = dict.fromkeys(_at(ids, place) for place in _items(plain, "dismissed", int))
    if len(verdicts) < len(rows):
        raise DamagedError("an image stands in it twice")
    declined, closed = (tuple(_items(plain, key, str)) for key in ("declined", "closed"))
    picked = dict.fromkeys(_at(ids, place) for place in (_items(plain, "picked", int) if "picked" in plain else ()))
    return Remarks(verdicts, tuple(dismissed), declined, closed, tuple(picked))


def _read_verdict(plain: Plain) -> Verdict:
    confidence = plain.get("confidence")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise DamagedError("a confidence is out of range")
    method = _get(plain, "method", str) if "method" in plain else ""
    return Verdict(float(confidence), _get(plain, "right", bool), method)


def _read_images(rows: list[Plain], folders: tuple[Folder, ...]) -> dict[ImageId, Content]:
    """Ids with contents, in order. Of two contents that were seen at one path, the later is set apart."""
    contents: dict[ImageId, Content] = {}
    for image, content in (_placed(row, folders) for row in rows):
        own = image if image not in contents else lost_id(image, content)
        if own in contents:
            raise DamagedError("an image stands in it twice")
        contents[own] = content
    return contents


def _folder(plain: Plain) -> Folder:
    marks = (
        Landmark(_get(m, "path", str), _get(m, "size", int), _get(m, "digest", str))
        for m in _items(plain, "landmarks", dict)
    )
    return Folder(Path(_get(plain, "path", str)), tuple(marks))


def _placed(plain: Plain, folders: tuple[Folder, ...]) -> tuple[ImageId, Content]:
    place, path = plain.get("folder"), _get(plain, "path", str)
    content = Content(_get(plain, "size", int), _get(plain, "mtime_ns", int), _get(plain, "hash", str))
    return (path if place is None else str(_at(folders, place).path / path)), content


def _read_history(plain: Plain, ids: list[ImageId]) -> History:
    bins = [_read_bin(b, ids) for b in _items(plain, "bins", dict)]
    first, *later = [_read_state(s, bins) for s in _items(plain, "states", list)] or [()]
    texts, place = _items(plain, "texts", str), _get(plain, "place", int)
    if len(texts) != len(later) or not 0 <= place <= len(later):
        raise DamagedError("its history has gaps")
    return History(first, tuple(Step(t, s) for t, s in zip(texts, later, strict=True)), place)


def _read_bin(plain: Plain, ids: list[ImageId]) -> Bin:
    examples, rejected = (tuple(_at(ids, n) for n in _items(plain, key, int)) for key in ("examples", "rejected"))
    return Bin(_get(plain, "name", str), _get(plain, "colour", int), examples, _get(plain, "on", bool), rejected)


def _read_state(places: list[Any], bins: list[Bin]) -> BinState:
    state = tuple(_at(bins, place) for place in places)
    examples = [i for b in state for i in b.examples]
    if len({b.name for b in state}) < len(state) or len(set(examples)) < len(examples):
        raise DamagedError("a bin or an example stands in it twice")
    return state


def _get(plain: Mapping[str, Any], key: str, kind: type[T]) -> T:
    value = plain.get(key)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise DamagedError(Sentence("“{0}” is missing or has the wrong kind", key))
    return value


def _items(plain: Mapping[str, Any], key: str, kind: type[T]) -> list[T]:
    values: list[Any] = _get(plain, key, list)
    if not all(isinstance(v, kind) for v in values):
        raise DamagedError(Sentence("“{0}” holds something of the wrong kind", key))
    return values


def _at(table: Iterable[T], place: object) -> T:
    values = tuple(table) if not isinstance(table, list | tuple) else table
    if not isinstance(place, int) or isinstance(place, bool) or not 0 <= place < len(values):
        raise DamagedError("it points at something that is not there")
    return values[place]

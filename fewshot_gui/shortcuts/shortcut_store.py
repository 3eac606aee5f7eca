"""Default and custom shortcuts of every command."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction, QKeySequence

from fewshot_gui import settings

Keys = tuple[QKeySequence, ...]
SEPARATOR = "\n"


class Shortcuts:
    """Every command's action with its built-in keys; applies and keeps what the person chose instead."""

    def __init__(self) -> None:
        self.actions: dict[str, QAction] = {}
        self._built_in: dict[str, Keys] = {}

    def add(self, name: str, action: QAction) -> None:
        """Take over a command with the keys it has now, and give it the person's."""
        self.actions[name] = action
        self._built_in[name] = tuple(action.shortcuts())
        chosen = settings.shortcuts().get(name)
        if chosen is not None:
            action.setShortcuts(_parse(chosen))

    def built_in(self, name: str) -> Keys:
        """The keys that the command has unless the person says otherwise."""
        return self._built_in[name]

    def keys(self) -> dict[str, Keys]:
        """The keys of every command, as they are now."""
        return {name: tuple(action.shortcuts()) for name, action in self.actions.items()}

    def command(self, keys: QKeySequence) -> QAction | None:
        """The command that has these keys and can be given now."""
        return next((a for a in self.actions.values() if a.isEnabled() and keys in a.shortcuts()), None)

    def choose(self, keys: Mapping[str, Sequence[QKeySequence]]) -> None:
        """Use these keys from now on, and at the next start. What equals the built-in keys is not kept."""
        kept = dict(settings.shortcuts())
        for name, wanted in keys.items():
            self.actions[name].setShortcuts(list(wanted))
            if tuple(wanted) == self._built_in[name]:
                kept.pop(name, None)
            else:
                kept[name] = _write(wanted)
        settings.keep_shortcuts(kept)


def conflicts(keys: Mapping[str, Sequence[QKeySequence]]) -> dict[str, list[str]]:
    """Commands that share keys with others: name → the others."""
    users: dict[str, list[str]] = {}
    for name, sequences in keys.items():
        for text in {k.toString(QKeySequence.SequenceFormat.PortableText) for k in sequences}:
            users.setdefault(text, []).append(name)
    found: dict[str, list[str]] = {}
    for text, names in users.items():
        for name in names if text and len(names) > 1 else ():
            found.setdefault(name, []).extend(n for n in names if n != name)
    return found


def native(keys: Sequence[QKeySequence]) -> str:
    """Keys as the platform writes them."""
    return ", ".join(k.toString(QKeySequence.SequenceFormat.NativeText) for k in keys)


def _write(keys: Sequence[QKeySequence]) -> str:
    return SEPARATOR.join(k.toString(QKeySequence.SequenceFormat.PortableText) for k in keys)


def _parse(text: str) -> list[QKeySequence]:
    return [QKeySequence(part) for part in text.split(SEPARATOR) if part]

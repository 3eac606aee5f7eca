"""A label whose text always fits its width: words wrap, and a word longer than a line is broken anywhere."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

BREAK = "\u200b"
"""Zero-width space: file names without spaces may break after a few characters."""
LONGEST_WORD = 12


class WrappingLabel(QLabel):
    """Shows plain text; long file names wrap. ``plain()`` gives the text back without the break marks."""

    def __init__(self, text: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMinimumWidth(1)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show the text."""
        self.setAccessibleName(text)
        super().setText(breakable(text))

    def text(self) -> str:
        """The text as it was set."""
        return super().text().replace(BREAK, "")


def breakable(text: str) -> str:
    """``text`` with marks where a long word may be broken."""
    marked, run = [], 0
    for place, character in enumerate(text):
        marked.append(character)
        run = 0 if character.isspace() else run + 1
        within_figures = text[place + 1 : place + 2].isdigit()  # of a date or a decimal
        if run >= LONGEST_WORD or (character in "_-./" and not within_figures):
            marked.append(BREAK)
            run = 0
    return "".join(marked)

"""What is to be read: how to use the program, about the methods, about the program."""

import re
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from backend import storage
from fewshot_gui.style import icons, theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.translation import current
from fewshot_gui.widgets.wrapping_label import WrappingLabel

MEASURE = 84 * GRID
"""Lines longer than this are hard to read."""
LINE_END_IN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")
"""Markdown makes a space of it, which Chinese does not have."""
LEADING = 140
"""Per cent."""


class ReadingDialog(QDialog):
    """A document, in Markdown, set for reading. The window goes on beside it."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.browser = QTextBrowser(self)
        self.browser.setOpenExternalLinks(True)
        self.browser.setAccessibleName(title)
        self.browser.document().setDefaultFont(theme.font())
        self.browser.document().setDocumentMargin(3 * GRID)
        self.browser.setMarkdown(text)
        _space(self.browser.document())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.browser, 1)
        column.addWidget(_close_button(self))
        self.resize(MEASURE, 80 * GRID)


class HelpDialog(ReadingDialog):
    """docs/help.md: what people do most, in ten steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("HelpDialog", "Help"), text_of("help"), parent)


class MethodsDialog(ReadingDialog):
    """docs/methods.md."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("MethodsDialog", "About the methods")
        super().__init__(title, methods_text(), parent)


class AboutDialog(QDialog):
    """Name, version, licence, and where everything lies."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Fewshot"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mark, title = icons.IconLabel(48, self), QLabel(self.tr("Fewshot {}").format(own_version()), self)
        mark.show_icon("fewshot", "accent")
        title.setProperty("role", "display")
        words = QVBoxLayout()
        words.setSpacing(GRID)
        words.addWidget(title)
        for text in self._texts():
            words.addWidget(text)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(3 * GRID)
        column.addLayout(row)
        column.addWidget(_close_button(self))
        self.setFixedWidth(64 * GRID)
        self.resize(self.width(), self.heightForWidth(self.width()))

    def _texts(self) -> list[WrappingLabel]:
        licence = self.tr(
            "Apache License 2.0. The model “photos” stands on EfficientNet-Lite0 (Apache License 2.0), “characters” is "
            "trained on Omniglot (MIT licence), “photos-small” on Tiny ImageNet, for research and education only."
        )
        place = self.tr("Your bins and models lie in {}").format(storage.data_folder())
        return [
            WrappingLabel(self.tr("Sort images from a handful of examples"), ""),
            WrappingLabel(self.tr("Everything runs on this machine: nothing is sent anywhere."), "muted"),
            WrappingLabel(licence, "muted"),
            WrappingLabel(place, "muted"),
        ]


def methods_text() -> str:
    """docs/methods.md."""
    return text_of("methods")


def text_of(name: str) -> str:
    """The document docs/NAME.md, in the window's language where there is such a translation. Links to other documents
    are mere words here."""
    own = storage.docs() / f"{name}.{current()}.md"
    text = (own if own.is_file() else storage.docs() / f"{name}.md").read_text(encoding="utf-8")
    text = LINE_END_IN_CHINESE.sub("", text)
    return re.sub(r"\[([^\]]+)\]\((?!https?://)[^)]*\)", r"\1", text)


def own_version() -> str:
    """This program's version; "" where it runs without having been installed."""
    try:
        return version("fewshot")
    except PackageNotFoundError:
        return ""


def _close_button(dialog: QDialog) -> QDialogButtonBox:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    box.setContentsMargins(0, 0, 2 * GRID if isinstance(dialog, ReadingDialog) else 0, 0)
    box.rejected.connect(dialog.reject)
    return box


def _space(document: QTextDocument) -> None:
    """Headings in the program's own sizes, and air between lines."""
    sizes = {1: theme.DISPLAY, 2: theme.TITLE}
    block = document.begin()
    while block.isValid():
        cursor, form = QTextCursor(block), block.blockFormat()
        size = sizes.get(form.headingLevel())
        form.setLineHeight(LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setTopMargin(2 * GRID if form.headingLevel() > 1 else GRID)
        cursor.setBlockFormat(form)
        if size is not None:
            letters = QTextCharFormat()
            letters.setFont(theme.font(size, strong=True))
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.mergeCharFormat(letters)
        block = block.next()

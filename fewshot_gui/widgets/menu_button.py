"""A tool button whose menu offers one of several: the model, the method, the device."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from backend.types import MethodInfo
from fewshot_gui.style.stylesheet import give_menu
from fewshot_gui.translation import said

translate = QCoreApplication.translate
SHOWN = "5w1s"
"""The setting whose figure stands in the menu; the tool tip has the others."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: ``title``, perhaps ``what`` it does, a ``figure`` at the right; grey where it is not ``there``."""

    name: str
    title: str
    what: str = ""
    figure: str = ""
    hint: str = ""
    there: bool = True


def fill(
    button: QToolButton,
    kind: str,
    chosen: str,
    choices: Sequence[Choice],
    slot: Callable[[QAction], None],
    heading: str = "",
    more: Sequence[QAction] = (),
) -> None:
    """Gives the menu of ``button`` these ``choices``, the chosen one marked, under a ``heading`` that cannot be chosen;
    below them ``more`` commands. Not to be called while the menu is open."""
    menu = menu_of(button)
    menu.clear()
    for before in menu.findChildren(QActionGroup):
        before.deleteLater()
    if heading:
        menu.addAction(heading).setEnabled(False)
    group = QActionGroup(menu)
    for choice in choices:
        action = QAction(_line(choice).replace("&", "&&"), group, checkable=True, checked=choice.name == chosen)
        action.setData(choice.name)
        action.setEnabled(choice.there)
        action.setToolTip(choice.hint or choice.title)
        menu.addAction(action)
    group.triggered.connect(slot)
    if more:
        menu.addSeparator()
        menu.addActions(list(more))
    title = next((c.title for c in choices if c.name == chosen), chosen)
    button.setText(f"{title} ▾")
    button.setAccessibleName(f"{kind}: {title}")
    button.setToolTip(kind)


def menu_of(button: QToolButton) -> QMenu:
    """The button's one menu: another in its place, while a click opens the old one, would leave that empty."""
    known: QMenu | None = button.menu()
    if known is not None:
        return known
    menu = QMenu(button)
    menu.setToolTipsVisible(True)
    give_menu(button, menu)
    return menu


def _line(choice: Choice) -> str:
    """Qt sets what follows a tab at the right."""
    left = f"{choice.title} – {choice.what}" if choice.what else choice.title
    return f"{left}\t{choice.figure}" if choice.figure else left


def method_heading(methods: Sequence[MethodInfo]) -> str:
    """What the figures of a method menu are; "" where there are none."""
    if not any(SHOWN in m.accuracy for m in methods):
        return ""
    return translate(
        "MethodMenu", "At the right: accuracy with 5 bins of 1 example each, on kinds held back from training"
    )


def method_choice(method: MethodInfo) -> Choice:
    """A method as its menu shows it: what it does, how good and how fast it is, or why it cannot be chosen."""
    title, what = said(method.title), said(method.summary).rstrip(".。")
    if not method.available:
        reason = translate("MethodMenu", "no weights in this model")
        return Choice(
            method.name,
            title,
            what,
            reason,
            translate("MethodMenu", "Train it with fewshot train."),
            there=False,
        )
    speed = translate("MethodMenu", "takes a moment") if method.adapts else translate("MethodMenu", "at once")
    found = method.accuracy.get(SHOWN)
    figure = speed if found is None else f"{found:.1f} %  ·  {speed}"
    return Choice(method.name, title, what, figure, _all_figures(method))


def _all_figures(method: MethodInfo) -> str:
    parts = []
    for setting, found in method.accuracy.items():
        way, shot = setting.removesuffix("s").split("w")
        parts.append(translate("MethodMenu", "{} bins × {}: {:.1f} %").format(way, shot, found))
    return "\n".join(parts)

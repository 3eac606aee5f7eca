from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fewshot_gui.session.worker import Failure
from fewshot_gui.startup.application import make_application
from fewshot_gui.widgets.message_bar import MessageBar


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[MessageBar]:
    make_application()
    window = QWidget()
    qtbot.addWidget(window)
    made = MessageBar(window)
    window.show()
    yield made


def test_a_message_is_shown_until_it_is_closed(bar: MessageBar) -> None:
    message = bar.hint("Title", "Text")
    assert message.is_shown() and bar.accessibleName() == "Title. Text"
    message.close()
    assert not message.is_shown() and not bar.isVisible()


def test_one_that_another_has_replaced_changes_nothing_more(bar: MessageBar) -> None:
    first = bar.hint("The same words")
    second = bar.hint("The same words")
    assert not first.is_shown() and second.is_shown()
    first.offer("Act", None)
    first.close()
    assert second.is_shown()
    assert not any(button.isVisible() for button in bar.buttons)


def test_what_is_offered_closes_it_and_is_done(bar: MessageBar) -> None:
    done: list[str] = []
    failure = Failure("Title", "Sentence.", "Remedy.")
    message = bar.fail(failure, "First", lambda: done.append("first")).offer("Second", lambda: done.append("second"))
    assert [b.text() for b in bar.buttons if b.isVisible()] == ["First", "Second"]
    bar.buttons[1].click()
    assert done == ["second"] and not message.is_shown()


def test_only_the_person_closes_a_topic(bar: MessageBar) -> None:
    closed: list[str] = []
    bar.closed.connect(closed.append)
    message = bar.hint("Title")
    message.topic = "the topic"
    message.close()
    assert closed == []
    bar.hint("Title").topic = "the topic"
    bar.close_by_hand()
    assert closed == ["the topic"]
    bar.hint("Another")
    bar.close_by_hand()
    assert closed == ["the topic"]


class Waiting(QObject):
    """Shows a message of its own as soon as the bar is free, once."""

    def __init__(self, bar: MessageBar) -> None:
        super().__init__(bar)
        self._bar, self._waits = bar, True
        bar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._waits and event.type() == QEvent.Type.Hide:
            self._waits = False
            self._bar.hint("Next", "", "Other", None).topic = "next"
        return super().eventFilter(watched, event)


def test_a_button_acts_for_its_own_message_even_where_closing_it_brings_up_the_next(bar: MessageBar) -> None:
    done: list[str] = []
    bar.hint("First", "", "Act", lambda: done.append("acted"))
    Waiting(bar)
    bar.buttons[0].click()
    assert done == ["acted"] and bar.accessibleName().startswith("Next")


def test_closing_tells_of_its_own_topic_even_where_the_next_one_comes_up(bar: MessageBar) -> None:
    closed: list[str] = []
    bar.closed.connect(closed.append)
    bar.hint("First").topic = "first"
    Waiting(bar)
    bar.close_by_hand()
    assert closed == ["first"] and bar.accessibleName().startswith("Next")

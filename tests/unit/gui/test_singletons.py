import sys

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from fewshot_gui import singletons


class Sender(QObject):
    sent = Signal(int)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="immortal by themselves")
@pytest.mark.parametrize("each", [None, True, False])
def test_nothing_can_use_them_up(each: object) -> None:
    assert sys.getrefcount(each) > singletons.IMMORTAL // 2


def test_many_signals_do_not_end_the_program(qtbot: QtBot) -> None:
    sender = Sender()
    for n in range(100_000):
        sender.sent.emit(n)

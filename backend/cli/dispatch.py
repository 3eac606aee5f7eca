"""One function a subcommand. Each imports what it needs: ``--help`` and bad arguments must not wait for torch."""

import argparse
from typing import TYPE_CHECKING

from backend.cli.terminal import complain

if TYPE_CHECKING:
    from backend.evaluation.evaluate import Protocol


def classify(arguments: argparse.Namespace) -> int:
    """``fewshot classify``."""
    from backend.cli.commands.classify import classify_folder

    return classify_folder(arguments)


def sort(arguments: argparse.Namespace) -> int:
    """``fewshot sort``."""
    from backend.cli.commands.sort import sort_folder

    return sort_folder(arguments)


def undo(arguments: argparse.Namespace) -> int:
    """``fewshot undo``."""
    from backend.cli.commands.sort import undo_sort

    return undo_sort(arguments)


def resume(arguments: argparse.Namespace) -> int:
    """``fewshot resume``."""
    from backend.cli.commands.sort import resume_sort

    return resume_sort(arguments)


def data(arguments: argparse.Namespace) -> int:
    """``fewshot data``."""
    from backend.cli.commands.data import show_data

    return show_data(arguments)


def demo(arguments: argparse.Namespace) -> int:
    """``fewshot demo``."""
    from backend.cli.commands.demo import run_demo

    return run_demo(arguments)


def methods(arguments: argparse.Namespace) -> int:
    """``fewshot methods``."""
    from backend.cli.commands.methods import list_methods

    return list_methods(arguments)


def evaluate(arguments: argparse.Namespace) -> int:
    """``fewshot evaluate``."""
    from backend.cli.commands.evaluate import evaluate_method

    return evaluate_method(arguments, _protocol(arguments))


def compare(arguments: argparse.Namespace) -> int:
    """``fewshot compare``."""
    from backend.cli.commands.compare import compare_methods

    return compare_methods(arguments, _protocol(arguments))


def _protocol(arguments: argparse.Namespace) -> "Protocol":
    from backend.evaluation.evaluate import QUERIES, Protocol
    from backend.evaluation.streaming import streaming_queries

    usual = streaming_queries(arguments.shot) if arguments.metric == "streaming" else QUERIES
    queries = usual if arguments.queries is None else arguments.queries
    return Protocol(arguments.way, arguments.shot, queries, arguments.episodes, arguments.seed, arguments.within_parent)


def train_trunk(arguments: argparse.Namespace) -> int:
    """``fewshot train-trunk``."""
    from backend.cli.commands.train_trunk import run_train_trunk

    return run_train_trunk(arguments)


__all__ = [
    "classify",
    "complain",
    "data",
    "demo",
    "evaluate",
    "methods",
    "resume",
    "sort",
    "train_trunk",
    "undo",
]

"""The parser of ``fewshot``, put together from those of its commands."""

from backend import __version__
from backend.cli.arguments import Parser
from backend.cli.commands import (
    classify,
    compare,
    data,
    demo,
    evaluate,
    methods,
    models,
    resume,
    sort,
    train,
    train_trunk,
    undo,
)


def build_parser() -> Parser:
    """The parser; the chosen command is ``run`` in the result."""
    about = "Sort images from a handful of examples, in a terminal. For the window, run fewshot-gui."
    parser = Parser(prog="fewshot", description=about)
    parser.also = "; for the window, run fewshot-gui"
    parser.add_argument("--version", action="version", version=f"fewshot {__version__}")
    subparsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", parser_class=Parser)
    for command in (
        classify, sort, undo, resume, demo, methods, models, evaluate, compare, train, train_trunk, data
    ):  # fmt: skip
        command.add_parser(subparsers)
    return parser

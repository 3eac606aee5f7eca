"""Arguments of every subcommand."""

import argparse
import math
import re
from pathlib import Path
from typing import NoReturn

from backend import __version__
from backend.cli import dispatch
from backend.cli.commands.models import get_model, models
from backend.cli.commands.train import train
from backend.errors import RequestError

MODEL = "see fewshot models; photos by default"
METHOD = "see fewshot methods; the model's default method if not given"


class Parser(argparse.ArgumentParser):
    """Complains in one line, without usage text."""

    also = ""
    """What the complaint says besides."""

    def error(self, message: str) -> NoReturn:
        """Raises RequestError."""
        raise RequestError("Arguments not understood", f"{message}.", f"See {self.prog} --help{self.also}.")


def path(text: str) -> Path:
    """An argument that names a file or folder. An empty one is a slip of the shell and must not become the present
    folder."""
    if not text:
        raise argparse.ArgumentTypeError("an empty name")
    return Path(text)


def positive(text: str) -> float:
    """An argument that is a finite number above 0."""
    value = float(text)
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{text} is not a finite number above 0")
    return value


def seed(text: str) -> int:
    """An argument from which torch's generators can be seeded, a step's number beside it."""
    value = int(text)
    if not 0 <= value < 2**31:
        raise argparse.ArgumentTypeError(f"{text} does not lie between 0 and {2**31 - 1}")
    return value


def setting(text: str) -> str:
    """An argument such as ``20w5s``."""
    if not re.fullmatch(r"[1-9]\d*w[1-9]\d*s", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no setting such as 20w5s")
    return text


def build_parser() -> Parser:
    """The parser of ``fewshot``; the chosen command is ``run`` in the result."""
    about = "Sort images from a handful of examples, in a terminal. For the window, run fewshot-gui."
    parser = Parser(prog="fewshot", description=about)
    parser.also = "; for the window, run fewshot-gui"
    parser.add_argument("--version", action="version", version=f"fewshot {__version__}")
    subparsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", parser_class=Parser)
    _add_classify(subparsers)
    _add_sort(subparsers)
    _add_demo(subparsers)
    _add_lists(subparsers)
    _add_evaluate(subparsers)
    _add_compare(subparsers)
    _add_train(subparsers)
    _add_train_trunk(subparsers)
    _add_data(subparsers)
    return parser


Subparsers = argparse._SubParsersAction  # argparse has no public name for what add_subparsers returns


def _add_classify(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("classify", help="label every image of a folder by examples")
    _add_labelling(p)
    p.add_argument(
        "--out", type=path, metavar="FILE", help="write a table that ends in .csv or .json instead of printing one"
    )
    p.add_argument("--json", action="store_true", help="print one JSON object")
    p.set_defaults(run=dispatch.classify)


def _add_labelling(p: argparse.ArgumentParser) -> None:
    p.add_argument("folder", type=path, metavar="FOLDER", help="searched recursively")
    p.add_argument(
        "--examples", type=path, required=True, metavar="DIR", help="one subfolder of example images per class"
    )
    _add_model_options(p)
    p.add_argument(
        "--reject",
        type=float,
        default=0.0,
        metavar="P",
        help="what is less certain than P (0..1) is unsure; 0 by default",
    )


def _add_sort(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("sort", help="label a folder's images and file them into folders by their labels")
    _add_labelling(p)
    p.add_argument("--into", type=path, required=True, metavar="DEST", help="gets a folder for each class, and _unsure")
    p.add_argument("--mode", choices=("copy", "move", "hardlink", "symlink"), default="copy")
    p.add_argument("--dry-run", action="store_true", help="say what would be done, and touch nothing")
    p.add_argument("--json", action="store_true", help="print one JSON object")
    p.set_defaults(run=dispatch.sort)
    for name, run, text in (
        ("undo", dispatch.undo, "take the newest sort into a folder back"),
        ("resume", dispatch.resume, "finish a sort that was interrupted"),
    ):
        p = subparsers.add_parser(name, help=text)
        p.add_argument("destination", type=path, metavar="DEST", help="the folder that was sorted into")
        p.add_argument("--json", action="store_true", help="print one JSON object")
        p.set_defaults(run=run)


def _add_data(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("data", help="what is kept on this machine, where and how much; clear a part of it")
    p.add_argument("--clear", metavar="KIND", help="empty the folder of that kind")
    p.add_argument("--json", action="store_true", help="print one JSON object")
    p.set_defaults(run=dispatch.data)


def _add_demo(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("demo", help="draw characters nobody has seen and classify them")
    p.add_argument("--keep", type=path, metavar="DIR", help="keep the demonstration set in this new or empty folder")
    p.add_argument("--seed", type=int, default=0, help="another seed, another set; 0 by default")
    _add_model_options(p, "see fewshot models; by default characters, and photos for the part in colour")
    p.add_argument("--json", action="store_true", help="print one JSON object")
    p.set_defaults(run=dispatch.demo)


def _add_lists(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("methods", help="list the methods")
    p.add_argument("--json", action="store_true", help="print one JSON object")
    p.set_defaults(run=dispatch.methods)
    p = subparsers.add_parser("models", help="list the models, those that can be fetched too, or fetch one")
    p.add_argument("--json", action="store_true", help="print one JSON object")
    p.set_defaults(run=models)
    actions = p.add_subparsers(metavar="[get NAME]", parser_class=Parser)
    get = actions.add_parser("get", help="fetch a model, such as torchvision:resnet50")
    get.add_argument("name", metavar="NAME")
    get.add_argument("--json", action="store_true", help="print one JSON object")
    get.set_defaults(run=get_model)


def _add_evaluate(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("evaluate", help="measure a method over episodes of a labelled data set")
    _add_protocol_options(p)
    p.add_argument("--method", metavar="NAME", help=METHOD)
    p.add_argument(
        "--metric",
        choices=("accuracy", "streaming"),
        default="accuracy",
        help="streaming: every image is named before its label is told; accuracy by instance of its class (mann)",
    )
    p.add_argument(
        "--without-adaptation", action="store_true", help="switch off what an adapting method does with the examples"
    )
    p.set_defaults(run=dispatch.evaluate)


def _add_compare(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("compare", help="measure several methods on the same episodes, beside two baselines")
    _add_protocol_options(p)
    p.add_argument("--methods", metavar="a,b,…", help="all that the model has, by default")
    p.set_defaults(run=dispatch.compare, metric="accuracy")


def _add_protocol_options(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "--data",
        type=path,
        required=True,
        metavar="DIR|ZIP|TAR",
        help="a class is any folder that directly holds images",
    )
    p.add_argument("--model", metavar="NAME", help=MODEL)
    p.add_argument("--way", type=int, required=True, metavar="N", help="classes of an episode")
    p.add_argument("--shot", type=int, required=True, metavar="K", help="examples of each class")
    p.add_argument("--queries", type=int, help="queries of each class; 15, or what makes ten instances of a stream")
    p.add_argument("--episodes", type=int, default=1000, help="how many are drawn; 1000 by default")
    p.add_argument("--seed", type=int, default=0, help="the same seed, the same episodes; 0 by default")
    p.add_argument("--within-parent", action="store_true", help="draw each episode from one parent folder (alphabet)")
    p.add_argument(
        "--weights",
        choices=("general", "setting"),
        default="setting",
        help="setting (the default): weights trained for this way and shot, where there are some",
    )
    p.add_argument("--out", type=path, metavar="FILE", help="write every decision, .csv or .json")
    _add_device(p)
    p.add_argument("--json", action="store_true", help="print one JSON object")


def _add_train(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("train", help="meta-train a method on a folder of classes")
    _add_training_data(p, "a class is any folder that directly holds images; several for a trunk of photographs")
    p.add_argument("--method", required=True, metavar="NAME", help="which one; see fewshot methods")
    p.add_argument("--model", required=True, metavar="NEW_NAME", help="made, or given this method beside those it has")
    p.add_argument("--trunk", metavar="NAME", help="take this model's trunk, frozen, instead of training one")
    p.add_argument("--start", metavar="NAME", help="set out from this model's weights instead of random ones")
    p.add_argument("--way", type=int, help="classes of a training episode")
    p.add_argument("--shot", type=int, help="examples of each class")
    p.add_argument("--queries", type=int, help="queries of each class")
    p.add_argument("--meta-batch", type=int, help="episodes of one step")
    p.add_argument(
        "--within", type=float, metavar="SHARE", help="share of the steps that stay within one group (alphabet)"
    )
    p.add_argument("--learning-rate", type=positive, help="peak learning rate")
    p.add_argument(
        "--setting", type=setting, metavar="20w5s", help="train weights for this setting alone, beside the general ones"
    )
    length = p.add_mutually_exclusive_group()
    length.add_argument("--episodes", type=int, help="length of the training in episodes")
    length.add_argument("--minutes", type=positive, help="length of the training in minutes, turned into episodes once")
    _add_run_options(p)
    p.set_defaults(run=train)


def _add_train_trunk(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("train-trunk", help="train a trunk on photographs, for methods to read")
    _add_training_data(p, "class folders, perhaps below train, val and test (which is not read)")
    p.add_argument("--model", required=True, metavar="NEW_NAME")
    p.add_argument("--architecture", default="regnet_y_400mf", metavar="A", help="such as regnet_y_400mf+flip")
    p.add_argument("--start", metavar="NAME", help="set out from the trunk of this model instead of random weights")
    p.add_argument("--size", type=int, help="pixels of the network's input in training")
    p.add_argument("--embed-size", type=int, metavar="SIZE", help="pixels at embedding, --size if not given")
    p.add_argument("--side", type=int, help="pixels at which the training images are kept")
    p.add_argument("--batch", type=int, help="images of one step")
    p.add_argument("--learning-rate", type=positive, help="peak learning rate")
    p.add_argument("--weight-decay", type=positive)
    p.add_argument("--label-smoothing", type=float, metavar="SHARE")
    p.add_argument("--rotation", type=float, metavar="SHARE", help="share of the training that tells rotations apart")
    length = p.add_mutually_exclusive_group()
    length.add_argument("--epochs", type=int, help="how often each image is seen")
    length.add_argument("--minutes", type=positive, help="length of the training in minutes, turned into steps once")
    _add_run_options(p)
    p.set_defaults(run=dispatch.train_trunk)


def _add_training_data(p: argparse.ArgumentParser, text: str) -> None:
    p.add_argument("--data", type=path, required=True, nargs="+", metavar="DIR|ZIP|TAR", help=text)


def _add_run_options(p: argparse.ArgumentParser) -> None:
    """What every training has: how it is seeded, kept, gone on with, and told about."""
    p.add_argument("--seed", type=seed, default=0, metavar="S", help="of the weights and of all draws; 0 by default")
    p.add_argument(
        "--checkpoint-every", type=positive, default=45.0, metavar="SECONDS", help="at most this much is lost by a kill"
    )
    p.add_argument("--resume", action="store_true", help="go on after a stop, bit for bit")
    _add_device(p)
    p.add_argument("--json", action="store_true", help="print one JSON object")


def _add_model_options(p: argparse.ArgumentParser, model: str = MODEL) -> None:
    p.add_argument("--model", metavar="NAME", help=model)
    p.add_argument("--method", metavar="NAME", help=METHOD)
    _add_device(p)


def _add_device(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "--device", choices=("auto", "cpu", "cuda", "mps"), default="auto", help="auto (the default): the fastest one"
    )

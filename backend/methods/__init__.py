"""One few-shot method a file, its paper cited, its tensor shapes at each step."""

from backend.methods.alpha_tim import AlphaTIM
from backend.methods.base import Classifier, EpisodeBatch, InputKind, Method, Streams, Support
from backend.methods.bd_cspn import BDCSPN
from backend.methods.label_propagation import LabelPropagation
from backend.methods.linear import Linear
from backend.methods.lstm_meta_learner import LSTMMetaLearner
from backend.methods.maml import MAML, MAMLTransductive
from backend.methods.mann import MANN, MANNConv
from backend.methods.matching import Matching, MatchingFullContext
from backend.methods.metanet import MetaNet
from backend.methods.paddle import Paddle
from backend.methods.prototypical import Prototypical
from backend.methods.relation import Relation
from backend.methods.siamese import Siamese
from backend.methods.simpleshot import SimpleShot

METHODS: dict[str, type[Method]] = {
    "siamese": Siamese,
    "matching": Matching,
    "matching-fce": MatchingFullContext,
    "relation": Relation,
    "prototypical": Prototypical,
    "mann": MANN,
    "mann-conv": MANNConv,
    "metanet": MetaNet,
    "lstm-meta-learner": LSTMMetaLearner,
    "maml": MAML,
    "maml-transductive": MAMLTransductive,
    "simpleshot": SimpleShot,
    "linear": Linear,
    "alpha-tim": AlphaTIM,
    "bd-cspn": BDCSPN,
    "paddle": Paddle,
    "label-propagation": LabelPropagation,
}
"""Every method by its name on the command line."""

__all__ = ["METHODS", "Classifier", "EpisodeBatch", "InputKind", "Method", "Streams", "Support"]

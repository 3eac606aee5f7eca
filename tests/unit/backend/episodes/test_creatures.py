import itertools

import numpy as np
import pytest

from backend.episodes.creatures import BODIES, SHAPES, Creature, invent, photograph

PLAIN = Creature("round", "plain", 0, (250, 20, 20), (20, 20, 250))


def test_a_set_is_a_function_of_its_seed() -> None:
    first, second = (photograph(invent(rng, 3), rng) for rng in (np.random.default_rng(5), np.random.default_rng(5)))
    assert first.tobytes() == second.tobytes()
    assert photograph(invent(np.random.default_rng(5), 3), np.random.default_rng(6)).tobytes() != first.tobytes()


def test_pictures_of_a_creature_come_in_every_shape() -> None:
    rng = np.random.default_rng(0)
    assert {photograph(PLAIN, rng).size for _ in range(40)} == set(SHAPES)


@pytest.mark.parametrize("body", BODIES)
def test_the_skin_is_on_the_picture(body: str) -> None:
    """A part of the picture is red, whatever light falls on it; no background is that red."""
    creature = Creature(body, "plain", 0, PLAIN.skin, PLAIN.mark)
    pixels = np.asarray(photograph(creature, np.random.default_rng(1))).astype(int)
    red = (pixels[..., 0] > 130) & (pixels[..., 1] < 80) & (pixels[..., 2] < 80)
    assert 0.03 < red.mean() < 0.6


def test_neighbours_in_a_set_differ_in_body_and_hue() -> None:
    rng = np.random.default_rng(0)
    some = [invent(rng, n) for n in range(10)]
    assert all(a.body != b.body for a, b in itertools.pairwise(some))
    assert len({c.skin for c in some}) == 10

import numpy as np

from backend.episodes.glyphs import curve, draw, invent


def test_the_same_seed_draws_the_same_character() -> None:
    a, b = (draw(invent(np.random.default_rng(3)), np.random.default_rng(4)) for _ in range(2))
    assert np.array_equal(a, b)


def test_two_drawings_of_a_character_differ() -> None:
    rng = np.random.default_rng(0)
    glyph = invent(rng)
    assert not np.array_equal(draw(glyph, rng), draw(glyph, rng))


def test_drawings_are_black_on_white_and_stay_inside() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        drawing = draw(invent(rng), rng)
        assert drawing.shape == (105, 105)
        assert drawing.min() == 0
        assert 0.01 < (drawing < 128).mean() < 0.3
        border = np.concatenate([drawing[0], drawing[-1], drawing[:, 0], drawing[:, -1]])
        assert (border > 128).mean() > 0.9


def test_a_bezier_curve_of_points_on_a_line_is_that_line() -> None:
    control = np.array([[0.0, 0.0], [1 / 3, 1 / 3], [2 / 3, 2 / 3], [1.0, 1.0]])
    points = curve(control)
    assert np.allclose(points[:, 0], points[:, 1])
    assert np.allclose(points[0], 0)
    assert np.allclose(points[-1], 1)

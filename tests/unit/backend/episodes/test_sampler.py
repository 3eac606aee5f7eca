import pytest
import torch

from backend.episodes.sampler import EpisodeSampler, generator_for
from backend.errors import RequestError

MEMBERS = [torch.arange(c * 10, c * 10 + 6) for c in range(6)]
GROUPS = torch.tensor([0, 0, 0, 1, 1, 2])
NAMES = [f"class{c}" for c in range(6)]


def sampler(way: int = 3, shot: int = 2, queries: int = 3, within_group: bool = False) -> EpisodeSampler:
    return EpisodeSampler(MEMBERS, GROUPS, way, shot, queries, NAMES, within_group)


def test_support_and_queries_are_disjoint_and_of_their_class() -> None:
    for number in range(50):
        episode = sampler().draw(generator_for(0, number))
        assert episode.support.shape == (3, 2)
        assert episode.queries.shape == (3, 3)
        chosen = torch.cat([episode.support, episode.queries], 1)
        assert all(len(set(row)) == 5 for row in chosen.tolist())
        assert torch.equal(chosen // 10, episode.classes[:, None].expand(-1, 5))
        assert len(set(episode.classes.tolist())) == 3


def test_an_episode_depends_on_seed_and_number_alone() -> None:
    in_order = [sampler().draw(generator_for(7, n)).support for n in range(5)]
    assert torch.equal(sampler().draw(generator_for(7, 3)).support, in_order[3])
    assert not torch.equal(sampler().draw(generator_for(8, 3)).support, in_order[3])


def test_within_group_draws_one_group_that_is_large_enough() -> None:
    for number in range(30):
        classes = sampler(way=2, within_group=True).draw(generator_for(1, number)).classes
        assert len(GROUPS[classes].unique()) == 1
        assert 5 not in classes.tolist()


def test_every_class_is_drawn_sooner_or_later() -> None:
    seen = {c for n in range(60) for c in sampler().draw(generator_for(0, n)).classes.tolist()}
    assert seen == set(range(6))


@pytest.mark.parametrize(
    ("way", "shot", "queries", "within", "words"),
    [(7, 2, 3, False, "7 ways"), (3, 4, 3, False, "class0"), (4, 2, 3, True, "parent folder")],
)
def test_too_little_data_is_named(way: int, shot: int, queries: int, within: bool, words: str) -> None:
    with pytest.raises(RequestError, match=words):
        sampler(way, shot, queries, within)

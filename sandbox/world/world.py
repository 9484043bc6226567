"""The simulated world as one value: its seed, its places, and chance that repeats."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sandbox.world.draws import Noise
from sandbox.world.places import Place, load_places


@dataclass(frozen=True)
class World:
    seed: int
    places: tuple[Place, ...]
    noise: Noise = field(repr=False)


def build_world(seed: int, *, place_count: int | None = None) -> World:
    """The whole world, or a small one of `place_count` places spread over as many cities as it can."""
    places = load_places()
    chosen = places if place_count is None else tuple(_one_per_city_first(places)[:place_count])
    return World(seed=seed, places=chosen, noise=Noise(seed))


def _one_per_city_first(places: Sequence[Place]) -> list[Place]:
    """First the first place of each city, then the second of each, and so on; countries take turns in file order."""
    rounds: list[tuple[int, int, Place]] = []
    for position, (_, group) in enumerate(groupby(places, key=lambda place: place.city.key)):
        rounds += [(rank, position, place) for rank, place in enumerate(group)]
    return [place for _, _, place in sorted(rounds, key=lambda item: item[:2])]

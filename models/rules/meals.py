"""Meals out of foods: the fewest usual portions that reach an amount of carbohydrate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

CLOSE = 0.08  # [E] a meal within this share of what was wanted is as good as exact
CLOSE_G = 6.0  # [E]
AT_ONCE = 1.5  # [E] a late meal does not make up for more than half of one before


@dataclass(frozen=True)
class Offer:
    """A food for a meal: g of carbohydrate and fibre in a portion, and the most portions."""

    food: str
    carb: float
    fibre: float
    most: int


@dataclass(frozen=True)
class MealPlan:
    """A meal of the day: its share of it, one main dish of several, and what goes with it."""

    id: str
    share: float
    main: tuple[Offer, ...]
    more: tuple[Offer, ...]


Portions = tuple[tuple[str, int], ...]


def choose(wanted_g: float, meal: MealPlan) -> Portions:
    """Return the fewest portions near `wanted_g` (0-1000 g), else the nearest.

    A meal that has main dishes begins with one; among equals the one with less fibre is taken.
    """
    if not 0 <= wanted_g <= 1000:
        raise ValueError(f"a meal of {wanted_g} g")
    best = min(_combinations(meal), key=lambda taken: _rank(taken, wanted_g, meal.main))
    return tuple((offer.food, count) for offer, count in best if count)


def day(target_g: float, meals: Sequence[MealPlan]) -> tuple[Portions, ...]:
    """Return a day of meals for `target_g`; what one meal leaves open the later ones take up."""
    carbs = {offer.food: offer.carb for meal in meals for offer in (*meal.main, *meal.more)}
    chosen: list[Portions] = []
    left, share = target_g, sum(meal.share for meal in meals)
    for meal in meals:
        taken = choose(max(left, 0.0) * meal.share / share, meal)
        chosen.append(taken)
        left -= sum(carbs[food] * count for food, count in taken)
        share -= meal.share
    return tuple(chosen)


def wanted_now(rest_g: float, target_g: float, meals: Sequence[MealPlan], index: int) -> float:
    """Return g for the meal at `index`: its part of the rest, and never far above its share."""
    still = sum(meal.share for meal in meals[index:])
    part = max(rest_g, 0.0) * meals[index].share / still
    return min(part, AT_ONCE * meals[index].share * target_g)


Taken = tuple[tuple[Offer, int], ...]


def _combinations(meal: MealPlan) -> Iterator[Taken]:
    """Yield every choice of at most one main dish and some of the rest."""
    mains: list[Taken] = [()]
    mains += [((offer, count),) for offer in meal.main for count in range(1, offer.most + 1)]
    counts = [range(offer.most + 1) for offer in meal.more]
    for main, numbers in product(mains, product(*counts)):
        yield main + tuple(zip(meal.more, numbers, strict=True))


def _rank(taken: Taken, wanted_g: float, main: tuple[Offer, ...]) -> tuple[float, ...]:
    off = abs(sum(offer.carb * count for offer, count in taken) - wanted_g)
    fibre = sum(offer.fibre * count for offer, count in taken)
    if off <= max(CLOSE * wanted_g, CLOSE_G):
        bare = bool(main) and not any(count and offer in main for offer, count in taken)
        return (0, bare, sum(count for _, count in taken), fibre, off)
    return (1, off, fibre)

"""What an answer says, so that it can be compared: numbers, dates, names and places as facts.

A *part* is a set of facts ("n:49", "soldier", "of:AM"); a *value* is the set of its parts. One part
says what another says when it has all of its facts: "Vladimir Putin" says "Putin", "27 September
2020" says "27 September", "49 tentara" says "49 orang".
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations
from typing import TypeAlias

Part: TypeAlias = frozenset[str]
Value: TypeAlias = frozenset[Part]
"""Never empty, and no part of it is."""
PARTS_MAX = 4
"""How many parts are compared one by one."""


def says(value: Value, other: Value) -> bool:
    """Whether ``value`` states all that ``other`` states, each part by a part of its own.

    Values of more than ``PARTS_MAX`` parts say nothing but themselves.
    """
    if value == other or len(value) != len(other) or len(value) > PARTS_MAX:
        return value == other
    return any(
        all(part <= fuller for part, fuller in zip(other, order, strict=True))
        for order in permutations(value)
    )


def groups(values: Iterable[Value]) -> dict[Value, Value]:
    """For every value the one that it is grouped with: the fullest one that says it.

    A value that several fuller ones say, which do not say each other, stands alone: "27 September"
    beside both 27 September 2020 and 27 September 2021. The order of ``values`` has no influence.
    """
    distinct = set(values)
    heads: dict[Value, Value] = {}
    for value in distinct:
        fuller = [other for other in distinct if other != value and says(other, value)]
        fullest = [one for one in fuller if not any(says(o, one) for o in fuller if o != one)]
        heads[value] = fullest[0] if len(fullest) == 1 else value
    return heads

"""Groups that grow by joining, keep the reason of every join, and respect pairs that must stay apart."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from communique.model.record import Merged

#: Rule of what a person put together.
DECISION = "decision"


def by_group(reasons: Iterable[Merged], group_of: Mapping[str, str]) -> dict[str, tuple[Merged, ...]]:
    """The reasons that hold each group together, sorted; `group_of` gives the group of every mention."""
    out: dict[str, list[Merged]] = {}
    for reason in reasons:
        out.setdefault(group_of[reason.one], []).append(reason)
    return {group: tuple(sorted(found)) for group, found in out.items()}


class Groups:
    """A partition of keys. The smallest key of a group stands for it: the order of joins leaves no trace in names."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Every key begins as a group of its own."""
        self._parent = {key: key for key in keys}
        self._members = {key: [key] for key in self._parent}
        self._apart: dict[str, set[str]] = {}
        self.reasons: list[Merged] = []

    def __contains__(self, key: str) -> bool:
        """Whether the key is in the partition."""
        return key in self._parent

    def root(self, key: str) -> str:
        """The key that stands for the group of a key."""
        while (above := self._parent[key]) != key:
            self._parent[key] = key = self._parent[above]
        return key

    def members(self, key: str) -> tuple[str, ...]:
        """The keys of the group of a key, sorted."""
        return tuple(sorted(self._members[self.root(key)]))

    def keep_apart(self, one: str, other: str) -> None:
        """Forbid that two groups ever join; groups that are one already stay one."""
        a, b = self.root(one), self.root(other)
        if a != b:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def join(self, one: str, other: str, rule: str, detail: str = "") -> bool:
        """Make two groups one; False where they must stay apart or are one already."""
        a, b = sorted((self.root(one), self.root(other)))
        if a == b or b in self._apart.get(a, ()):
            return False
        self._parent[b] = a
        self._members[a] += self._members.pop(b)
        for far in self._apart.pop(b, set()):
            self._apart[far].discard(b)
            self._apart[far].add(a)
            self._apart.setdefault(a, set()).add(far)
        self.reasons.append(Merged(one, other, rule, detail))
        return True

    def rule(self, rulings: Iterable[tuple[bool, Sequence[str]]]) -> None:
        """Carry out what people decided, the first ruling before the next: whether keys are one, and which.

        Keys that are not in the partition are passed over.
        """
        for together, keys in rulings:
            for one, other in itertools.pairwise(k for k in keys if k in self):
                if together:
                    self.join(one, other, DECISION)
                else:
                    self.keep_apart(one, other)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """The groups, each sorted, in the order of the keys that stand for them."""
        for root in sorted(self._members):
            yield tuple(sorted(self._members[root]))

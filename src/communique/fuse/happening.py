"""An event together with what it was made of."""

import msgspec

from communique.fuse.merging import Cluster
from communique.fuse.times import Dated
from communique.model.record import Event


class Happening(msgspec.Struct, frozen=True):
    """An event with the tellings and dates it was made of: what the steps after this one need."""

    event: Event
    cluster: Cluster
    dates: tuple[Dated, ...]

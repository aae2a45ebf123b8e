"""The account: its balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.client.flows import call
from kie.errors import UnexpectedReply
from kie.money import credits_of
from kie.wire.build import Request
from kie.wire.envelope import failure

if TYPE_CHECKING:
    from decimal import Decimal

    from kie.client.core import Core
    from kie.client.effects import Flow

__all__ = ["read_credits"]


def read_credits(core: Core) -> Flow[Decimal]:
    """Ask for the balance.

    Raises:
        KieError: of the kind that the answer stands for.

    """
    way = core.catalogue.dialect("credits").submit
    envelope = yield from call(core, Request(way["method"], way["path"]))
    if not envelope.good:
        raise failure(envelope.code, envelope.message)
    amount = credits_of(envelope.data)
    if amount is None:
        raise UnexpectedReply("The balance is not a number.")
    return amount

"""Signatures by the text of Standard Webhooks: an implementation of its own judges them."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie.errors import InvalidInput
from kie.service.notifications.signing import headers, key_of, new_secret

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The specification's own message, and the signature of it that OpenSSL makes:
#: printf %s 'msg_….1674087231.{…}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:… -binary | base64
MESSAGE = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"
BODY = (
    b'{"type":"contact.created","timestamp":"2022-11-03T20:26:10.344522Z",'
    b'"data":{"id":"1f81eb52-5198-4599-803e-771906343485"}}'
)
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
SIGNATURE = "v1,4PMU5Dl90B4kgwxDpwuMZ/cnZ5ztf+Y+kviYQD66rJg="


def verified(secret: str, head: Mapping[str, str], body: bytes, now: float, tolerance: float = 300.0) -> bool:
    """What a receiver does, written from the specification, with HMAC as RFC 2104 has it."""
    key = binascii.a2b_base64(secret[len("whsec_") :])
    assert 24 <= len(key) <= 64
    if abs(now - int(head["webhook-timestamp"])) > tolerance:
        return False
    signed = b".".join((head["webhook-id"].encode(), head["webhook-timestamp"].encode(), body))
    block = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(each ^ 0x36 for each in block) + signed).digest()
    expected = hashlib.sha256(bytes(each ^ 0x5C for each in block) + inner).digest()
    for part in head["webhook-signature"].split(" "):
        version, _, text = part.partition(",")
        if version == "v1" and base64.b64decode(text, validate=True) == expected:
            return True
    return False


def test_the_example_of_the_specification_as_openssl_signs_it() -> None:
    made = headers([key_of(SECRET)], MESSAGE, 1674087231, BODY)
    assert made == {
        "webhook-id": MESSAGE,
        "webhook-timestamp": "1674087231",
        "webhook-signature": SIGNATURE,
    }


@given(st.binary(max_size=300), st.lists(st.binary(min_size=24, max_size=64), min_size=1, max_size=3, unique=True))
def test_every_secret_that_signs_verifies_and_no_other(body: bytes, keys: list[bytes]) -> None:
    secrets = ["whsec_" + base64.b64encode(key).decode() for key in keys]
    made = headers(map(key_of, secrets), "msg_1", 1_790_000_000, body)
    for secret in secrets:
        assert verified(secret, made, body, 1_790_000_000.5)
        assert not verified(secret, made, body + b" ", 1_790_000_000.5)
        assert not verified(secret, made | {"webhook-id": "msg_2"}, body, 1_790_000_000.5)
        assert not verified(secret, made | {"webhook-timestamp": "1790000001"}, body, 1_790_000_000.5)
        assert not verified(secret, made, body, 1_790_000_400)
    assert not verified(new_secret(), made, body, 1_790_000_000.5)


def test_secrets_are_made_long_enough_and_never_twice() -> None:
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert {len(key_of(secret)) for secret in made} == {32}


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "whsec_",
        base64.b64encode(bytes(32)).decode(),
        "whsec_" + base64.b64encode(bytes(23)).decode(),
        "whsec_" + base64.b64encode(bytes(65)).decode(),
        "whsec_" + base64.b64encode(bytes(32)).decode() + " ",
        "whsec_" + base64.urlsafe_b64encode(b"\xff" * 32).decode(),
        "whsk_" + base64.b64encode(bytes(32)).decode(),
        "whsec_é" + base64.b64encode(bytes(32)).decode(),
    ],
)
def test_what_is_no_secret_is_refused_without_repeating_it(secret: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        key_of(secret)
    assert refused.value.field == "secret"
    assert len(secret) < 10 or secret not in str(refused.value)

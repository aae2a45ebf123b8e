"""What may be set of an account: judged, sealed, and put into columns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from kie.client.settings import Settings
from kie.errors import InvalidInput
from kie.service.accounts.sealing import place
from kie.service.amounts import to_units
from kie.service.claims import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from typing import Final

    from kie.client.core import Core
    from kie.service.accounts.sealing import Sealed, Sealer

__all__ = ["KINDS", "LIMITS", "Changes", "columns_of", "key_columns", "settings_of"]

#: What an account may have until its owner says otherwise: 20 new tasks in any 10 s, and 100 at once, which is what the
#: vendor promises to everyone (contract of 2026-10-07, section 5); more is agreed with it by plan.
LIMITS = Limits(20, 10.0, 100)
#: Kinds of default models, and of what kind the catalogue must know them.
KINDS = {"image": ("image",), "video": ("video",), "speech": ("audio",), "sound": ("audio",), "music": ("music",)}
#: A key of fewer letters than this shows none of them.
_LONG, _SHOWN = 16, 4
_DAY = 86400.0


class _Unset:
    """Stands for what is not to be changed."""


UNSET: Final = _Unset()


class Changes(NamedTuple):
    """What is set of an account; what is left out stays as it is.

    Attributes:
        base_url: the API's address; None for that of the environment.
        upload_url: the upload host's; None for the API's own, as for a client.
        rate: how many new tasks in any so many seconds the vendor takes with this key.
        concurrency: how many tasks may be under way at once; None for any number.
        models: the default models by kind (see ``KINDS``), by any name of theirs; replaces all of them.
        callback: where the vendor's callbacks for this account reach us; None for where all others do.
        webhook_secret: with which the vendor signs its callbacks; it is sealed. None for none.
        alert_below: credits below which the balance is told; None for never.

    """

    base_url: str | _Unset | None = UNSET
    upload_url: str | _Unset | None = UNSET
    rate: tuple[int, float] | _Unset = UNSET
    concurrency: int | _Unset | None = UNSET
    models: Mapping[str, str] | _Unset = UNSET
    callback: str | _Unset | None = UNSET
    webhook_secret: str | _Unset | None = UNSET
    alert_below: Decimal | int | str | _Unset | None = UNSET


def settings_of(core: Core, key: str, given: Changes) -> Settings:
    """Judge a key and addresses as a client does."""
    own = core.settings
    base = None if isinstance(given.base_url, _Unset) else given.base_url
    upload = None if isinstance(given.upload_url, _Unset) else given.upload_url
    return Settings.gather(
        api_key=key,
        base_url=base or own.base_url,
        upload_url=upload or (None if base else own.upload_url),
        timeout=own.timeout,
        retries=0,
        pace=own.pace,
        poll=None,
    )


def key_columns(core: Core, sealer: Sealer, name: str, key: str, given: Changes) -> dict[str, Any]:
    """Judge a key as a client does, and seal it.

    Raises:
        AuthenticationError: it holds characters that no key has, or there is no master key to seal it.

    """
    plain = settings_of(core, key, given).api_key
    sealed = sealer.seal(place("account", name, "sealed"), plain.encode())
    hint = plain[-_SHOWN:] if len(plain) >= _LONG else ""
    return {"key_id": sealed.key_id, "sealed": sealed.blob, "hint": hint}


def columns_of(core: Core, sealer: Sealer, name: str, given: Changes) -> dict[str, Any]:
    """Return what is set, judged, as columns.

    Raises:
        InvalidInput: a value is none.
        MasterKeyMissing: a secret cannot be sealed.

    """
    columns: dict[str, Any] = {}
    settings = settings_of(core, "-", given)  # the addresses alone
    if not isinstance(given.base_url, _Unset):
        columns["base_url"] = settings.base_url if given.base_url else None
        columns["upload_url"] = settings.upload_url if given.base_url else None
    if not isinstance(given.upload_url, _Unset) and given.upload_url:
        columns["upload_url"] = settings.upload_url
    if not isinstance(given.rate, _Unset):
        columns |= _rate(*given.rate)
    if not isinstance(given.concurrency, _Unset):
        columns["concurrency"] = _concurrency(given.concurrency)
    if not isinstance(given.models, _Unset):
        columns["models"] = json.dumps({kind: _model(core, kind, model) for kind, model in given.models.items()})
    if not isinstance(given.callback, _Unset):
        columns["callback"] = _callback(given.callback)
    if not isinstance(given.webhook_secret, _Unset):
        hook: Sealed | None = None
        if given.webhook_secret:
            hook = sealer.seal(place("account", name, "hook_sealed"), given.webhook_secret.encode())
        columns |= {"hook_key_id": hook and hook.key_id, "hook_sealed": hook and hook.blob}
    if not isinstance(given.alert_below, _Unset):
        columns |= {"alert_below": _amount(given.alert_below), "below": 0, "check_at": 0.0}
    return columns


def _model(core: Core, kind: str, name: str) -> str:
    """Return the id of a model, which must make what it is to be the default for."""
    if kind not in KINDS:
        raise InvalidInput(f"There are no default models for {kind!r}: {', '.join(KINDS)}.", field="models")
    model = core.catalogue.resolve(name).model
    if model.kind not in KINDS[kind]:
        raise InvalidInput(f"{model.id} makes {model.kind}, not {kind}.", field="models", model=model.id)
    return model.id


def _rate(creates: int, window: float) -> dict[str, Any]:
    if creates < 1 or not 0 < window <= _DAY:
        raise InvalidInput("A limit is at least 1 new task, in more than 0 and at most 86400 seconds.", field="rate")
    return {"creates": creates, "span": window}


def _concurrency(most: int | None) -> int | None:
    if most is not None and most < 1:
        raise InvalidInput("At least 1 task must be allowed at once.", field="concurrency")
    return most


def _callback(value: str | None) -> str | None:
    if not value:
        return None
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in value and not parts.query
        usable = usable and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise InvalidInput("The callback base is none: an http(s) address is needed.", field="callback")
    return value.rstrip("/")


def _amount(value: Decimal | int | str | None) -> int | None:
    if value is None:
        return None
    from decimal import Decimal, InvalidOperation

    try:
        amount = Decimal(value)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise InvalidInput(f"alert_below is {value!r}: credits from 0 are needed.", field="alert_below")
    return to_units(amount)

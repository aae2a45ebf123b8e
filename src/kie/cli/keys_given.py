"""What is set of an account, as it was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kie.cli.lang import t
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kie.service.accounts.changes import Changes

__all__ = ["changes_of"]

_NONE = "none"
_LIMIT = re.compile(r"([0-9]{1,6})/([0-9]{1,5}(?:\.[0-9]+)?)")


def changes_of(
    *,
    address: str | None,
    upload: str | None,
    limit: str | None,
    concurrency: str | None,
    models: Iterable[str],
    callback: str | None,
    alert_below: str | None,
    hook: str | None,
) -> Changes:
    """Return what was typed; what was not stays as it is, and ``none`` takes away.

    Raises:
        InvalidInput: a word is none.

    """
    from kie.service.accounts.changes import Changes

    given: dict[str, Any] = {
        name: None if value == _NONE else value
        for name, value in (
            ("base_url", address),
            ("upload_url", upload),
            ("callback", callback),
            ("alert_below", alert_below),
            ("webhook_secret", hook),
        )
        if value is not None
    }
    if limit is not None:
        found = _LIMIT.fullmatch(limit)
        if found is None:
            raise InvalidInput(t("keys.no-limit", value=limit), field="--limit")
        given["rate"] = (int(found[1]), float(found[2]))
    if concurrency is not None:
        if concurrency != _NONE and not concurrency.isdecimal():
            raise InvalidInput(t("keys.no-concurrency", value=concurrency), field="--concurrency")
        given["concurrency"] = None if concurrency == _NONE else int(concurrency)
    words = list(models)
    if words:
        pairs = [word.partition("=") for word in words if word != _NONE]
        for kind, equals, model in pairs:
            if not (kind and equals and model):
                raise InvalidInput(t("keys.no-model", value=kind + equals + model), field="--model")
        given["models"] = {kind: model for kind, _, model in pairs}
    return Changes(**given)

"""Requests out of (model, input): what is sent, where, in which form. No socket, no host, no key."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.catalogue.model import Model

__all__ = ["CALLBACK_FIELDS", "NO_CALLBACK", "Request", "build", "build_query", "path_of"]

#: Sent where a legacy endpoint refuses a request without a callback address and the user gave none. The top-level name
#: is reserved (RFC 2606): it never resolves, so nobody receives the user's results.
NO_CALLBACK = "https://callback.invalid/kie"

#: Names under which a callback address may stand among the inputs, as the vendor's own examples have it.
CALLBACK_FIELDS = ("callBackUrl", "callbackUrl", "calBackUrl", "callback_url")


class Request(NamedTuple):
    """A request to kie.ai, independent of host and transport.

    Attributes:
        method: GET or POST.
        path: path below the host.
        host: "api" or "upload".
        query: query parameters.
        body: the JSON body, or None.
        creates: whether it creates something that costs money, and so must not be sent twice.

    """

    method: str
    path: str
    host: str = "api"
    query: Mapping[str, str] = MappingProxyType({})
    body: Any = None
    creates: bool = False


def path_of(template: str, model: Model) -> str:
    """Fill the model's names into a path."""
    if "{" not in template:
        return template
    from urllib.parse import quote

    service = model.wire_id.removeprefix("service/")
    return template.replace("{service}", quote(service, safe="/")).replace("{model}", quote(model.wire_id, safe=""))


def build(model: Model, inputs: Mapping[str, Any], *, callback_url: str | None = None) -> Request:
    """Make the request that creates a task.

    Args:
        model: the model.
        inputs: the prepared input, native names.
        callback_url: where kie.ai posts the outcome, or None.

    """
    way = model.submit
    form = way["body"]
    path = path_of(way["path"], model)
    host = way.get("host", "api")
    shape = model.dialect.shape
    creates = not way.get("free") and (shape in ("task", "follow-up") or way["method"] == "POST")
    if form == "query":
        params = {name: _plain(value) for name, value in inputs.items()}
        return Request(way["method"], path, host, query=params, creates=creates)
    if form == "none":
        return Request(way["method"], path, host)
    callback = callback_url or (NO_CALLBACK if way.get("callback_required") else None)
    body: dict[str, Any]
    if form == "model-input":
        body = {"model": model.wire_id}
        if callback:
            body[way["callback"]] = callback
        body["input"] = dict(inputs)
    else:
        body = dict(inputs)
        if callback and way.get("callback"):
            body[way["callback"]] = callback
    return Request(way["method"], path, host, body=body, creates=creates)


def build_query(model: Model, task_id: str, inputs: Mapping[str, Any] | None = None) -> Request | None:
    """Make the request that asks for a task; None where the dialect has no such thing.

    Args:
        model: the model that made the task.
        task_id: the task.
        inputs: what a follow-up was asked with (its index); other dialects do not need it.

    """
    way = model.dialect.query
    if way is None:
        return None
    path = path_of(way["path"], model)
    params: dict[str, Any] = {way["param"]: task_id}
    if way.get("body"):
        params = {**(inputs or {}), **params}
    if way["method"] == "POST":
        return Request("POST", path, body=params)
    return Request(way["method"], path, query={name: _plain(value) for name, value in params.items()})


def _plain(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)

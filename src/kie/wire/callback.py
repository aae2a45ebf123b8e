"""Callbacks: what the vendor posts, read for all families at once, and the signature that says who posted.

kie.ai signs ``taskId.timestamp`` and not the body (document "webhook verification", 2026-04-29), so whatever a callback
says is a hint: ask the record with your own key before you believe it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from kie.errors import KieError, WebhookInvalid
from kie.money import credits_of
from kie.wire.envelope import code_text, parse_json
from kie.wire.paths import compile_path, first_text, first_value, links
from kie.wire.state import CallbackHint, State, TaskError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["TOLERANCE", "read_callback", "sign", "verify_signature"]

#: Seconds that a signature's time may differ from ours. The vendor names no window; five minutes are customary.
TOLERANCE = 300.0


def _all(*paths: str) -> tuple[Any, ...]:
    return tuple(compile_path(path) for path in paths)


_TASK = _all("data.taskId", "data.task_id", "taskId", "task_id", "data.recordId")
_MODEL = _all("data.model")
_STAGE = _all("data.callbackType")
_WORD = _all("data.state", "data.status", "data.successFlag")
_CREDITS = _all("data.creditsConsumed", "data.consumeCredits")
_OUTPUTS = _all(
    "data.resultJson.resultUrls[]",
    "data.info.resultUrls[]",
    "data.info.result_urls[]",
    "data.info.resultImageUrl",
    "data.data[].audio_url",
    "data.data[].audioUrl",
    "data.video_url",
    "data.result_video_url",
    "data.audioWavUrl",
    "data.audio_wav_url",
    "data.vocal_separation_info.(vocal|instrumental|backing_vocals|drums|bass|guitar|piano|keyboard|percussion|strings|synth|fx|brass|woodwinds)_url",
    "data.images[]",
    "data.resultUrls[]",
    "data.response.resultUrls[]",
    "data.resultJson.**",
)
_CODE = _all("data.failCode", "data.errorCode")
_MESSAGE = _all("data.failMsg", "data.errorMessage", "data.error", "msg", "message")
_WORDS: dict[str, State] = {
    **dict.fromkeys(("success", "succeeded", "complete", "1", "wait_validating"), "succeeded"),
    **dict.fromkeys(("fail", "failed", "error", "processing_validate_fail", "3"), "failed"),
    **dict.fromkeys(("waiting", "queuing", "wait_processing"), "queued"),
    **dict.fromkeys(("generating", "processing_validate", "running"), "running"),
}
_STAGES: dict[str, State] = {
    "text": "running",
    "first": "running",
    "complete": "succeeded",
    "error": "failed",
}


def read_callback(body: bytes | str | Mapping[str, Any]) -> CallbackHint:
    """Read the body of a callback of any family.

    Args:
        body: the body as it came, or parsed.

    Raises:
        WebhookInvalid: it is not a JSON object.

    """
    parsed: Any = body
    if isinstance(body, (bytes, bytearray, str)):
        try:
            parsed = parse_json(body.encode("utf-8", "surrogatepass") if isinstance(body, str) else bytes(body))
        except KieError:
            raise WebhookInvalid("The callback's body is not JSON.") from None
    if not isinstance(parsed, dict):
        raise WebhookInvalid("The callback's body is not a JSON object.")
    code = code_text(parsed.get("code")) or None
    stage = first_text(_STAGE, parsed)
    word = (first_text(_WORD, parsed) or "").lower()
    state: State = _STAGES.get(stage or "") or _WORDS.get(word) or ("succeeded" if code in (None, "200") else "failed")
    if code not in (None, "200") and state == "succeeded":
        state = "failed"
    error = None
    if state == "failed":
        told = first_text(_CODE, parsed) or code or ""
        error = TaskError("" if told == "200" else told, first_text(_MESSAGE, parsed) or "")
    return CallbackHint(
        task_id=first_text(_TASK, parsed),
        state=state,
        stage=stage,
        outputs=links(_OUTPUTS, parsed) if state != "failed" else (),
        error=error,
        credits=credits_of(first_value(_CREDITS, parsed)),
        model=first_text(_MODEL, parsed),
        code=code,
        raw=parsed,
    )


def sign(task_id: str, timestamp: int | str, secret: str) -> str:
    """Return the signature of a callback: base64 of HMAC-SHA256 over ``taskId.timestamp``."""
    digest = hmac.new(secret.encode(), f"{task_id}.{timestamp}".encode("utf-8", "surrogatepass"), hashlib.sha256)
    return base64.b64encode(digest.digest()).decode()


def verify_signature(
    headers: Mapping[str, str], task_id: str | None, secret: str, *, now: float, tolerance: float = TOLERANCE
) -> None:
    """Check a callback's signature, in constant time.

    Args:
        headers: the request's headers, any case.
        task_id: the task that the body names.
        secret: the webhook key of the account; an empty one is refused, never accepted.
        now: Unix time in seconds.
        tolerance: seconds that the signature's time may differ from ``now``.

    Raises:
        WebhookInvalid: no key, no signature, a wrong one, or one that is too old or from the future.

    """
    if not secret:
        raise WebhookInvalid(
            "There is no webhook key, so no callback can be trusted.",
            hint="Set KIE_WEBHOOK_SECRET to the key of kie.ai/settings.",
        )
    lower = {str(name).lower(): value for name, value in headers.items()}
    stamp, given = lower.get("x-webhook-timestamp", ""), lower.get("x-webhook-signature", "")
    if not stamp or not given or not task_id:
        raise WebhookInvalid("The callback is not signed.", task_id=task_id)
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):  # noqa: PLR2004 - seconds, not an attack on int()
        raise WebhookInvalid("The callback's timestamp is not a number of seconds.", task_id=task_id)
    expected = sign(task_id, stamp, secret)
    if not hmac.compare_digest(expected.encode(), given.strip().encode("utf-8", "surrogatepass")):
        raise WebhookInvalid("The callback's signature is wrong.", task_id=task_id)
    if abs(now - int(stamp)) > tolerance:
        raise WebhookInvalid(
            f"The callback's signature is {now - int(stamp):.0f} s away from now; {tolerance:.0f} s are allowed.",
            task_id=task_id,
        )

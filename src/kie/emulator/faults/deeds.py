"""What can go wrong where: the stages of a request's way, and the deeds that a fault may do at each."""

from __future__ import annotations

#: Where a fault may strike: a task's creation, a question, a file, a call back, an upload, a chat.
STAGES = ("create", "poll", "media", "callback", "upload", "chat")

#: Codes that answer in place of the vendor's machinery; nothing is done.
_USUAL = ("401", "402", "429", "433", "455", "500", "501")
#: Codes that pages list beside these.
_RARE = ("400", "404", "405", "409", "413", "422", "430", "451", "505", "550")
CODES = (*_USUAL, *_RARE)

_WAY = ("delay", "http-502", "reset-before", "reset-after", "truncate", "drip")
_JSON = ("malformed", "null-data", "rename-field", "drop-field")
_REQUEST = (*_WAY, *CODES, *_JSON)

#: The deeds of each stage.
DEEDS: dict[str, tuple[str, ...]] = {
    "create": (*_REQUEST, "fail", "stuck", "slow"),
    "poll": (*_REQUEST, "no-url"),
    "media": (*_WAY, "429", "500", "expired", "wrong-type"),
    "callback": ("drop", "delay", "duplicate", "reorder", "forge", "bad-signature", "malformed"),
    "upload": _REQUEST,
    "chat": _REQUEST,
}

#: What each deed does. Where a deed means two things, the second is that of callbacks.
MEANINGS = {
    "delay": "the answer waits for `seconds` on the wall; a callback for `seconds` of virtual time",
    "401": "the key is refused",
    "402": "credits are short",
    "429": "too many calls, with Retry-After when `retry_after` is given",
    "433": "the cap of a sub-key is reached",
    "455": "maintenance",
    "500": "an internal error",
    "501": "generation failed",
    "400": "the request is bad",
    "404": "nothing is there",
    "405": "the method is not allowed",
    "409": "it exists already",
    "413": "it is too large",
    "422": "a field is wrong",
    "430": "too many calls of lyrics",
    "451": "a file could not be fetched",
    "505": "the feature is disabled",
    "550": "4o Image has no place in its queue",
    "http-502": "a gateway's page in HTML, status 502",
    "reset-before": "the connection is cut before anything is done",
    "reset-after": "everything is done, and the connection is cut before the answer",
    "truncate": "half of the announced body, and the connection is cut",
    "drip": "the body comes in small pieces over `seconds` on the wall",
    "malformed": "a body of broken JSON",
    "null-data": "success without data",
    "rename-field": "the answer's `field` (dotted path) is called `to`; the seed chooses what is not said",
    "drop-field": "the answer lacks `field`, or one that the seed chooses",
    "fail": "the task fails, with `code` and `message` or with one of its family's",
    "stuck": "the task never ends",
    "slow": "the task takes ten times as long, or `seconds` of virtual time",
    "no-url": "the task is done, and its record has no result yet",
    "expired": "the file host says that the link or file is gone",
    "wrong-type": "an HTML page, or a medium of another kind, in place of the file",
    "drop": "the callback is never sent",
    "duplicate": "the callback is sent twice",
    "reorder": "the callback comes after the next one, or after `seconds` of virtual time",
    "forge": "a callback that the vendor never sent comes before the real one",
    "bad-signature": "the callback is signed wrongly, or not at all",
}

#: Deeds upon a task, which its creation only begins.
TASK_DEEDS = ("fail", "stuck", "slow")
#: Deeds upon an answer that is at hand: a request counts for such a rule only where the deed can be done to it.
ANSWER_DEEDS = ("no-url", "rename-field", "drop-field")

#: The options that a deed takes beside those of every rule.
OPTIONS: dict[str, tuple[str, ...]] = {
    "delay": ("seconds",),
    "drip": ("seconds",),
    "reorder": ("seconds",),
    "slow": ("seconds",),
    "no-url": ("seconds",),
    "fail": ("code", "message"),
    "expired": ("status",),
    "wrong-type": ("to",),
    "forge": ("to",),
    "bad-signature": ("to",),
    "rename-field": ("field", "to"),
    "drop-field": ("field",),
    **dict.fromkeys(CODES, ("message", "status", "retry_after")),
    "http-502": ("retry_after",),
}

#: Words that `to` takes, by deed; several are separated by blanks, and what is not said the seed chooses.
WORDS: dict[str, tuple[str, ...]] = {
    "wrong-type": ("html", "image", "video", "audio"),
    "forge": ("real", "invented", "unsigned", "signed"),
    "bad-signature": ("wrong-key", "missing", "garbled", "stale"),
}

#: Seconds where a rule says none.
SECONDS = {"delay": 1.0, "drip": 2.0, "reorder": 60.0}

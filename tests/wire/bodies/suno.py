"""Replies of Suno's own endpoints."""

from __future__ import annotations

from typing import Any

from tests.wire.bodies.families import common
from tests.wire.cases import CDN, Case, bad, envelope, good, song

__all__ = ["CASES"]

A, B, C = (f"{CDN}/{name}" for name in ("a.mp3", "b.mp3", "c.png"))
LINKS = (f"{CDN}/song1.mp3", f"{CDN}/song2.mp3")
EXTRAS = {
    "cover": (f"{CDN}/song1.jpeg", f"{CDN}/song2.jpeg"),
    "stream": (f"{CDN}/song1-stream", f"{CDN}/song2-stream"),
}


def _record(word: Any, key: str = "status", **more: Any) -> dict[str, Any]:
    return {
        "taskId": "t-1",
        "parentMusicId": "",
        "param": '{"prompt": "Rain", "uploadUrl": "https://cdn.example.com/not-a-result.mp3"}',
        "type": "chirp-hawk",
        "operationType": "generate",
        key: word,
        "errorCode": None,
        "errorMessage": None,
        **more,
    }


def _family(dialect: str, key: str, failed: str) -> list[Case]:
    """Return what every Suno family has: failures with a code, a code where nothing failed, codes that fail."""
    told = {"errorCode": 413, "errorMessage": "A known work."}
    return [
        good(dialect, "failed", _record(failed, key, **told), "failed", error=("413", "A known work."), groups=(26,)),
        good(dialect, "failed, code a text", _record(failed, key, errorCode="531"), "failed", error=("531", "")),
        good(dialect, "failed, message only", _record(failed, key, errorMessage="x"), "failed", error=("", "x")),
        *(
            Case(f"failed by the code {n}", dialect, envelope(None, n, "No."), "failed", error=(str(n), "No."))
            for n in (413, 531)
        ),
        *common(dialect),
    ]


def _pending(dialect: str, key: str = "status", word: Any = "PENDING") -> list[Case]:
    told = {"errorCode": 500, "errorMessage": "said too early"}
    return [good(dialect, "an error does not decide", _record(word, key, **told), "queued", error=None)]


SONGS = {"sunoData": [song(1, snake=False), song(2, snake=False)]}

AUDIO = [
    good(
        "suno-audio",
        "first song",
        _record("FIRST_SUCCESS", response={"sunoData": [song(1, snake=False)]}),
        "running",
        outputs=LINKS[:1],
    ),
    good(
        "suno-audio",
        "success",
        _record("SUCCESS", response=SONGS, errorCode=200, creditsConsumed=12),
        "succeeded",
        outputs=LINKS,
        extras=EXTRAS,
        credits="12",
        data=SONGS,
        groups=(26,),
    ),
    good(
        "suno-audio",
        "in snake case",
        _record("SUCCESS", response={"sunoData": [{**song(1, snake=True), "source_audio_url": B}]}),
        "succeeded",
        outputs=LINKS[:1],
        groups=(26,),
    ),
    good(
        "suno-audio",
        "songs under data",
        _record("SUCCESS", response={"data": [song(1, snake=True)]}),
        "succeeded",
        outputs=LINKS[:1],
    ),
    good(
        "suno-audio",
        "the source's link where the copy is missing",
        _record("SUCCESS", response={"sunoData": [{"audioUrl": "", "sourceAudioUrl": A}]}),
        "succeeded",
        outputs=(A,),
    ),
    good(
        "suno-audio",
        "callback lost, songs there",
        _record("CALLBACK_EXCEPTION", response=SONGS),
        "succeeded",
        outputs=LINKS,
        extras=EXTRAS,
        groups=(26,),
    ),
    good(
        "suno-audio", "success, no songs yet", _record("SUCCESS", response={"sunoData": []}), "running", settling=True
    ),
    *_pending("suno-audio"),
    *_family("suno-audio", "status", "GENERATE_AUDIO_FAILED"),
]

LYRICS = [
    good(
        "suno-lyrics",
        "success",
        _record(
            "SUCCESS",
            response={"taskId": "t-1", "data": [{"text": "One", "title": "A"}, {"text": "Two"}]},
            creditsConsumed="0.4",
        ),
        "succeeded",
        text="One",
        texts=("One", "Two"),
        credits="0.4",
        data={"taskId": "t-1", "data": [{"text": "One", "title": "A"}, {"text": "Two"}]},
    ),
    good(
        "suno-lyrics",
        "success, empty texts",
        _record("SUCCESS", response={"data": [{"text": ""}]}),
        "running",
        settling=True,
    ),
    bad("suno-lyrics", "too often, by another code", envelope(None, 430, "Slow down."), "RateLimited", code="430"),
    *_pending("suno-lyrics"),
    *_family("suno-lyrics", "status", "GENERATE_LYRICS_FAILED"),
]

WAV = [
    good(
        "suno-wav",
        "success",
        _record("SUCCESS", "successFlag", response={"audioWavUrl": A}, creditsConsumed=0.4),
        "succeeded",
        outputs=(A,),
        credits="0.4",
        data={"audioWavUrl": A},
        groups=(26,),
    ),
    good("suno-wav", "in snake case", _record("SUCCESS", response={"audio_wav_url": A}), "succeeded", outputs=(A,)),
    bad("suno-wav", "made before", envelope(None, 409, "WAV record already exists"), "InvalidInput", code="409"),
    *_pending("suno-wav", "successFlag"),
    *_family("suno-wav", "successFlag", "GENERATE_WAV_FAILED"),
]

MP4 = [
    good(
        "suno-mp4",
        "success",
        _record("SUCCESS", "successFlag", response={"videoUrl": A}, creditsConsumed=2),
        "succeeded",
        outputs=(A,),
        credits="2",
        data={"videoUrl": A},
        groups=(26,),
    ),
    good("suno-mp4", "in snake case", _record("SUCCESS", response={"video_url": A}), "succeeded", outputs=(A,)),
    *_pending("suno-mp4", "successFlag"),
    *_family("suno-mp4", "successFlag", "GENERATE_MP4_FAILED"),
]

VOCALS = [
    good(
        "suno-vocals",
        "two stems",
        _record(
            "SUCCESS",
            "successFlag",
            response={"id": "", "originUrl": C, "originData": [], "vocalUrl": A, "instrumentalUrl": B, "bassUrl": None},
            creditsConsumed=10,
        ),
        "succeeded",
        outputs=(A, B),
        extras={"original": (C,)},
        credits="10",
        data={"id": "", "originUrl": C, "originData": [], "vocalUrl": A, "instrumentalUrl": B, "bassUrl": None},
        groups=(26,),
    ),
    good(
        "suno-vocals",
        "all stems, and other links",
        _record(
            "SUCCESS",
            "successFlag",
            response={
                **{f"{stem}Url": f"{CDN}/{stem}" for stem in ("vocal", "backingVocals", "drums", "synth")},
                "shareUrl": C,
            },
        ),
        "succeeded",
        outputs=tuple(f"{CDN}/{stem}" for stem in ("vocal", "backingVocals", "drums", "synth")),
        groups=(26,),
    ),
    good(
        "suno-vocals",
        "a list of stems",
        _record("SUCCESS", response={"originData": [{"audio_url": A}, {"audio_url": B}], "shareUrl": C}),
        "succeeded",
        outputs=(A, B),
    ),
    good(
        "suno-vocals",
        "a list of stems in camel case",
        _record("SUCCESS", response={"originData": [{"audioUrl": A}], "shareUrl": C}),
        "succeeded",
        outputs=(A,),
    ),
    good("suno-vocals", "an unknown stem", _record("SUCCESS", response={"kazooUrl": A}), "succeeded", outputs=(A,)),
    *_pending("suno-vocals", "successFlag"),
    *_family("suno-vocals", "successFlag", "GENERATE_AUDIO_FAILED"),
]

NOTES = {"state": "complete", "instruments": [{"name": "Piano", "notes": [{"pitch": 60, "start": "0.1", "end": 0.5}]}]}
MIDI = [
    good(
        "suno-midi",
        "success",
        {"taskId": "t-1", "successFlag": 1, "midiData": NOTES, "errorCode": "", "creditsConsumed": 0},
        "succeeded",
        data=NOTES,
        credits="0",
        groups=(26,),
    ),
    good("suno-midi", "success without notes: wait on", {"successFlag": 1, "midiData": None}, "running", settling=True),
    *_family("suno-midi", "successFlag", "3"),
]

COVER = [
    good("suno-cover", "2 is generating", _record(2, "successFlag"), "running", groups=(26,)),
    good(
        "suno-cover",
        "success",
        _record(1, "successFlag", response={"images": [A, B]}, errorCode=200, creditsConsumed=0),
        "succeeded",
        outputs=(A, B),
        credits="0",
        data={"images": [A, B]},
        groups=(26,),
    ),
    bad("suno-cover", "made before", envelope({"taskId": "t-0"}, 409, "exists"), "InvalidInput", code="409"),
    *_pending("suno-cover", "successFlag", 0),
    *_family("suno-cover", "successFlag", "3"),
]

VOICE = [
    good("suno-voice-phrase", "made", {"taskId": "t-1", "status": "wait_processing"}, "queued", groups=(27,)),
    good(
        "suno-voice-phrase",
        "phrase ready",
        {"taskId": "t-1", "status": "wait_validating", "validateInfo": "Seven silver swans", "creditsConsumed": 0},
        "succeeded",
        text="Seven silver swans",
        credits="0",
        data={"taskId": "t-1", "status": "wait_validating", "validateInfo": "Seven silver swans", "creditsConsumed": 0},
        groups=(27,),
    ),
    good(
        "suno-voice-phrase",
        "phrase not there yet",
        {"status": "wait_validating", "validateInfo": None},
        "running",
        settling=True,
    ),
    *_pending("suno-voice-phrase", "status", "wait_processing"),
    *_family("suno-voice-phrase", "status", "processing_validate_fail"),
    good("suno-voice", "phrase asked for", {"taskId": "t-1", "status": "wait_validating"}, "running", groups=(27,)),
    good(
        "suno-voice",
        "ready",
        {"taskId": "t-1", "status": "success", "voiceId": "v-1", "creditsConsumed": 0},
        "succeeded",
        text="v-1",
        credits="0",
        groups=(27,),
    ),
    good(
        "suno-voice",
        "ready, id never filled: the task's own id is the voice",
        {"taskId": "t-1", "status": "success", "voiceId": None},
        "succeeded",
        text=None,
        groups=(27,),
    ),
    *_pending("suno-voice", "status", "wait_processing"),
    *_family("suno-voice", "status", "fail"),
]

RECOVERY = [
    good(
        "suno-recovery",
        "success",
        _record("SUCCESS", response={**SONGS, "shareUrl": C}, creditsConsumed=0),
        "succeeded",
        outputs=LINKS,
        credits="0",
        data={**SONGS, "shareUrl": C},
    ),
    good("suno-recovery", "another key", _record("SUCCESS", response={"song": A}), "succeeded", outputs=(A,)),
    good(
        "suno-recovery",
        "as the market has it",
        _record("SUCCESS", resultJson=f'{{"v":"{A}"}}'),
        "succeeded",
        outputs=(A,),
    ),
    *_pending("suno-recovery"),
    *_family("suno-recovery", "status", "GENERATE_AUDIO_FAILED"),
]

CASES: list[Case] = [*AUDIO, *LYRICS, *WAV, *MP4, *VOCALS, *MIDI, *COVER, *VOICE, *RECOVERY]

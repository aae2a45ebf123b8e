"""Songs and speech through the API, rendered for real: what is told of them is what is heard in them."""

from __future__ import annotations

import base64
import io
import json
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest

from kie.emulator.media.audio import Wave, decoded
from kie.emulator.media.audio_length import length
from kie.emulator.results.songwork import stem_named
from tests.emulator.support import Served

if TYPE_CHECKING:
    from collections.abc import Iterator

LYRICS = "[Verse]\nRain in the morning light\nEvery road comes back to the river\n[Chorus]\nTake me home tonight"
RECORD = "/api/v1/generate/record-info"


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served(renderer=None, workers=0, credits=100000) as one:
        yield one


def run(served: Served, path: str, query: str, body: dict[str, Any]) -> Any:
    answer = served.client.post(path, {"callBackUrl": "https://x.invalid", **body})
    assert answer["code"] == 200, answer
    record: Any = None
    for _ in range(6):
        record = served.client.get(f"{query}?taskId={answer['data']['taskId']}")["data"]
    return record


def fetch(served: Served, url: str) -> bytes:
    answer = served.client.fetch(url)
    assert answer.status == 200
    return answer.data


def market(served: Served, model_: str, **inputs: Any) -> Any:
    task = served.client.create(model_, **inputs)
    record: Any = None
    for _ in range(4):
        record = served.client.record(task)
    assert record["state"] == "success", record
    return json.loads(record["resultJson"])


def upload(served: Served, data: bytes, name: str) -> str:
    body = {"base64Data": base64.b64encode(data).decode(), "uploadPath": "x", "fileName": name}
    return str(served.client.post("/api/file-base64-upload", body)["data"]["downloadUrl"])


@pytest.fixture(scope="module")
def song(served: Served) -> dict[str, Any]:
    body = {"prompt": LYRICS, "style": "pop, 120 bpm", "title": "River", "customMode": True, "instrumental": False}
    record = run(served, "/api/v1/generate", RECORD, {**body, "model": "V5", "duration": 12})
    return {"task": record["taskId"], **record["response"]["sunoData"][0]}


def likeness(one: Wave | None, other: Wave | None, begin: float, end: float) -> float:
    """Return how alike two sounds are between two moments, wherever an encoder's delay has put them."""
    assert one is not None
    assert other is not None
    first, last = int(begin * 44100), int(end * 44100)
    a, b = one[first:last], other[first:last]
    count = min(a.size, b.size)
    product = np.fft.rfft(a[:count], 2 * count) * np.conj(np.fft.rfft(b[:count], 2 * count))
    found = np.fft.irfft(product)
    near = max(float(found[:4000].max()), float(found[-4000:].max()))
    return near / float(np.sqrt((a[:count] ** 2).sum() * (b[:count] ** 2).sum()))


def of(song: dict[str, Any]) -> dict[str, Any]:
    return {"taskId": song["task"], "audioId": song["id"]}


def test_a_song_and_its_stream_are_one_file_of_the_asked_length(served: Served, song: dict[str, Any]) -> None:
    data = fetch(served, song["audioUrl"])
    assert data == fetch(served, song["streamAudioUrl"])
    assert length(data) == pytest.approx(12, abs=0.1)
    assert song["duration"] == 12
    assert song["prompt"] == LYRICS


def test_the_wav_is_the_song(served: Served, song: dict[str, Any]) -> None:
    record = run(served, "/api/v1/wav/generate", "/api/v1/wav/record-info", of(song))
    data = fetch(served, record["response"]["audioWavUrl"])
    assert data[:4] == b"RIFF"
    assert length(data) == pytest.approx(12, abs=0.001)
    one, other = decoded(data, 44100), decoded(fetch(served, song["audioUrl"]), 44100)
    assert likeness(one, other, 0, 11.5) > 0.97


def test_voice_and_band_add_up_to_the_song(served: Served, song: dict[str, Any]) -> None:
    body = {**of(song), "type": "separate_vocal", "stemName": "Lead Vocal"}
    record = run(served, "/api/v1/vocal-removal/generate", "/api/v1/vocal-removal/record-info", body)
    urls = song["audioUrl"], record["response"]["vocalUrl"], record["response"]["instrumentalUrl"]
    whole, voice, band = (decoded(fetch(served, url), 44100) for url in urls)
    assert whole is not None
    assert voice is not None
    assert band is not None
    count = min(whole.size, voice.size, band.size)
    rest = whole[:count] - voice[:count] - band[:count]
    assert np.std(rest) < 0.1 * np.std(whole)
    assert min(np.std(voice), np.std(band)) > 0.1 * np.std(whole)


def test_the_notes_are_those_of_the_song_and_of_its_stems(served: Served, song: dict[str, Any]) -> None:
    body = {**of(song), "type": "split_stem", "stemName": "Lead Vocal"}
    parts = run(served, "/api/v1/vocal-removal/generate", "/api/v1/vocal-removal/record-info", body)
    told = [name for name, url in parts["response"].items() if name.endswith("Url") and url]
    assert len(told) == 12
    whole = run(served, "/api/v1/midi/generate", "/api/v1/midi/record-info", of(song))["midiData"]["instruments"]
    bass = next(one for one in parts["response"]["originData"] if one["stem_type_group_name"] == "Bass")
    body = {"taskId": parts["taskId"], "audioId": bass["id"]}
    alone = run(served, "/api/v1/midi/generate", "/api/v1/midi/record-info", body)["midiData"]["instruments"]
    assert len(alone) == 1
    assert alone[0] in whole
    assert len(whole) > 8
    for one in whole:
        assert all(0 <= note["pitch"] <= 127 and note["start"] < note["end"] <= 12 for note in one["notes"])
    # The bass is heard where its notes are: its file is still before the first and sounds after it.
    sound = decoded(fetch(served, parts["response"]["bassUrl"]), 44100)
    assert sound is not None
    first = alone[0]["notes"][0]["start"]
    assert np.abs(sound[int((first + 0.1) * 44100) : int((first + 0.5) * 44100)]).max() > 0.05
    assert first < 0.3 or np.abs(sound[: int((first - 0.2) * 44100)]).max() < 0.01


def test_the_sung_words_have_their_times(served: Served, song: dict[str, Any]) -> None:
    told = served.client.post("/api/v1/generate/get-timestamped-lyrics", of(song))["data"]
    words = told["alignedWords"]
    assert words[0]["word"] == "[Verse]\nRain"
    assert [word["success"] for word in words].count(True) > 8
    starts = [word["startS"] for word in words]
    assert starts == sorted(starts)
    assert len(told["waveformData"]) == 100
    assert max(told["waveformData"]) == 1


def test_a_video_has_the_sound_of_its_song(served: Served, song: dict[str, Any]) -> None:
    record = run(served, "/api/v1/mp4/generate", "/api/v1/mp4/record-info", of(song))
    data = fetch(served, record["response"]["videoUrl"])
    assert length(data) == pytest.approx(12, abs=0.2)
    one, other = decoded(data, 44100), decoded(fetch(served, song["audioUrl"]), 44100)
    assert likeness(one, other, 1, 9) > 0.9


def test_an_extension_goes_on_from_its_song(served: Served, song: dict[str, Any]) -> None:
    body: dict[str, Any] = {"audioId": song["id"], "defaultParamFlag": True, "prompt": "[Verse]\nNow it is day"}
    body |= {"style": "pop", "title": "Day", "model": "V5"}
    record = run(
        served,
        "/api/v1/generate/extend",
        RECORD,
        {**body, "continueAt": 8, "duration": 10},
    )
    longer = record["response"]["sunoData"][0]
    assert longer["duration"] == 18
    one, other = decoded(fetch(served, longer["audioUrl"]), 44100), decoded(fetch(served, song["audioUrl"]), 44100)
    assert likeness(one, other, 0, 7) > 0.75
    assert likeness(one, other, 9, 11) < 0.6


def test_a_song_that_is_sent_back_is_known(served: Served, song: dict[str, Any]) -> None:
    url = upload(served, fetch(served, song["audioUrl"]), "again.mp3")
    body = {"uploadUrl": url, "prompt": "p", "style": "jazz", "title": "T", "customMode": True, "instrumental": True}
    record = run(served, "/api/v1/generate/upload-cover", RECORD, {**body, "model": "V5", "duration": 12})
    cover = record["response"]["sunoData"][0]
    notes = [
        run(served, "/api/v1/midi/generate", "/api/v1/midi/record-info", {"taskId": task, "audioId": audio})["midiData"]
        for task, audio in ((record["taskId"], cover["id"]), (song["task"], song["id"]))
    ]
    assert notes[0] != notes[1]
    roots = [min(note["pitch"] for note in held["instruments"][0]["notes"]) % 12 for held in notes]
    assert roots[0] == roots[1]


def test_recovery_shows_the_same_songs(served: Served, song: dict[str, Any]) -> None:
    found = market(served, "ai-music-api/suno-recovery-audio", task_id=song["task"])
    assert found["data"][0]["audio_url"] == song["audioUrl"]


@pytest.mark.parametrize(
    ("name", "stem"),
    [("Electric Guitar", "guitar"), ("Kick", "drums"), ("Backing Vocals", "backing_vocals"), ("Synth Bass", "bass")],
)
def test_instruments_are_heard_in_their_stems(name: str, stem: str) -> None:
    assert stem_named(name) == stem


SAID = "Dr. Smith paid $12.50 at 7:30 pm."


@pytest.fixture(scope="module")
def spoken(served: Served) -> str:
    model = "elevenlabs/text-to-speech-multilingual-v2"
    return str(market(served, model, text=SAID, voice="Rachel", speed=1.1)["resultUrls"][0])


def test_a_transcript_is_exact_for_what_was_spoken_here(served: Served, spoken: str) -> None:
    again = upload(served, fetch(served, spoken), "again.mp3")
    for url in (spoken, again):
        told = market(served, "elevenlabs/speech-to-text", audio_url=url)["resultObject"]
        assert told["text"] == SAID
        assert (told["language_code"], told["language_probability"]) == ("eng", 1.0)
        words = [word for word in told["words"] if word["type"] == "word"]
        assert [word["text"] for word in words] == SAID.split()
        assert words[-1]["end"] <= (length(fetch(served, spoken)) or 0)
        assert {word["type"] for word in told["words"]} == {"word", "spacing"}


def test_a_transcript_tells_who_spoke(served: Served) -> None:
    turns = [{"text": "Where to?", "voice": "nPczCjzI2devNBz1zQrb"}, {"text": "Home.", "voice": "FGY2WhTYpPnrIDTdsKH5"}]
    url = market(served, "elevenlabs/text-to-dialogue-v3", dialogue=turns)["resultUrls"][0]
    told = market(served, "elevenlabs/speech-to-text", audio_url=url, diarize=True)["resultObject"]
    assert told["text"] == "Where to? Home."
    speakers = [word["speaker_id"] for word in told["words"] if word["type"] == "word"]
    assert speakers == ["speaker_0", "speaker_0", "speaker_1"]


def test_of_a_foreign_recording_the_words_are_not_made_up(served: Served) -> None:
    for url in ("https://example.com/talk.mp3", upload(served, b"RIFF....", "x.wav")):
        told = market(served, "elevenlabs/speech-to-text", audio_url=url)["resultObject"]
        assert told["text"].startswith("(emulated")
        assert told["language_probability"] == 0
        assert told["words"][0]["type"] == "audio_event"


def test_a_song_is_transcribed_as_it_is_sung(served: Served, song: dict[str, Any]) -> None:
    told = market(served, "elevenlabs/speech-to-text", audio_url=song["audioUrl"])["resultObject"]
    assert told["text"].startswith("Rain in the morning light")


def test_a_voice_that_is_set_free_says_the_same(served: Served, spoken: str) -> None:
    url = market(served, "elevenlabs/audio-isolation", audio_url=spoken)["resultUrls"][0]
    assert length(fetch(served, url)) == pytest.approx(length(fetch(served, spoken)), abs=0.2)
    assert market(served, "elevenlabs/speech-to-text", audio_url=url)["resultObject"]["text"] == SAID


def test_an_avatar_says_all_that_it_is_given(served: Served, spoken: str) -> None:
    face = "https://example.com/face.png"
    url = market(served, "kling/ai-avatar-standard", image_url=face, audio_url=spoken, prompt="p")["resultUrls"][0]
    data = fetch(served, url)
    assert length(data) == pytest.approx(length(fetch(served, spoken)), abs=0.3)
    with av.open(io.BytesIO(data)) as file:
        assert {stream.type for stream in file.streams} == {"video", "audio"}


def test_gemini_speaks_in_turns_as_wav(served: Served) -> None:
    speakers = [{"speaker_id": n, "voice_name": v, "accent": "Neutral"} for n, v in (("A", "Kore"), ("B", "Charon"))]
    turns = [{"speaker_id": "A", "text": "The train is late."}, {"speaker_id": "B", "text": "Then we wait."}]
    found = market(served, "google/gemini-3-1-flash-tts", speakers=speakers, dialogue_turns=turns)
    data = fetch(served, found["resultUrls"][0])
    assert data[:4] == b"RIFF"
    told = market(served, "elevenlabs/speech-to-text", audio_url=found["resultUrls"][0], diarize=True)["resultObject"]
    assert told["text"] == "The train is late. Then we wait."
    assert {word["speaker_id"] for word in told["words"]} == {"speaker_0", "speaker_1"}

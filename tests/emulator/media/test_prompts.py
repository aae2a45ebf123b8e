"""What a prompt is understood as, in several languages, and the words that are to be read in the picture."""

# ruff: noqa: RUF001 - prompts in Russian and Chinese

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from PIL import Image

from kie.emulator.media import MediaSpec, render
from kie.emulator.media.brief import read
from kie.emulator.media.lettering import block, drawable, line
from kie.emulator.media.quotes import unquoted, wanted
from kie.emulator.media.scenes.paint import SCENES, parted

READINGS = [
    ("a cozy living room interior, fireplace", "interior", {}),
    ("Уютная гостиная с камином", "interior", {}),
    ("明亮的厨房", "interior", {}),
    ("a red sports car on a mountain road", "ride", {"setting": "landscape"}),
    ("Красная машина на горной дороге, закат", "ride", {"setting": "landscape", "time": "sunset"}),
    ("红色跑车", "ride", {}),
    ("a horse running in a field", "beast", {"setting": "landscape"}),
    ("слон в саванне", "beast", {}),
    ("海里的鲸", "beast", {}),
    ("логотип кофейни", "graphic", {}),
    ("minimal logo of a fox, orange", "graphic", {"subject": "fox"}),
    ("Кот в шарфе на фоне ночного города", "figure", {"subject": "cat", "setting": "city", "time": "night"}),
    ("一只橙色的猫坐在窗边", "figure", {"subject": "cat"}),
    ("Лес зимой, снег", "landscape", {"weather": "snow"}),
    ("雪山和湖泊，日出", "landscape", {"time": "dawn", "weather": "snow"}),
    ("Море на рассвете, парусник", "sea", {"time": "dawn"}),
    ("夜晚的城市街道，霓虹灯，下雨", "city", {"weather": "rain"}),
    ("宇航员在太空", "figure", {"subject": "astronaut", "setting": "space"}),
    ("Чашка кофе и круассан на столе", "product", {"thing": "brunch"}),
    ("a burger with fries", "product", {"thing": "burger"}),
    ("a glass of orange juice with ice", "product", {"thing": "tumbler"}),
    ("nebula, purple and orange", "space", {}),
    ("туманность в космосе", "space", {}),
]


@pytest.mark.parametrize(("prompt", "scene", "more"), READINGS)
def test_a_prompt_is_understood(prompt: str, scene: str, more: dict[str, str]) -> None:
    brief = read(prompt, 0)
    assert brief.scene == scene
    assert {name: getattr(brief, name) for name in more} == more


@pytest.mark.parametrize(
    "prompt", ["который час", "лестница", "совсем просто", "конец", "осенние листья", "чайка", "китайский фонарь"]
)
def test_a_russian_word_is_not_taken_for_another_that_begins_like_it(prompt: str) -> None:
    texts = {read(prompt, seed).scene for seed in range(6)}
    assert not texts & {"figure", "beast"}


@pytest.mark.parametrize(
    ("prompt", "texts"),
    [
        ('a poster with the text "SUMMER SALE" and "50% off"', ["SUMMER SALE", "50% off"]),
        ("логотип с надписью «КОФЕ»", ["КОФЕ"]),
        ("海报写着「OPEN」", ["OPEN"]),
        ("a shop called Bean House", ["Bean House"]),
        ("it's a dog's life", []),
        ('a woman says "hello"', []),
        ('a sign that says "hello"', ["hello"]),
    ],
)
def test_quoted_words_are_to_be_read(prompt: str, texts: list[str]) -> None:
    assert wanted(prompt) == texts


def test_what_is_to_be_read_is_not_painted() -> None:
    assert "SEA" not in unquoted('a poster that says "SEA"')
    assert read('a shop sign in a city that says "the horse and the car"', 0).scene not in {"beast", "ride"}


@pytest.mark.parametrize("text", ["Bean House", "КОФЕ", "Ёлка и №5", "50% off!", "ÄÖÜ é"])
def test_there_are_letters_for(text: str) -> None:
    mask = line(text, 40)
    assert drawable(text)
    assert mask is not None
    assert 34 <= mask.height <= 80
    assert mask.width > 20 * len(text) * 0.5
    fitted = block(text, 120, 60)
    assert fitted is not None
    assert fitted.width <= 122
    assert fitted.height <= 62


def test_every_russian_letter_has_a_shape_of_its_own() -> None:
    letters = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
    shapes = set()
    for letter in letters:
        mask = line(letter, 40)
        assert mask is not None
        shapes.add((mask.size, mask.tobytes()))
    assert len(shapes) == len(letters) == 33


def picture(prompt: str, **more: Any) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    data = render(MediaSpec("image", "png", prompt=prompt, **{"width": 320, "height": 320, **more}))
    with Image.open(io.BytesIO(data)) as file:
        return np.asarray(file.convert("L"), np.float64)


@pytest.mark.parametrize("words", ["OPEN", "КОФЕ"])
@pytest.mark.parametrize(
    "prompt", ['a poster with the text "{}", beach', 'logo "{}"', 'neon sign that says "{}"', 'a book titled "{}"']
)
def test_the_words_are_drawn(prompt: str, words: str) -> None:
    seen = picture(prompt.format(words))
    mask = line(words, 30)
    assert mask is not None
    assert np.abs(np.diff(seen, axis=1)).max() > 60
    assert np.abs(seen - picture(prompt.format("XXIIX"))).max() > 60


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_is_reached_by_a_prompt_and_painted_in_any_shape(scene: str) -> None:
    prompts = {name: text for text, name, _ in READINGS}
    prompt = {"flow": "abstract marble", **prompts}[scene]
    assert read(prompt, 0).scene == scene
    for size in ((320, 180), (90, 160), (420, 180), (64, 64), (16, 16)):
        image, _ = parted(read(prompt, 3), *size)
        assert image.size == size


@pytest.mark.parametrize("prompt", ["a cat", "a red apple, studio", "a red car", "a horse", 'logo "A"'])
def test_a_picture_of_something_knows_its_shape(prompt: str) -> None:
    _, matte = parted(read(prompt, 1), 200, 200)
    assert matte is not None
    share = (np.asarray(matte) > 128).mean()
    assert 0.02 < share < 0.8


def test_a_subject_is_set_into_the_masked_region_alone() -> None:
    ground = io.BytesIO()
    Image.new("RGB", (200, 200), (90, 120, 200)).save(ground, "PNG")
    where = np.zeros((200, 200), np.uint8)
    where[40:160, 40:160] = 255
    mask = io.BytesIO()
    Image.fromarray(where).save(mask, "PNG")
    spec = MediaSpec("image", "png", "a red apple", 2, 200, 200, inputs=(ground.getvalue(),), mask=mask.getvalue())
    with Image.open(io.BytesIO(render(spec))) as file:
        seen = np.asarray(file.convert("RGB"), np.float64)
    assert np.abs(seen[:30] - (90, 120, 200)).max() <= 2
    assert np.abs(seen[44:54, 44:54] - (90, 120, 200)).mean() < 40  # the ground stays around the subject
    assert (seen[60:156, 50:150, 0] - seen[60:156, 50:150, 2]).max() > 80  # and the subject is there


def test_the_same_spec_gives_the_same_bytes_in_another_process() -> None:
    prompts = ["neon tokyo street in the rain", "Кот в шарфе", 'logo "Bean House"', "a living room", "a red car"]
    code = (
        "import sys, hashlib\n"
        "from kie.emulator.media import MediaSpec, render\n"
        "for prompt in sys.argv[1:]:\n"
        "    print(hashlib.sha256(render(MediaSpec('image', 'png', prompt, 5, 160, 120))).hexdigest())\n"
    )
    told = subprocess.run([sys.executable, "-c", code, *prompts], capture_output=True, text=True, check=True).stdout
    own = [hashlib.sha256(render(MediaSpec("image", "png", prompt, 5, 160, 120))).hexdigest() for prompt in prompts]
    assert told.split() == own

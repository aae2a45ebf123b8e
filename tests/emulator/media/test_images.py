"""Pictures: every format opens, has the size, differs by prompt and seed, and tells that it is emulated."""

import io
import pickle
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw

from kie.emulator.media import MediaSpec, render
from kie.emulator.media.brief import read
from kie.emulator.media.scenes.things import THINGS

SMALL = {"width": 160, "height": 128}


@cache
def made(spec: MediaSpec) -> bytes:
    return render(spec)


def opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as file:
        file.load()
        return file


def pixels(data: bytes, size: tuple[int, int] = (32, 32)) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.asarray(opened(data).convert("RGB").resize(size), dtype=np.float64)


def spec(prompt: str = "a lighthouse at sunset", form: str = "png", kind: str = "image", **more: object) -> MediaSpec:
    return replace(MediaSpec(kind=kind, format=form, prompt=prompt, **SMALL), **more)  # type: ignore[arg-type]


def comment(data: bytes) -> str:
    file = opened(data)
    return " ".join([str(file.info.get("Comment")), str(file.info.get("comment")), str(file.getexif().get(0x010E))])


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
@pytest.mark.parametrize(("width", "height"), [(160, 128), (90, 161), (1025, 33)])
def test_an_image_has_the_asked_format_and_size(form: str, width: int, height: int) -> None:
    file = opened(made(spec(form=form, width=width, height=height)))
    assert (file.format, file.size) == (form.upper(), (width, height))


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_an_image_says_that_it_is_emulated(form: str) -> None:
    text = comment(made(spec(form=form, seed=4)))
    assert "emulated by kie" in text
    assert "seed=4" in text
    assert "a lighthouse at sunset" in text


PROMPTS = [
    "snowy mountains at dawn",
    "desert dunes",
    "a lake and a castle at night, aurora",
    "a meadow with flowers, a cottage and hot air balloons",
    "a stormy sea with a sailboat",
    "tropical beach with palms",
    "city skyline at night",
    "neon tokyo street in the rain",
    "saturn with rings and a spaceship",
    "spiral galaxy",
    "liquid marble, teal and gold",
    "smoke, red",
    "geometric pattern",
    "soft gradient background",
    "an old man with a beard, glasses and a hat",
    "a queen",
    "an astronaut in space",
    "a robot",
    "a knight",
    "a wizard",
    "a cat wearing a scarf",
    "a lion",
    "a frog",
    "an owl",
    "a penguin in the snow",
    "一只猫在海边",
    "ночной город под дождём",
    "",
    "qwertz",
]


@pytest.mark.parametrize("prompt", PROMPTS)
def test_any_prompt_is_painted_and_is_not_a_grey_box(prompt: str) -> None:
    seen = pixels(made(spec(prompt)))
    assert seen.std() > 12


def test_prompts_and_seeds_give_pictures_of_their_own() -> None:
    all_of_them = [pixels(made(spec(prompt))) for prompt in PROMPTS]
    all_of_them += [pixels(made(spec(PROMPTS[0], seed=seed))) for seed in range(1, 5)]
    for index, one in enumerate(all_of_them):
        for other in all_of_them[index + 1 :]:
            assert np.abs(one - other).mean() > 3


@pytest.mark.parametrize("thing", sorted(THINGS))
def test_every_object_is_painted(thing: str) -> None:
    words = {"perfume": "perfume", "orange": "oranges", "sphere": "chrome sphere", "glass": "glass of wine"}
    prompt = f"studio shot of a {words.get(thing, thing)}"
    assert read(prompt, 0).thing == thing
    with_it, without = pixels(made(spec(prompt))), pixels(made(spec("studio shot of an egg")))
    assert thing == "egg" or np.abs(with_it - without).mean() > 1


def test_the_same_spec_gives_the_same_bytes() -> None:
    one = spec("a fox in a forest", seed=9)
    again = pickle.loads(pickle.dumps(one))
    assert made(one) == render(again)


def test_a_large_image_is_scaled_up() -> None:
    assert opened(made(spec(form="jpeg", width=3000, height=2000))).size == (3000, 2000)


def test_a_colour_word_colours_the_picture() -> None:
    red, blue = (pixels(made(spec(f"a {name} ceramic vase, studio"))).mean(axis=(0, 1)) for name in ("red", "blue"))
    assert red[0] - red[2] > blue[0] - blue[2] + 10


def collage() -> bytes:
    image = Image.new("RGB", (200, 160), (236, 228, 210))
    draw = ImageDraw.Draw(image)
    draw.ellipse((60, 30, 150, 130), fill=(180, 40, 50))
    draw.rectangle((95, 60, 120, 100), fill=(40, 60, 170))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def alike(one: bytes, two: bytes) -> float:
    a, b = (np.asarray(opened(data).convert("L").resize((24, 24)), dtype=np.float64).ravel() for data in (one, two))
    return float(np.corrcoef(a, b)[0, 1])


def test_an_edit_keeps_its_input_recognisable_but_changes_it() -> None:
    edit = made(spec("make it a winter night, blue", inputs=(collage(),)))
    assert alike(edit, collage()) > 0.8
    assert np.abs(pixels(edit) - pixels(collage())).mean() > 8


def test_a_mask_repaints_its_region_only() -> None:
    mask = Image.new("L", (200, 160))
    ImageDraw.Draw(mask).rectangle((0, 0, 60, 160), fill=255)
    file = io.BytesIO()
    mask.save(file, "PNG")
    repainted = render(spec("a red apple", width=200, height=160, inputs=(collage(),), mask=file.getvalue()))
    before, after = (
        np.asarray(opened(data).convert("RGB").resize((200, 160)), dtype=np.float64) for data in (collage(), repainted)
    )
    assert np.abs(before - after)[:, 80:].mean() < 1
    assert np.abs(before - after)[:, :50].mean() > 15


def test_several_inputs_are_put_together() -> None:
    one = made(spec("together", inputs=(collage(),)))
    two = made(spec("together", inputs=(collage(), made(spec("a cat")))))
    assert np.abs(pixels(one) - pixels(two)).mean() > 5


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_an_upscale_is_larger_by_its_scale_and_not_softer(form: str) -> None:
    data = made(spec("", form=form, kind="upscale", scale=3, inputs=(collage(),)))
    assert opened(data).size == (600, 480)
    assert "emulated by kie" in comment(data)
    plain = opened(collage()).resize((600, 480), Image.Resampling.BILINEAR)
    steps = [np.abs(np.diff(np.asarray(image.convert("L"), dtype=np.float64))).max() for image in (opened(data), plain)]
    assert steps[0] > steps[1]


@pytest.mark.parametrize("form", ["png", "webp", "jpeg"])
def test_a_cutout_has_true_transparency(form: str) -> None:
    file = opened(made(spec("", form=form, kind="cutout", inputs=(collage(),))))
    assert file.mode == "RGBA"
    assert file.size == (200, 160)
    alpha = np.asarray(file.getchannel("A"))
    assert alpha[80, 105] > 240
    assert alpha[:10].max() < 20
    assert alpha[:, -20:].max() < 20


def test_a_cutout_of_an_emulated_product_keeps_the_product() -> None:
    photo = made(spec("studio shot of a red apple", width=512, height=512))
    alpha = np.asarray(opened(made(spec("", kind="cutout", inputs=(photo,)))).getchannel("A"))
    assert 0.05 < (alpha > 128).mean() < 0.6


def test_bytes_that_are_no_image_are_painted_over() -> None:
    broken = made(spec("a cat", inputs=(b"no image", collage()[:60])))
    assert opened(broken).size == (160, 128)


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_the_shape_of_an_emulated_subject_is_known_exactly(form: str) -> None:
    photo = made(spec("портрет: a cat in a garden", form=form, width=300, height=260))
    alpha = np.asarray(opened(made(spec("", kind="cutout", inputs=(photo,)))).getchannel("A"))
    assert alpha[:, :20].max() == 0
    assert 0.1 < (alpha == 255).mean() < 0.7
    assert ((alpha > 0) & (alpha < 255)).mean() < 0.1


def test_an_edited_picture_is_not_taken_for_a_painted_one() -> None:
    assert "kind=edit" in comment(made(spec("a cat", inputs=(collage(),))))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_inputs_of_any_colour_mode_are_taken(mode: str) -> None:
    file = io.BytesIO()
    Image.new(mode, (40, 30)).save(file, "JPEG" if mode == "CMYK" else "PNG")
    for kind in ("image", "upscale", "cutout"):
        assert opened(made(spec("snow", kind=kind, scale=2, inputs=(file.getvalue(),)))).width > 0

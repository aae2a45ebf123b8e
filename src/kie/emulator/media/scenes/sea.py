"""Open sea, coasts and beaches: rows of waves in perspective under a sky."""

# Outlines stand as rows of points.
# fmt: off

import numpy as np

from kie.emulator.media.brief import Brief, number
from kie.emulator.media.canvas import BILINEAR, Canvas, Field, curve, fbm, generator, picture, ripples, smooth
from kie.emulator.media.palette import Colour, gradient
from kie.emulator.media.scenes import sky as skies
from kie.emulator.media.scenes import weather
from kie.emulator.media.scenes.nature import birds, boat, lighthouse, palm


def paint(canvas: Canvas, brief: Brief) -> None:
    """Paint the sea."""
    chance = brief.random("sea")
    horizon = chance.uniform(0.46, 0.56)
    sky = skies.paint(canvas, brief, horizon)
    beach = "beach" in brief.features
    rough = 1.0 if brief.weather == "storm" else 0.55 if "waves" in brief.prompt.lower() else 0.38
    _water(canvas, brief, horizon, sky, rough, shore=0.80 if beach else 1.2)
    side = 0.76 if sky.sun[0] < 0.5 else 0.24
    if "boat" in brief.features:
        depth = chance.uniform(0.08, 0.22)
        x = canvas.width * (0.5 + (0.5 - side) * chance.uniform(0.0, 0.6))
        boat(canvas, brief, x, canvas.height * (horizon + depth * (1 - horizon)), canvas.unit * (0.10 + depth * 0.6))
    if "cliff" in brief.features or "lighthouse" in brief.features:
        _cliff(canvas, brief, horizon, side, sky)
    if "palms" in brief.features:
        for index in range(3):
            x = canvas.width * (side + (index - 1) * 0.1 + chance.uniform(-0.03, 0.03))
            palm(canvas, brief, x, canvas.height * (0.86 + 0.03 * index), canvas.unit * chance.uniform(0.5, 0.68),
                 chance.uniform(0.05, 0.2) * (1 if side < 0.5 else -1))
    if "birds" in brief.features or brief.time == "day" or chance.random() < 0.5:
        birds(canvas, brief, horizon)
    weather.lay(canvas, brief, horizon)


def _water(canvas: Canvas, brief: Brief, horizon: float, sky: skies.Sky, rough: float, shore: float) -> None:
    """Paint the water: wavelets that grow towards the viewer, lit by the sky and the sun's path."""
    top = int(horizon * canvas.height)
    height = canvas.height - top
    factor = 2.4 if canvas.unit > 500 else 1.0
    w, h = max(2, int(canvas.width / factor)), max(2, int(height / factor))
    rng = generator(number(brief.prompt, brief.seed, "water"))
    depth = np.linspace(0.002, 1, h, dtype=np.float32)[:, None]
    far = 1 / (depth + 0.055)
    tile = ripples()
    begin = int(rng.integers(512))
    xs = np.linspace(-0.5, 0.5, w, dtype=np.float32)[None, :] * canvas.width / canvas.height
    coarse = 1 - 0.55 * rough
    u = np.floor(xs * far * 62 * coarse).astype(np.int32) + begin
    v = np.broadcast_to((far * 190 * coarse).astype(np.int32), u.shape)
    swell = tile[v & 511, u & 511]
    long = tile[(v // 3 + 170) & 511, (u // 4 + 90) & 511]
    waves = swell * 0.6 + long * 0.4
    facing = np.clip((waves - np.roll(waves, -1, axis=0)) * 5.5 + 0.5, 0, 1)
    colours = brief.palette
    deep = brief.colours[0] if brief.colours and brief.colours[0].c > 0.05 else Colour(0.42, 0.09, 235)
    deep = deep.mix(colours.high, 0.5 if brief.time != "day" else 0.25).lighter(-0.08)
    clear = Colour(0.74, 0.10, 195).mix(colours.low, 0.35) if "beach" in brief.features else deep.lighter(0.06)
    if brief.weather in {"storm", "rain"}:
        deep, clear = deep.duller(0.6).lighter(-0.06), clear.duller(0.5).lighter(-0.1)
    if colours.dark:
        clear = clear.lighter(-0.3)
    rows = np.asarray(gradient(((0.0, colours.low.mix(deep, 0.35)), (0.22, deep.lighter(0.08)), (0.75, deep),
                                (1.0, clear)), h), dtype=np.float32)[:, None, :]
    mirror = np.asarray(colours.low.mix(colours.middle, 0.5).rgb(), np.float32)
    contrast = (0.28 + 0.5 * rough) * (0.35 + 0.65 * np.sqrt(depth))
    array = rows * (1 + (facing - 0.5)[..., None] * 0.55 * contrast[..., None])
    glance = smooth(waves, 0.45, 0.85) * 0.55 * contrast * (1 - 0.4 * depth)
    array = array + (mirror - array) * glance[..., None]
    if sky.radius or brief.weather == "":
        glow = np.asarray(colours.glow.rgb(), np.float32)
        centre = (sky.sun[0] - 0.5) * canvas.width / canvas.height
        path = np.exp(-(((xs - centre * (1 - 0.25 * depth)) / (0.045 + 0.16 * depth)) ** 2))
        spark = smooth(facing * 0.55 + waves * 0.5, 0.50, 0.66) * path * (1.0 - 0.45 * depth)
        array = array + (glow - array) * np.clip(spark * 0.95 + path * 0.10, 0, 1)[..., None]
    foam = smooth(waves, 0.80 - 0.16 * rough, 0.93 - 0.12 * rough) * smooth(depth, 0.06, 0.5) * (0.25 + 0.75 * rough)
    white = np.asarray(Colour(0.97, 0.01, 220).mix(colours.low, 0.3).rgb(), np.float32)
    array = array + (white - array) * (foam * 0.75)[..., None]
    if shore < 1:
        array = _beach(array, brief, rng, (shore - horizon) / (1 - horizon), white)
    canvas.image.paste(picture(array).resize((canvas.width, height), BILINEAR), (0, top))


def _beach(array: Field, brief: Brief, rng: np.random.Generator, line: float, white: Field) -> Field:
    """Lay sand in front, with a wet edge and a line of foam."""
    h, w = array.shape[:2]
    edge = line + (fbm((w, 1), (3, 1), 4, rng, 0.5)[0] - 0.5) * 0.12 + np.linspace(-0.05, 0.05, w, dtype=np.float32)
    depth = np.linspace(0, 1, h, dtype=np.float32)[:, None]
    over = depth - edge[None, :]
    sand = Colour(0.84, 0.06, 80).mix(brief.palette.low, 0.3)
    if brief.palette.dark or brief.time in {"sunset", "dusk"}:
        sand = sand.lighter(-0.2)
    dry = np.asarray(sand.rgb(), np.float32)
    wet = np.asarray(sand.lighter(-0.16).mix(brief.palette.low, 0.25).rgb(), np.float32)
    speck = (fbm((w, h), (60, 60), 2, rng)[..., None] - 0.5) * 26
    ground = wet + (dry - wet) * smooth(over, 0.05, 0.16)[..., None] + speck
    array = array + (ground - array) * smooth(over, -0.01, 0.02)[..., None]
    ragged = fbm((w, h), (24, 16), 3, rng)
    lace = np.exp(-((over / 0.018) ** 2)) + 0.5 * np.exp(-(((over + 0.07) / 0.02) ** 2)) * smooth(ragged, 0.45, 0.6)
    return np.asarray(array + (white - array) * np.clip(lace * (0.6 + 0.6 * ragged), 0, 0.95)[..., None], np.float32)


def _cliff(canvas: Canvas, brief: Brief, horizon: float, side: float, sky: skies.Sky) -> None:
    chance = brief.random("cliff")
    out = 1 if side > 0.5 else -1
    base_x = canvas.width * (1.02 if out > 0 else -0.02)
    unit, y = canvas.unit, horizon * canvas.height
    rock = Colour(0.40, 0.04, 50).mix(brief.palette.high, 0.3)
    if brief.palette.dark:
        rock = rock.lighter(-0.12)
    grass = brief.palette.ground.mix(rock, 0.25)
    reach = unit * chance.uniform(0.42, 0.52)
    top = y - unit * chance.uniform(0.10, 0.16)
    edge = base_x - out * reach
    foot = y + unit * 0.16
    outline = [(base_x, top - unit * 0.03), (edge + out * reach * 0.4, top),
               (edge + out * unit * 0.04, top + unit * 0.012), (edge, top + unit * 0.04)]
    x, steps = edge, 9
    for step in range(1, steps + 1):
        x += -out * unit * chance.uniform(-0.02, 0.028)
        outline.append((x, top + unit * 0.04 + (foot - top - unit * 0.04) * step / steps))
    outline += [(base_x, foot + unit * 0.05)]
    rng = generator(number(brief.prompt, brief.seed, "rock"))
    canvas.shadow(x, foot, unit * 0.35, unit * 0.04, 0.5)
    canvas.clay(outline, rock, light=sky.light, gloss=0.0, round_=0.6, pattern=fbm((90, 90), (11, 4), 5, rng, 0.7))
    turf = curve([(base_x, top - unit * 0.035), (edge + out * reach * 0.4, top - unit * 0.005),
                  (edge + out * unit * 0.02, top + unit * 0.015), (edge + out * reach * 0.3, top + unit * 0.035),
                  (edge + out * reach * 0.7, top + unit * 0.022), (base_x, top + unit * 0.05)], 6)
    canvas.clay(turf, grass, light=sky.light, gloss=0, pattern=fbm((80, 20), (20, 4), 3, rng, 0.7))
    for _ in range(16):
        at = x - out * unit * chance.uniform(-0.3, 0.07)
        canvas.shadow(at, foot + unit * chance.uniform(-0.005, 0.03), unit * chance.uniform(0.02, 0.06), unit * 0.007,
                      0.7, (240, 244, 248))
    if "lighthouse" in brief.features:
        lighthouse(canvas, brief, edge + out * reach * 0.36, top + unit * 0.012, unit * 0.36, sky.light)

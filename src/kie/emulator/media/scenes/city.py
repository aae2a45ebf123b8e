"""Cities: a skyline over water or haze, or a street between house fronts that mirrors their lights when wet."""

# ruff: noqa: ARG001, PLR0917 - what is drawn takes place, size and light in one order, needed or not
# Outlines stand as rows of points.
# fmt: off

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from kie.emulator.media.brief import Brief, number
from kie.emulator.media.canvas import BICUBIC, BILINEAR, Canvas, Field, ellipse, fbm, generator, picture, smooth
from kie.emulator.media.palette import RGB, Colour
from kie.emulator.media.scenes import sky as skies
from kie.emulator.media.scenes import weather
from kie.emulator.media.scenes.landscape import reflect


def paint(canvas: Canvas, brief: Brief) -> None:
    """Paint a city."""
    if "street" in brief.features:
        _street(canvas, brief)
    else:
        _skyline(canvas, brief)
    weather.lay(canvas, brief, 0.6)


def _lights(brief: Brief) -> list[RGB]:
    if brief.time == "neon":
        hues = [c.h for c in brief.colours if c.c > 0.05] or [340, 200, 300, 60]
        return [Colour(0.82, 0.17, hue).rgb() for hue in hues] + [Colour(0.9, 0.1, 80).rgb()]
    return [Colour(0.90, 0.11, 80).rgb(), Colour(0.86, 0.13, 68).rgb(), Colour(0.93, 0.05, 95).rgb()]


def facade(width: int, height: int, wall: Colour, brief: Brief, seed: int, lit: float, *,
           light_side: bool) -> Image.Image:
    """Return a house front: a wall in soft light with rows of windows, some of them lit.

    Args:
        width: Pixels.
        height: Pixels.
        wall: Colour of the wall.
        brief: The prompt.
        seed: Which house.
        lit: Share of the windows that are lit.
        light_side: Whether the sun reaches it.
    """
    rng = generator(seed)
    across = int(rng.integers(4, 9))
    cell = max(3.0, width / across)
    down = max(2, int(height / (cell * float(rng.choice((0.8, 1.1, 1.35))))))
    gap_x, gap_y = float(rng.uniform(0.25, 0.5)), float(rng.uniform(0.3, 0.5))
    kind = int(rng.integers(3))
    state = rng.random((down, across), dtype=np.float32)
    if kind == 1:
        state = np.repeat(state[:, ::2], 2, axis=1)[:, :across]
    lamps = np.asarray(_lights(brief), np.float32)
    tone = lamps[rng.integers(0, len(lamps), (down, across))] * (0.55 + 0.45 * rng.random((down, across, 1)))
    dull = brief.palette.low.mix(brief.palette.middle, 0.5).mix(wall, 0.55 if not brief.palette.dark else 0.8)
    fall = np.linspace(1.05, 0.8, down, dtype=np.float32)[:, None, None]
    glass = np.asarray(dull.rgb(), np.float32) * (0.82 + 0.25 * state[..., None]) * fall
    panes = picture(np.where(state[..., None] < lit, tone, glass)).resize((width, height), Image.Resampling.NEAREST)
    top = wall.lighter(0.07 if light_side else -0.02).rgb()
    low = wall.lighter(-0.06 if light_side else -0.12).rgb()
    front = picture(np.asarray(((top, top), (low, low)), np.float32)).resize((width, height), BILINEAR)
    rows, columns = _bars(height, down, gap_y), _bars(width, across, gap_x if kind != 1 else 0.0)
    front.paste(panes, mask=picture(rows[:, None] * columns[None, :] * np.float32(235)))
    return front


def _bars(pixels: int, count: int, gap: float) -> Field:
    """Return where along a wall there is glass (1) and where there is none (0), with soft borders."""
    if gap <= 0:
        return np.ones(pixels, np.float32)
    place = (np.arange(pixels, dtype=np.float32) + 0.5) / pixels * count % 1
    return smooth(np.minimum(place, 1 - place), gap / 2 - 0.06, gap / 2 + 0.06)


def _skyline(canvas: Canvas, brief: Brief) -> None:
    chance = brief.random("city")
    water = chance.random() < 0.55 or "water" in brief.features
    ground = chance.uniform(0.70, 0.76) if water else 1.0
    sky = skies.paint(canvas, brief, ground - (0.06 if water else 0.24))
    colours = brief.palette
    dark = brief.time in {"night", "neon", "dusk"}
    lit = {"night": 0.5, "neon": 0.48, "dusk": 0.34, "sunset": 0.16}.get(brief.time, 0.02)
    base = Colour(0.30, 0.035, colours.high.h) if dark else Colour(0.56, 0.03, 250).mix(colours.ground, 0.12)
    if brief.time in {"sunset", "dawn"}:
        base = Colour(0.42, 0.05, 300).mix(colours.middle, 0.2)
    foot = int(ground * canvas.height)
    unit = canvas.unit
    for layer in range(4):
        near = (layer + 1) / 4
        wall = base.lighter(-0.08 * near).mix(colours.low.mix(colours.middle, 0.3), 0.78 * (1 - near) ** 0.9)
        x = -unit * 0.05
        while x < canvas.width:
            wide = unit * chance.uniform(0.055, 0.115) * (0.75 + 0.45 * near)
            centre = 1 - abs((x + wide / 2) / canvas.width - (0.62 if sky.sun[0] < 0.5 else 0.38)) * 1.3
            tall = unit * chance.uniform(0.10, 0.30) * (0.62 + 0.8 * max(0.0, centre)) * (1.35 - 0.62 * near)
            if chance.random() < 0.14:
                tall *= 1.45
            _house(canvas, brief, x, foot, wide, tall, wall.lighter(chance.uniform(-0.03, 0.03)),
                   lit * (0.5 + 0.5 * near), sky, chance.randrange(1 << 30), near)
            x += wide * chance.uniform(0.82, 1.12)
        if layer < 3:
            _haze(canvas, brief, foot, 0.30 * (1 - near) + 0.06)
    if water:
        canvas.shadow(canvas.width / 2, foot, canvas.width * 0.8, unit * 0.02, 0.8)
        reflect(canvas, brief, foot, 0.28)


def _haze(canvas: Canvas, brief: Brief, foot: int, strength: float) -> None:
    high = int(canvas.unit * 0.4)
    rows = np.linspace(0, 1, 64, dtype=np.float32)[:, None] ** 1.5
    mask = picture(rows * 255 * strength * 1.6).resize((canvas.width, high), BILINEAR)
    colour = brief.palette.low.mix(brief.palette.glow, 0.15)
    canvas.image.paste(colour.rgb(), (0, foot - high, canvas.width, foot), mask)


def _house(canvas: Canvas, brief: Brief, x: float, foot: int, wide: float, tall: float, wall: Colour, lit: float,
           sky: skies.Sky, seed: int, near: float) -> None:
    left, top = int(x), int(foot - tall)
    width, height = max(4, int(wide)), max(6, int(tall))
    kind = seed % 6
    side = max(2, int(width * 0.26))
    sun_right = sky.sun[0] > 0.5
    front = facade(width - side, height, wall, brief, seed, lit, light_side=True)
    flank = facade(side, height, wall.lighter(-0.11), brief, seed + 1, lit * 0.7, light_side=False)
    if kind == 0 and height > 30:
        step = height // 5
        inset = width // 6
        canvas.image.paste(front.resize((max(2, width - side - inset), step + 4)).convert("RGB"),
                           (left + inset // 2, top - step))
    canvas.image.paste(flank, (left if sun_right else left + width - side, top))
    canvas.image.paste(front, (left + side if sun_right else left, top))
    draw = ImageDraw.Draw(canvas.image)
    edge = wall.lighter(0.08 if not brief.palette.dark else 0.04).rgb()
    draw.line((left, top, left + width - 1, top), fill=edge, width=max(1, int(canvas.unit * 0.003)))
    cx = left + width / 2
    if kind in {1, 2} and near < 0.95:
        draw.line((cx, top, cx, top - tall * 0.2), fill=wall.lighter(-0.06).rgb(),
                  width=max(1, int(canvas.unit * 0.003)))
        if brief.palette.dark:
            canvas.shine(cx, top - tall * 0.2, canvas.unit * 0.018, (255, 70, 60), 1.0)
    elif kind == 3:
        canvas.fade([(left, top), (cx, top - wide * 0.75), (left + width, top)], wall.lighter(0.06).rgb(),
                    wall.lighter(-0.03).rgb())
    elif kind == 4:
        canvas.fill([(left + width * 0.2, top), (left + width * 0.2, top - wide * 0.16),
                     (left + width * 0.55, top - wide * 0.16), (left + width * 0.55, top)], wall.lighter(-0.06).rgb())


def _street(canvas: Canvas, brief: Brief) -> None:
    """Paint a street that runs to a vanishing point."""
    chance = brief.random("street")
    horizon = chance.uniform(0.52, 0.58)
    sky = skies.paint(canvas, brief, horizon)
    w, h, unit = canvas.width, canvas.height, canvas.unit
    vx, vy = w * chance.uniform(0.46, 0.54), h * horizon
    colours = brief.palette
    dark = brief.time in {"night", "neon", "dusk"}
    wet = brief.weather in {"rain", "storm"} or brief.time == "neon"
    lit = {"night": 0.42, "neon": 0.42, "dusk": 0.34, "sunset": 0.18}.get(brief.time, 0.03)
    base = Colour(0.28, 0.04, colours.high.h) if dark else Colour(0.66, 0.05, 60)
    for index in range(7):
        x = w * (index + 0.5) / 7 + chance.uniform(-30, 30)
        tall = unit * chance.uniform(0.12, 0.28)
        _house(canvas, brief, x - unit * 0.05, int(vy), unit * 0.1, tall, base.mix(colours.low, 0.6), lit * 0.6, sky,
               chance.randrange(1 << 30), 0.4)
    _haze(canvas, brief, int(vy), 0.5)
    _ground(canvas, brief, vx, vy, dark=dark)
    reach = max(w, h)
    for side in (-1, 1):
        stops = [0.10, 0.17, 0.27, 0.42, 0.66, 1.05]
        for index in range(len(stops) - 1):
            far, near = stops[index], stops[index + 1]
            tall = chance.uniform(0.55, 0.95)
            wall = (base.turned(chance.uniform(-40, 40)) .lighter(chance.uniform(-0.05, 0.05)) .mix(colours.low,
                0.5 * (1 - near) ** 2))
            if not dark:
                wall = wall.lighter(0.06 if (side > 0) != (sky.sun[0] > 0.5) else -0.08)
            _front(canvas, brief, side, (vx, vy), reach, far, near, tall, wall, lit, chance.randrange(1 << 30))
            if dark or chance.random() < 0.5:
                _sign(canvas, brief, side, (vx, vy), reach, far + (near - far) * 0.3, tall, chance.randrange(1 << 30),
                      glow=dark)
    _lamps(canvas, brief, (vx, vy), reach, dark=dark)
    if wet:
        _mirror(canvas, int(vy), brief)
    _walkers(canvas, brief, (vx, vy), reach)


def _ground(canvas: Canvas, brief: Brief, vx: float, vy: float, *, dark: bool) -> None:
    road = Colour(0.24, 0.02, brief.palette.high.h) if dark else Colour(0.46, 0.015, 260)
    top, w, h = int(vy), canvas.width, canvas.height
    rng = generator(number(brief.prompt, brief.seed, "road"))
    rough = fbm((160, 80), (60, 12), 3, rng, 0.7)
    fall = np.linspace(0, 1, 80, dtype=np.float32)[:, None, None]
    far = np.asarray(road.mix(brief.palette.low, 0.4).rgb(), np.float32)
    near = np.asarray(road.lighter(-0.04).rgb(), np.float32)
    array = (far + (near - far) * np.sqrt(fall)) * (0.9 + 0.2 * rough[..., None])
    canvas.image.paste(picture(array).resize((w, h - top), BICUBIC), (0, top))
    pave = road.lighter(0.09)
    for side in (-1, 1):
        canvas.fade([(vx, vy), (vx + side * w * 0.62, h), (vx + side * w * 1.6, h), (vx + side * w * 1.6, vy)],
                    pave.mix(brief.palette.low, 0.35).rgb(), pave.rgb())
    for step in range(7):
        near_, far_ = 0.13 * 1.55**step, 0.13 * 1.55**step * 1.22
        y1, y2 = vy + (h - vy) * near_ * 0.9, vy + (h - vy) * far_ * 0.9
        k1, k2 = canvas.unit * 0.011 * near_ * 2, canvas.unit * 0.011 * far_ * 2
        canvas.fill([(vx - k1, y1), (vx + k1, y1), (vx + k2, y2), (vx - k2, y2)], Colour(0.85, 0.03, 95).rgb(), 0.75)


def _front(canvas: Canvas, brief: Brief, side: int, vanish: tuple[float, float], reach: float, far: float,
           near: float, tall: float, wall: Colour, lit: float, seed: int) -> None:
    """Warp a front into the perspective of the street."""
    vx, vy = vanish
    x1, x2 = vx + side * reach * 0.60 * far, vx + side * reach * 0.60 * near
    top1, top2 = vy - reach * tall * far * 1.15, vy - reach * tall * near * 1.15
    low1, low2 = vy + reach * 0.5 * far * 0.72, vy + reach * 0.5 * near * 0.72
    if side < 0:
        x1, x2, top1, top2, low1, low2 = x2, x1, top2, top1, low2, low1
    left, right = int(np.floor(x1)), int(np.ceil(x2))
    a, b = max(0, left), min(canvas.width, right)
    if b - a < 2:
        return
    flat = facade(150, 240, wall, brief, seed, lit, light_side=True)
    top, low = int(max(0, min(top1, top2))), int(min(canvas.height, max(low1, low2)))
    # The front's corners in the picture, and the projective map from picture to front.
    target = ((x1, top1), (x2, top2), (x2, low2), (x1, low1))
    source = ((0.0, 0.0), (150.0, 0.0), (150.0, 240.0), (0.0, 240.0))
    rows = []
    goal = []
    for (tx, ty), (qx, qy) in zip(target, source, strict=True):
        px, py = tx - a, ty - top
        rows += [[px, py, 1, 0, 0, 0, -qx * px, -qx * py], [0, 0, 0, px, py, 1, -qy * px, -qy * py]]
        goal += [qx, qy]
    solved = np.linalg.solve(np.asarray(rows), np.asarray(goal))
    warped = flat.transform((b - a, low - top), Image.Transform.PERSPECTIVE, tuple(float(v) for v in solved),
                            BILINEAR)
    found = canvas.mask(target)
    if found is None:
        return
    mask, at = found
    piece = Image.new("RGB", mask.size, wall.rgb())
    piece.paste(warped, (a - at[0], top - at[1]))
    canvas.image.paste(piece, at, mask)
    shade = [(x1, low1), (x2, low2), (x2, low2 - (low2 - top2) * 0.13), (x1, low1 - (low1 - top1) * 0.13)]
    canvas.fill(shade, wall.lighter(-0.16).rgb(), 0.75)
    if lit > 0.1:
        window = [(x1 + (x2 - x1) * 0.1, low1 - (low1 - top1) * 0.018),
                  (x1 + (x2 - x1) * 0.9, low2 - (low2 - top2) * 0.018),
                  (x1 + (x2 - x1) * 0.9, low2 - (low2 - top2) * 0.10), (x1 + (x2 - x1) * 0.1,
                      low1 - (low1 - top1) * 0.10)]
        canvas.fill(window, _lights(brief)[seed % len(_lights(brief))], 0.85)


def _sign(canvas: Canvas, brief: Brief, side: int, vanish: tuple[float, float], reach: float, far: float, tall: float,
          seed: int, *, glow: bool) -> None:
    vx, vy = vanish
    x = vx + side * reach * 0.60 * far
    high = reach * far * (0.20 + 0.12 * (seed % 3))
    wide = high * (0.34 if seed % 2 else 0.24)
    y = vy - reach * far * tall * (0.25 + 0.4 * (seed % 97) / 97)
    out = -side * wide
    lights = _lights(brief)
    colour = lights[seed % len(lights)]
    box = [(x, y), (x + out, y), (x + out, y + high), (x, y + high)]
    canvas.fill(box, Colour(0.2, 0.03, 280).rgb() if glow else colour, 0.92)
    if glow:
        canvas.shine(x + out / 2, y + high / 2, high * 1.1, colour, 0.5)
    draw = ImageDraw.Draw(canvas.image)
    line = max(1, int(high * 0.035))
    frame = (min(x, x + out), y, max(x, x + out), y + high)
    if frame[2] - frame[0] > 4:
        draw.rectangle(frame, outline=colour if glow else (250, 250, 245), width=line)
        marks = 3
        for index in range(marks):
            top = y + high * (0.12 + index * 0.27)
            inner = (frame[0] + wide * 0.25, top, frame[2] - wide * 0.25, top + high * 0.17)
            if inner[2] - inner[0] > 3:
                tone = lights[(seed // 7 + index) % len(lights)] if glow else (250, 250, 245)
                if (seed >> index) % 2:
                    draw.ellipse(inner, outline=tone, width=line)
                else:
                    draw.line((inner[0], inner[1], inner[2], inner[1]), fill=tone, width=line)
                    draw.line(((inner[0] + inner[2]) / 2, inner[1], (inner[0] + inner[2]) / 2, inner[3]), fill=tone,
                              width=line)


def _lamps(canvas: Canvas, brief: Brief, vanish: tuple[float, float], reach: float, *, dark: bool) -> None:
    vx, vy = vanish
    draw = ImageDraw.Draw(canvas.image)
    post = Colour(0.22, 0.02, 270).rgb()
    for far in (0.13, 0.21, 0.36, 0.62):
        for side in (-1, 1):
            x, foot = vx + side * reach * 0.46 * far, vy + reach * 0.36 * far * 0.9
            high = reach * 0.42 * far
            thick = max(1, int(reach * 0.008 * far))
            draw.line((x, foot, x, foot - high), fill=post, width=thick)
            draw.line((x, foot - high, x - side * high * 0.16, foot - high * 1.03), fill=post, width=thick)
            if dark:
                canvas.shine(x - side * high * 0.16, foot - high * 1.02, high * 0.5, (255, 214, 150), 0.8)
                draw = ImageDraw.Draw(canvas.image)
            r = max(1.0, high * 0.03)
            cx, cy = x - side * high * 0.16, foot - high * 1.01
            draw.ellipse((cx - r * 1.6, cy - r * 0.6, cx + r * 1.6, cy + r),
                         fill=(255, 240, 205) if dark else (230, 228, 220))


def _mirror(canvas: Canvas, row: int, brief: Brief) -> None:
    """Lay the blurred mirror image of the fronts over the wet ground."""
    height = canvas.height - row
    size = max(8, canvas.width // 8), max(8, height // 8)
    upper = canvas.image.crop((0, max(0, row - height), canvas.width, row)).resize(size, BILINEAR)
    upper = upper.transpose(Image.Transpose.FLIP_TOP_BOTTOM).filter(ImageFilter.BoxBlur((0, 3)))
    rng = generator(number(brief.prompt, brief.seed, "wet"))
    puddle = smooth(fbm(size, (9, 14), 3, rng), 0.25, 0.75)
    mask = picture(70 + 120 * puddle).resize((canvas.width, height), BICUBIC)
    canvas.image.paste(upper.resize((canvas.width, height), BICUBIC), (0, row), mask)


def _walkers(canvas: Canvas, brief: Brief, vanish: tuple[float, float], reach: float) -> None:
    vx, vy = vanish
    chance = brief.random("walkers")
    for _ in range(7):
        far = chance.uniform(0.14, 0.5)
        x, foot = vx + chance.choice((-1, 1)) * reach * far * chance.uniform(0.1,
            0.46), vy + reach * 0.36 * far * 0.92
        s = reach * 0.17 * far
        coat = Colour(0.24, 0.04, chance.uniform(0, 360))
        canvas.shadow(x, foot, s * 0.4, s * 0.07, 0.5)
        for leg in (-1, 1):
            canvas.fill([(x + leg * s * 0.02, foot - s * 0.45), (x + leg * s * 0.13, foot - s * 0.45),
                         (x + leg * s * 0.14, foot), (x + leg * s * 0.06, foot)], coat.lighter(-0.07).rgb())
        canvas.fade([(x - s * 0.13, foot - s * 0.82), (x + s * 0.13, foot - s * 0.82),
                     (x + s * 0.19, foot - s * 0.36), (x - s * 0.19, foot - s * 0.36)], coat.lighter(0.08).rgb(),
                    coat.rgb())
        canvas.fill(ellipse(x, foot - s * 0.92, s * 0.085, s * 0.1, 20),
                    Colour(0.5, 0.06, 50).rgb() if brief.time == "day" else coat.lighter(0.06).rgb())
        if brief.weather in {"rain", "storm"}:
            roof = ellipse(x, foot - s * 1.02, s * 0.42, s * 0.2, 28)
            canvas.fade([p for p in roof if p[1] <= foot - s * 1.02 + 1],
                        Colour(0.55, 0.15, chance.uniform(0, 360)).rgb(), Colour(0.32, 0.1, 280).rgb())

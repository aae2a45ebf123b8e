"""Things that stand in landscapes: pines, palms, birds, cottages, castles, balloons, boats, a lighthouse."""

# ruff: noqa: PLR0917 - what is drawn takes place, size and light in one order
# Outlines stand as rows of points.
# fmt: off

import math

from PIL import ImageDraw

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas, Field, Light, curve, ellipse
from kie.emulator.media.palette import Colour


def pines(canvas: Canvas, brief: Brief, line: Field, base: Colour, near: float, salt: str, count: int) -> None:
    """Plant pines along a ridge line, larger and darker the nearer the ridge is."""
    chance = brief.random(salt)
    unit = canvas.unit / 1024
    draw = ImageDraw.Draw(canvas.image)
    trees = sorted((chance.uniform(0, (canvas.height - 0.0) * 0.05) * near,
                    chance.uniform(-0.02, 1.02)) for _ in range(count))
    green = Colour(0.40, 0.07, 150).mix(base, 0.45 - 0.2 * near)
    snow = brief.weather == "snow" or "snowcaps" in brief.features
    tiers, kinds = 6, 8
    # Eight shades of green do for a forest; each is mixed once.
    shades = [green.lighter(-0.12 + 0.15 * kind / (kinds - 1) - 0.06 * near) for kind in range(kinds)]
    tones = [[(tone.lighter(-0.04).rgb(), tone.lighter(0.03).rgb()) for tier in range(tiers)
              for tone in (shade.lighter(0.012 * tier),)] for shade in shades]
    white = [Colour(0.93, 0.02, 240).mix(shade, 0.12).rgb() for shade in shades]
    for down, share in trees:
        x = share * canvas.width
        foot = float(line[min(len(line) - 1, max(0, int(x)))]) + down + 4 * unit
        tall = unit * (46 + 130 * near**2) * chance.uniform(0.6, 1.25)
        wide = tall * chance.uniform(0.17, 0.24)
        kind = chance.randrange(kinds)
        draw.rectangle((x - wide * 0.07, foot - tall * 0.14, x + wide * 0.07, foot), fill=(50, 36, 30))
        for tier in range(tiers):
            low = foot - tall * (0.08 + tier * 0.138)
            half = wide * (1 - tier / tiers) ** 0.85
            top = low - tall * 0.26
            jag = half * chance.uniform(0.9, 1.12)
            left, right = tones[kind][tier]
            draw.polygon([(x - jag, low), (x - half * 0.45, low - tall * 0.022), (x, low - tall * 0.005), (x, top)],
                         fill=left)
            draw.polygon([(x, top), (x, low - tall * 0.005), (x + half * 0.45, low - tall * 0.022), (x + jag, low)],
                         fill=right)
            if snow:
                draw.polygon([(x, top), (x - half * 0.55, low - tall * 0.05), (x, low - tall * 0.09),
                              (x + half * 0.6, low - tall * 0.05)], fill=white[kind])


def birds(canvas: Canvas, brief: Brief, horizon: float) -> None:
    """Draw a small flock."""
    chance = brief.random("birds")
    unit = canvas.unit / 1024
    x0, y0 = canvas.width * chance.uniform(0.25, 0.75), canvas.height * horizon * chance.uniform(0.25, 0.6)
    draw = ImageDraw.Draw(canvas.image)
    colour = brief.palette.ink.mix(brief.palette.middle, 0.25).rgb()
    for _ in range(chance.randint(4, 9)):
        x, y = x0 + chance.gauss(0, 90) * unit, y0 + chance.gauss(0, 36) * unit
        wing = unit * chance.uniform(9, 19)
        lift = wing * chance.uniform(0.25, 0.6)
        path = curve([(x - wing, y - lift), (x - wing * 0.4, y - lift * 0.9), (x, y),
                      (x + wing * 0.4, y - lift * 0.9), (x + wing, y - lift)], 5, closed=False)
        draw.line(path, fill=colour, width=max(1, round(2.4 * unit)), joint="curve")


def cottage(canvas: Canvas, brief: Brief, x: float, y: float, size: float, light: Light) -> None:
    """Build a small house with lit windows, its foot at y."""
    wall = Colour(0.80, 0.05, 70).mix(brief.palette.low, 0.2)
    roof = brief.colours[0] if brief.colours else Colour(0.45, 0.12, 35)
    if brief.palette.dark or brief.time in {"dusk", "sunset"}:
        wall, roof = wall.lighter(-0.28), roof.lighter(-0.14)
    lamp = Colour(0.88, 0.13, 80).rgb()
    w, h = size * 0.42, size * 0.34
    front = w * 0.55
    canvas.shadow(x, y, size * 0.7, size * 0.08, 0.5)
    lit = light[0] > 0
    canvas.fade([(x - w, y - h), (x + w * 0.35, y - h), (x + w * 0.35, y), (x - w, y)],
                wall.lighter(-0.08 if lit else 0.03).rgb(), wall.lighter(-0.16 if lit else -0.06).rgb())
    gable = [(x + w * 0.35, y), (x + w * 0.35, y - h), (x + w * 0.35 + front / 2, y - h * 1.75),
             (x + w * 0.35 + front, y - h), (x + w * 0.35 + front, y)]
    canvas.fade(gable, wall.lighter(0.05 if lit else -0.12).rgb(), wall.lighter(-0.04 if lit else -0.2).rgb())
    canvas.fade([(x - w * 1.08, y - h * 0.93), (x - w * 0.75, y - h * 1.75), (x + w * 0.35 + front / 2, y - h * 1.8),
                 (x + w * 0.32, y - h * 0.93)], roof.lighter(0.05).rgb(), roof.lighter(-0.1).rgb())
    canvas.fade([(x + w * 0.35 + front / 2, y - h * 1.8), (x + w * 0.35 + front * 1.1, y - h * 0.9),
                 (x + w * 0.35 + front * 0.98, y - h * 0.86), (x + w * 0.35 + front / 2, y - h * 1.66)],
                roof.lighter(0.1).rgb(), roof.lighter(-0.05).rgb())
    canvas.fill([(x - w * 0.3, y - h * 1.65), (x - w * 0.12, y - h * 1.65), (x - w * 0.12, y - h * 2.1),
                 (x - w * 0.3, y - h * 2.1)], Colour(0.42, 0.05, 40).rgb())
    for column in (-0.72, -0.2):
        left = x + w * column
        canvas.fade([(left, y - h * 0.72), (left + w * 0.26, y - h * 0.72), (left + w * 0.26, y - h * 0.36),
                     (left, y - h * 0.36)], lamp, Colour(0.78, 0.15, 65).rgb())
        canvas.shine(left + w * 0.13, y - h * 0.5, size * 0.16, (255, 180, 90), 0.5)
    door = x + w * 0.35 + front * 0.34
    canvas.fill([(door, y), (door, y - h * 0.6), (door + front * 0.32, y - h * 0.6), (door + front * 0.32, y)],
                Colour(0.35, 0.07, 45).rgb())


def castle(canvas: Canvas, brief: Brief, x: float, y: float, size: float, light: Light) -> None:
    """Build a castle of towers, its foot at y."""
    stone = Colour(0.62, 0.03, 70).mix(brief.palette.middle, 0.3)
    roof = brief.colours[0] if brief.colours else Colour(0.42, 0.10, 265)
    if brief.palette.dark:
        stone, roof = stone.lighter(-0.28), roof.lighter(-0.2)
    chance = brief.random("castle")
    bright, dim = (0.07, -0.14) if light[0] > 0 else (-0.14, 0.07)
    towers = [(-0.46, 0.55, 0.13), (0.46, 0.5, 0.13), (-0.2, 0.78, 0.12), (0.22, 0.72, 0.12), (0.0, 1.0, 0.15)]
    for at, tall, wide in towers:
        cx, w, top = x + at * size, wide * size, y - tall * size * chance.uniform(0.94, 1.06)
        canvas.fade([(cx - w / 2, top), (cx, top), (cx, y), (cx - w / 2, y)], stone.lighter(dim).rgb(),
                    stone.lighter(dim - 0.08).rgb())
        canvas.fade([(cx, top), (cx + w / 2, top), (cx + w / 2, y), (cx, y)], stone.lighter(bright).rgb(),
                    stone.lighter(bright - 0.08).rgb())
        canvas.fill([(cx - w * 0.64, top), (cx, top - w * 1.9), (cx, top)], roof.lighter(dim).rgb())
        canvas.fill([(cx + w * 0.64, top), (cx, top - w * 1.9), (cx, top)], roof.lighter(bright).rgb())
        for row in range(2):
            wy = top + w * (0.5 + row * 1.1)
            canvas.fill([(cx - w * 0.08, wy), (cx + w * 0.08, wy), (cx + w * 0.08, wy + w * 0.34),
                         (cx - w * 0.08, wy + w * 0.34)], Colour(0.85, 0.13, 80).rgb())
    wall = y - size * 0.3
    canvas.fade([(x - size * 0.5, wall), (x + size * 0.5, wall), (x + size * 0.5, y), (x - size * 0.5, y)],
                stone.rgb(), stone.lighter(-0.12).rgb())
    teeth = 13
    for index in range(teeth):
        left = x - size * 0.5 + size * index / teeth
        canvas.fill([(left, wall - size * 0.03), (left + size * 0.045, wall - size * 0.03),
                     (left + size * 0.045, wall), (left, wall)], stone.rgb())
    gate = [(x - size * 0.06, y), (x - size * 0.06, y - size * 0.14), *ellipse(x, y - size * 0.14, size * 0.06,
        size * 0.06, 16)[8:], (x + size * 0.06, y - size * 0.14), (x + size * 0.06, y)]
    canvas.fill(gate, Colour(0.25, 0.04, 50).rgb())


def balloon(canvas: Canvas, brief: Brief, x: float, y: float, size: float, light: Light, index: int) -> None:
    """Hang a hot-air balloon in the sky."""
    hues = [colour for colour in brief.colours if colour.c > 0.03] or [Colour(0.66, 0.19, 30), Colour(0.7, 0.14, 230),
        Colour(0.8, 0.15, 85), Colour(0.6, 0.18, 330)]
    first, second = hues[index % len(hues)], Colour(0.95, 0.03, 85)
    r = size / 2
    outline = curve([(x, y - r), (x + r * 0.72, y - r * 0.72), (x + r, y), (x + r * 0.62, y + r * 0.82),
                     (x + r * 0.2, y + r * 1.3), (x - r * 0.2, y + r * 1.3), (x - r * 0.62, y + r * 0.82), (x - r, y),
                     (x - r * 0.72, y - r * 0.72)], 6)
    canvas.clay(outline, first, light=light, gloss=0.08)
    for gore in (-0.62, 0.0, 0.62):
        band = curve([(x + gore * r * 0.15, y - r * 0.97), (x + (gore + 0.17) * r * 0.95, y),
                      (x + gore * r * 0.3 + r * 0.06, y + r * 1.22), (x + gore * r * 0.3 - r * 0.06, y + r * 1.22),
                      (x + (gore - 0.17) * r * 0.95, y)], 6)
        canvas.fill(band, second.rgb(), 0.6)
    draw = ImageDraw.Draw(canvas.image)
    for side in (-1, 1):
        draw.line((x + side * r * 0.2, y + r * 1.28, x + side * r * 0.14, y + r * 1.62), fill=(60, 45, 40),
                  width=max(1, round(size * 0.012)))
    canvas.fade([(x - r * 0.17, y + r * 1.6), (x + r * 0.17, y + r * 1.6), (x + r * 0.14, y + r * 1.86),
                 (x - r * 0.14, y + r * 1.86)], Colour(0.5, 0.09, 60).rgb(), Colour(0.35, 0.07, 55).rgb())


def palm(canvas: Canvas, brief: Brief, x: float, y: float, size: float, lean: float) -> None:
    """Plant a palm, its foot at (x, y)."""
    chance = brief.random(f"palm{x:.0f}")
    dark = brief.palette.dark or brief.time in {"sunset", "dusk"}
    trunk = Colour(0.30 if dark else 0.45, 0.05, 55)
    leaf = Colour(0.28 if dark else 0.48, 0.10, 140)
    top = (x + lean * size, y - size)
    bend = (x + lean * size * 0.25, y - size * 0.55)
    thick = size * 0.028
    outline = [*curve([(x - thick, y), (bend[0] - thick * 0.7, bend[1]), (top[0] - thick * 0.5, top[1])], 8,
                      closed=False), *reversed(curve([(x + thick, y), (bend[0] + thick * 0.7, bend[1]),
                                                      (top[0] + thick * 0.5, top[1])], 8, closed=False))]
    canvas.clay(outline, trunk, gloss=0.02)
    for index in range(10):
        angle = math.pi * (-0.02 + 1.04 * index / 9) + chance.uniform(-0.1, 0.1)
        long = size * chance.uniform(0.34, 0.46)
        ex, ey = top[0] + math.cos(angle) * long, top[1] - math.sin(angle) * long * 0.42 + long * 0.42
        mx, my = top[0] + math.cos(angle) * long * 0.55, top[1] - math.sin(angle) * long * 0.62 - long * 0.06
        wide = long * 0.11
        frond = curve([top, (mx - wide * 0.2, my - wide), (ex, ey), (mx + wide * 0.2, my + wide)], 4)
        canvas.fade(frond, leaf.lighter(chance.uniform(0, 0.08)).rgb(), leaf.lighter(-0.12).rgb())


def boat(canvas: Canvas, brief: Brief, x: float, y: float, size: float) -> None:
    """Float a sailing boat, its water line at y."""
    hull = brief.colours[0] if brief.colours else Colour(0.45, 0.13, 30)
    sail = Colour(0.96, 0.02, 85).mix(brief.palette.low, 0.25)
    if brief.palette.dark:
        hull, sail = hull.lighter(-0.15), sail.lighter(-0.3)
    s = size
    canvas.shadow(x, y + s * 0.03, s * 0.62, s * 0.06, 0.5)
    canvas.fade(curve([(x + s * 0.02, y - s * 0.98), (x + s * 0.33, y - s * 0.48), (x + s * 0.42, y - s * 0.12),
                       (x + s * 0.02, y - s * 0.12)], 6), sail.rgb(), sail.lighter(-0.10).rgb())
    canvas.fade(curve([(x - s * 0.03, y - s * 0.9), (x - s * 0.03, y - s * 0.14), (x - s * 0.32, y - s * 0.13),
                       (x - s * 0.14, y - s * 0.5)], 6), sail.lighter(-0.07).rgb(), sail.lighter(-0.18).rgb())
    canvas.fill([(x - s * 0.012, y - s), (x + s * 0.008, y - s), (x + s * 0.008, y - s * 0.06),
                 (x - s * 0.012, y - s * 0.06)], (70, 50, 40))
    canvas.clay(curve([(x - s * 0.44, y - s * 0.10), (x, y - s * 0.075), (x + s * 0.47, y - s * 0.12),
                       (x + s * 0.33, y + s * 0.02), (x - s * 0.3, y + s * 0.025)], 6), hull, gloss=0.2)


def lighthouse(canvas: Canvas, brief: Brief, x: float, y: float, size: float, light: Light) -> None:
    """Build a lighthouse, its foot at y; lit when the sky is not bright."""
    white = Colour(0.94, 0.015, 85).mix(brief.palette.low, 0.22)
    band = brief.colours[0] if brief.colours and brief.colours[0].c > 0.08 else Colour(0.52, 0.18, 27)
    if brief.palette.dark:
        white, band = white.lighter(-0.3), band.lighter(-0.14)
    w, s = size * 0.13, size
    top = y - s * 0.78

    def edge(share: float) -> float:
        return w * (1.0 - 0.38 * share)

    for index in range(7):
        low, high = index / 7, (index + 1) / 7
        colour = band if index % 2 else white
        piece = [(x - edge(low), y - s * 0.78 * low), (x + edge(low), y - s * 0.78 * low),
                 (x + edge(high), y - s * 0.78 * high - 1), (x - edge(high), y - s * 0.78 * high - 1)]
        canvas.fill(piece, colour.rgb())
    dark_side = -1 if light[0] > 0 else 1
    for share, opacity in ((1.0, 0.16), (0.62, 0.16), (0.3, 0.12)):
        canvas.fill([(x + dark_side * w, y), (x + dark_side * w * (1 - share), y),
                     (x + dark_side * edge(1) * (1 - share), top), (x + dark_side * edge(1), top)], (20, 18, 45),
                    opacity)
    canvas.fill([(x - w * 0.86, top), (x + w * 0.86, top), (x + w * 0.8, top - s * 0.022),
                 (x - w * 0.8, top - s * 0.022)], (45, 42, 55))
    lamp = Colour(0.93, 0.12, 88)
    canvas.fade([(x - w * 0.42, top - s * 0.02), (x + w * 0.42, top - s * 0.02), (x + w * 0.42, top - s * 0.12),
                 (x - w * 0.42, top - s * 0.12)], lamp.rgb(), lamp.lighter(-0.08).rgb())
    canvas.fill([(x - w * 0.55, top - s * 0.118), (x + w * 0.55, top - s * 0.118), (x + w * 0.12, top - s * 0.2),
                 (x - w * 0.12, top - s * 0.2)], band.lighter(-0.08).rgb())
    for index, share in enumerate((0.2, 0.5)):
        wy = y - s * 0.78 * share
        canvas.fill([(x - w * 0.1, wy), (x + w * 0.1, wy), (x + w * 0.1, wy - s * 0.05),
                     (x - w * 0.1, wy - s * 0.05)], (60, 55, 70) if index else (48, 44, 60))
    if brief.time != "day":
        canvas.shine(x, top - s * 0.07, s * 0.4, (255, 222, 150), 0.9)
        reach = canvas.width
        for side in (-1, 1):
            canvas.fade([(x, top - s * 0.075), (x + side * reach, top - s * 0.33),
                         (x + side * reach, top + s * 0.12)], (255, 236, 190), (255, 236, 190), 0.13)

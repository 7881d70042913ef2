"""A company's own colour on its forms: as it is where it fills, made readable where it writes."""

WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
PAPER = {"light": (0.98, 0.976, 0.965), "dark": (0.09, 0.086, 0.08)}
READABLE = 4.7
STEPS = 50
Colour = tuple[float, float, float]
SHEET = """.landing {{ --brand: {brand}; --on-brand: {on_brand};
  --accent: light-dark({light}, {dark}); --accent-deep: var(--accent); --focus: var(--accent);
  --accent-tint: color-mix(in oklab, var(--accent) 12%, var(--paper)); }}
"""


def style_sheet(code: str) -> str:
    """Return the rules that dress a form in this colour (six hexadecimal digits)."""
    colour = _read(code)
    return SHEET.format(
        brand=_code(colour),
        on_brand="#fff" if _contrast(colour, WHITE) >= _contrast(colour, BLACK) else "#000",
        light=_code(_readable(colour, "light")),
        dark=_code(_readable(colour, "dark")),
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG counts it: 1 to 21."""
    return _contrast(_read(one), _read(other))


def _readable(colour: Colour, theme: str) -> Colour:
    """Return the colour, moved towards ink until words in it can be read on this theme's paper."""
    paper, ink = PAPER[theme], BLACK if theme == "light" else WHITE
    for step in range(STEPS + 1):
        share = step / STEPS
        red, green, blue = (
            own * (1 - share) + end * share for own, end in zip(colour, ink, strict=True)
        )
        if _contrast((red, green, blue), paper) >= READABLE:
            return red, green, blue
    return ink


def _contrast(one: Colour, other: Colour) -> float:
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _read(code: str) -> Colour:
    digits = code.removeprefix("#")
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _code(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)

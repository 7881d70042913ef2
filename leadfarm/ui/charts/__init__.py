"""Charts as coordinates: dataclasses that turn numbers into what an SVG template draws.

Each has a template of the same name (ui/chart_line.html, ui/whisker.html, ...), follows the theme,
needs no script and no inline style, and carries its numbers as a table.
"""

from leadfarm.ui.charts.bars import Bar, Bars, Funnel, Share, Shares, Step
from leadfarm.ui.charts.line import Line, Mark, Point, Series
from leadfarm.ui.charts.whisker import Whisker

__all__ = [
    "Bar",
    "Bars",
    "Funnel",
    "Line",
    "Mark",
    "Point",
    "Series",
    "Share",
    "Shares",
    "Step",
    "Whisker",
]

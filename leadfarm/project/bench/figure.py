"""A figure of a bench, and the meter that takes it."""

import json
import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Figure:
    """One line of the bench; what does not apply stays empty and is not printed.

    `n` rows of work on `base` leads that were there. `floor_seconds` is the time of the least work
    that leaves the same rows, in the same run; `ratio` is seconds to floor_seconds.
    """

    bench: str
    n: int
    base: int
    page: str | None = None
    seconds: float | None = None
    per_second: float | None = None
    cpu_seconds: float | None = None
    peak_mb: float | None = None
    floor_seconds: float | None = None
    ratio: float | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None
    p99_ms: float | None = None
    bytes_per_touch: float | None = None
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    goal: str = ""
    detail: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> str:
        """Return the figure as one JSON object, what does not apply left out."""
        told = {k: v for k, v in asdict(self).items() if v not in (None, "", {})}
        return json.dumps({k: _short(v) for k, v in told.items()})

    def as_text(self) -> str:
        """Return the figure as one line for people."""
        parts = [f"{self.bench} {self.page or ''}".strip(), f"{self.n:,} on {self.base:,}"]
        if self.seconds is not None:
            parts.append(f"{self.seconds:.2f} s")
        if self.per_second is not None:
            parts.append(f"{self.per_second:,.0f} per second")
        if self.ratio is not None:
            parts.append(f"{self.ratio:.2f} times the floor ({self.floor_seconds:.2f} s)")
        if self.p50_ms is not None:
            parts.append(f"p50 {self.p50_ms:.1f}, p95 {self.p95_ms:.1f}, p99 {self.p99_ms:.1f} ms")
        if self.bytes_per_touch is not None:
            parts.append(f"{self.bytes_per_touch:.0f} bytes a touch")
        if self.f1 is not None:
            parts.append(f"precision {self.precision:.3f}, recall {self.recall:.3f}")
            parts.append(f"f1 {self.f1:.3f}")
        return "; ".join([*parts, f"goal: {self.goal}"])

    def times(self, seconds: Sequence[float]) -> None:
        """Set the percentiles from the time each call took."""
        ordered = sorted(seconds)
        self.p50_ms, self.p95_ms, self.p99_ms = (
            1000 * ordered[min(len(ordered) - 1, int(len(ordered) * part))]
            for part in (0.50, 0.95, 0.99)
        )

    def took(self, meter: "Meter", floor: float | None = None) -> None:
        """Set what the meter read, and the ratio to the floor."""
        self.seconds, self.cpu_seconds = meter.seconds, meter.cpu_seconds
        self.per_second = self.n / meter.seconds
        self.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if floor:
            self.floor_seconds, self.ratio = floor, meter.seconds / floor


@dataclass
class Meter:
    """Wall and processor time of what ran inside `running`, added up over several times."""

    backend: int | None = (
        None  # process number of the database session, where it is on this machine
    )
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Read the clocks before and after."""
        cpu, wall = self._cpu(), time.perf_counter()
        yield
        self.seconds += time.perf_counter() - wall
        self.cpu_seconds += self._cpu() - cpu

    def _cpu(self) -> float:
        own = time.process_time()
        if self.backend is None:
            return own
        # After the name, which may hold blanks: utime and stime are the 12th and 13th field.
        fields = Path(f"/proc/{self.backend}/stat").read_text().rpartition(")")[2].split()
        return own + (int(fields[11]) + int(fields[12])) / 100


def _short(value: object) -> object:
    if isinstance(value, dict):
        return {key: _short(each) for key, each in value.items()}
    return round(value, 4) if isinstance(value, float) else value

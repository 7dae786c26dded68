"""Line: one path's figure beside its floor, its goal, and whether that is reached."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """`ours` and `floor` are milliseconds of the server's processor time per answer."""

    path: str
    ours: float
    floor: float
    floor_name: str
    most: float
    more: str = ""
    holds: bool = True

    @property
    def ratio(self) -> float:
        return self.ours / self.floor if self.floor else float("inf")

    @property
    def _goal(self) -> str:
        return self.more if self.most == float("inf") else f"≤ {self.most:g}{self.more}"

    def __str__(self) -> str:
        reached = "reached" if self.ratio <= self.most and self.holds else "not reached"
        return (
            f"{self.path:<22} ours {self.ours:7.3f} ms  floor {self.floor:6.3f} ms ({self.floor_name})  "
            f"ratio {self.ratio:6.2f}  goal {self._goal}  {reached}"
        )

"""Day first or month first: decided by what the file's own dates show, or asked."""

from datetime import timedelta

from webinar.attendance.format import DAY_ORDER, Answers, DayOrder, NeedsAnswer, Unreadable
from webinar.attendance.formats.reading.stamp import Stamp


class DayOrderEvidence:
    """What the dates seen so far tell about their order."""

    def __init__(self) -> None:
        self.other_language = False
        self._open: Stamp | None = None
        self._day_first = self._month_first = self._dots = self._capitals = False

    def see(self, stamp: Stamp) -> None:
        """Take one more date into account."""
        if stamp.settled:
            return
        self._open = self._open or stamp
        self._day_first |= stamp.first > 12
        self._month_first |= stamp.second > 12
        self._dots |= stamp.mark == "."
        self._capitals |= stamp.capital

    def order(self, answers: Answers) -> DayOrder | None:
        """The order, None where it must be asked.

        Raises Unreadable where the dates contradict each other, NeedsAnswer where they contradict the answer.
        """
        if self._open is None:
            return "dmy"
        certain = self._certain()
        if certain and answers.day_order not in (None, certain):
            raise NeedsAnswer((DAY_ORDER,), _CONTRADICTED[certain])
        return certain or answers.day_order or self._likely() or self._near(answers)

    def _certain(self) -> DayOrder | None:
        if self._day_first and self._month_first:
            raise Unreadable(
                "The dates of this file contradict each other: in some the day comes first, in some the"
                " month. A spreadsheet has probably changed them. Export the report again."
            )
        if self._day_first:
            return "dmy"
        return "mdy" if self._month_first else None

    def _likely(self) -> DayOrder | None:
        if self._dots:
            return "dmy"
        if self._capitals:
            return "mdy"
        return "dmy" if self.other_language else None

    def _near(self, answers: Answers) -> DayOrder | None:
        if self._open is None or answers.session_day is None:
            return None
        fitting: list[DayOrder] = []
        for order in ("dmy", "mdy"):
            local = self._open.local(order)
            if local and abs(local.date() - answers.session_day) <= timedelta(days=1):
                fitting.append(order)
        return fitting[0] if len(fitting) == 1 else None


_CONTRADICTED = {
    "dmy": "This file has dates whose first number is above 12, so the month cannot come first.",
    "mdy": "This file has dates whose second number is above 12, so the day cannot come first.",
}

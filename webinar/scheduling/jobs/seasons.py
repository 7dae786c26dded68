"""The worker's part in a fair season: the proof, in a process of its own, written down as it goes."""

from contextlib import closing
from dataclasses import dataclass

from webinar.db.store import transaction
from webinar.outbox.port import Due, Opened, Useless
from webinar.scheduling import providers
from webinar.scheduling.rules.season import Season
from webinar.scheduling.service import seasons


@dataclass(frozen=True)
class Proof:
    """Looks for the fairest season; holds no transaction while it does."""

    plan_id: int
    season: Season

    def run(self) -> None:
        """Until it is proven, the time is over, or somebody pressed stop."""
        solver = providers.SOLVERS["cp_sat" if providers.can_prove() else "greedy"]
        with closing(solver.answers(self.season.problem(), seasons.LIMIT)) as answers:
            for found in answers:
                with transaction():
                    wanted = seasons.improve(self.plan_id, found)
                if not wanted:
                    break
        with transaction():
            seasons.end(self.plan_id)


def open_proof(due: Due) -> Opened:
    """Take a plan in hand; a worker that went silent is followed by one that begins anew."""
    plan_id = int(due.payload["plan_id"])
    season = seasons.begin(plan_id)
    return Proof(plan_id, season) if season else Useless("nobody waits for this plan any more")

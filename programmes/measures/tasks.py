"""The round that folds the roll-up of programmes."""

from __future__ import annotations

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.measures.folding import fold_months


@handler("measures.fold_months")
def fold(job: Job, progress: Progress) -> None:
    fold_months()

"""The round that brings readings from Redis into the database."""

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from guidance import counting


@handler("guidance.count_readings")
def count_readings(job: Job, progress: Progress) -> None:
    counting.take_over()

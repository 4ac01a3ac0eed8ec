"""The tasks that workers take: run one job, and look after those that were lost."""

from embedded.celery import app
from embedded.jobs import limits, pulse, rounds, running, sending

__all__ = ["limits", "run", "sweep"]  # importing the limits puts them on every child of a worker


@app.task(name="jobs.run")
def run(*, job_id: int) -> None:
    running.run(job_id)


@app.task(name="jobs.sweep")
def sweep() -> None:
    pulse.beat()
    rounds.ask_due()
    sending.sweep()

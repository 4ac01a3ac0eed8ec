"""The hourly task that removes files whose row was never written."""

from embedded.celery import app
from embedded.files import keeping


@app.task(name="files.sweep_orphans")
def sweep_orphans() -> None:
    keeping.sweep_orphans()

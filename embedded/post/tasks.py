"""The hourly task that empties old letters."""

from embedded.celery import app
from embedded.post import outbox


@app.task(name="post.purge")
def purge() -> None:
    outbox.purge()

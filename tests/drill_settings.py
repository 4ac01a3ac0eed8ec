"""The settings of workers in drills: the product's own, and one more module of work to practise on."""

from embedded.settings import *  # noqa: F403
from embedded.settings import JOB_HANDLERS

JOB_HANDLERS = [*JOB_HANDLERS, "tests.drill_work"]

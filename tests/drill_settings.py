"""The settings of workers in drills: the product's own, and more modules of work to practise on."""

import os
from datetime import timedelta

from embedded.settings import *  # noqa: F403
from embedded.settings import JOB_HANDLERS

JOB_ROUNDS = {}
if "DRILL_ROUND_SECONDS" in os.environ:
    JOB_ROUNDS["drill round"] = timedelta(seconds=int(os.environ["DRILL_ROUND_SECONDS"]))
JOB_HANDLERS = [*JOB_HANDLERS, "tests.drill_work"]
if "DRILL_SEAMS" in os.environ:
    JOB_HANDLERS.append("tests.drill_seams")

"""What happens in the pretend programme: its themes, its topics and all of its residencies."""

from __future__ import annotations

from typing import Final

from programmes.demo.beginnings import BEGINNINGS
from programmes.demo.endings import ENDINGS
from programmes.demo.under_way import UNDER_WAY

THEMES: Final = ("Ageing well", "Mental health", "Starting well", "Care closer to home")
TOPICS: Final = ("Falls", "Discharge", "Waiting", "Self-harm", "Healthy weight", "Frailty", "Workforce")
STORIES: Final = (*UNDER_WAY, *ENDINGS, *BEGINNINGS)

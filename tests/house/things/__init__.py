"""One of everything that the rooms of the log keep; importing this enters them all."""

<<<<<<< HEAD
from tests.house.things import api, calendars, diary, focus, interchange, logging, packs, weeks

__all__ = ["api", "calendars", "diary", "focus", "interchange", "logging", "packs", "weeks"]
=======
from tests.house.things import api, calendars, desk, diary, focus, interchange, logging, weeks

__all__ = ["api", "calendars", "desk", "diary", "focus", "interchange", "logging", "weeks"]
>>>>>>> 576e0a3 (Tell the tests of the house about the desk)

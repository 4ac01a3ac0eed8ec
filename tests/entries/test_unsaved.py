"""Drafts of an entry that is taken out go with it, by whichever way it goes; all others stay."""

from __future__ import annotations

from embedded.drafts import save_draft
from embedded.drafts.models import Draft
from programmes.entries.unsaved import forget_drafts_of_gone
from programmes.entries.writing import remove_activity
from tests.diary.test_diary import logged
from tests.world import World, make_person


def test_drafts_of_an_entry_go_with_it(world: World) -> None:
    person, other = world.people["researcher"], make_person()
    gone, stays = logged(world, "Gone"), logged(world, "Stays")
    kept = [f"log-entry/{stays.pk}/p/R/k", "log/p/R/k", "log-entry/none/p/R/k", f"diary-entry/{gone.pk}/k"]
    for purpose in (*kept, f"log-entry/{gone.pk}/p/R/k", f"log-entry/{gone.pk}/p/R/l"):
        save_draft(person, purpose, {"what": ["x"]})
    save_draft(other, f"log-entry/{gone.pk}/p/R/k", {"what": ["x"]})
    remove_activity(activity=gone, by=person)
    left = Draft.objects.filter(person=person).values_list("purpose", flat=True)
    assert set(left) == set(kept) - {"log-entry/none/p/R/k"}
    assert Draft.objects.filter(person=other).count() == 1
    forget_drafts_of_gone(other)
    assert not Draft.objects.filter(person=other).exists()

"""The forms of one access item: how it stands, for whoever is signed in, and the owner's answer by link."""

from __future__ import annotations

from typing import Any, Final

from embedded.nhsuk.forms import DateField, EmailField, NhsForm, RadioField, TextField
from programmes.models import LEGAL_PERMISSIONS, AccessItem, AccessKind, AccessState
from programmes.onboarding.clearing import NO_WORDS, Standing
from programmes.onboarding.forms import not_called_optional

ENTERED = (
    AccessState.REQUIRED,
    AccessState.REQUESTED,
    AccessState.IN_PROGRESS,
    AccessState.IN_PLACE,
    AccessState.NOT_REQUIRED,
    AccessState.PROBLEM,
    AccessState.REFUSED,
    AccessState.REVOKED,
)
ANSWERS: Final = [
    (AccessState.REQUESTED.value, "It has been asked for"),
    (AccessState.IN_PLACE.value, "It is in place"),
    (AccessState.PROBLEM.value, "There is a problem"),
]


CLINICAL: Final = [("yes", "Yes, an honorary clinical contract"), ("no", "No"), ("unknown", "Not known")]
CLINICAL_WORD: Final = {True: "yes", False: "no", None: "unknown"}
CLINICAL_VALUE: Final = {word: value for value, word in CLINICAL_WORD.items()}
OWED: Final = (
    "issued_on",
    "issuer",
    "reference",
)  # V-30, of a permission in law; V-31, of a check that was seen


FACTS: Final = ("issued_on", "issuer", "reference", "expires_on", "is_clinical", "kept_at")


class StandingForm(NhsForm):
    """What is asked of an access item, however its answer comes: of a permission in law its facts (V-30), of a criminal
    record check by whom it was seen (V-31), of everything else a date at most."""

    state = RadioField("How does it stand?", called="how it stands")
    is_clinical = RadioField(
        "Is it for clinical work?", CLINICAL, called="whether it is clinical", required=False
    )
    issued_on = DateField("Date issued", called="the date it was issued", required=False)
    issuer = TextField("Who issued it", called="who issued it", required=False, max_length=160)
    reference = TextField("Reference", called="the reference", required=False, max_length=80, width=20)
    expires_on = DateField("Expires on", called="the expiry date", required=False)
    kept_at = TextField(
        "Where is it kept?",
        hint="For example a file of the research office. Only the place, never a copy",
        called="where it is kept",
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, item: AccessItem, **options: Any) -> None:
        super().__init__(*args, **options)
        self.item = item
        if item.kind == AccessKind.CRIMINAL_RECORD:
            self.fields["issuer"].label = "Seen by"
            self.fields["reference"].label = "Reference number and level"
            words = "Only the number and the level, never what the certificate says"
            self.fields["reference"].help_text = words
        elif item.kind in LEGAL_PERMISSIONS:
            not_called_optional(self, *OWED)
        else:
            self._ask_not(*OWED)
        if item.kind in NO_WORDS:
            self._ask_not("kept_at")
        if (
            item.kind == AccessKind.HONORARY_CONTRACT
        ):  # a clinical one covers research too (users.md decision 4)
            self.fields["is_clinical"].initial = CLINICAL_WORD[item.is_clinical]
        else:
            self._ask_not("is_clinical")

    def _ask_not(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    @property
    def facts_asked(self) -> list[Any]:
        """The boxes that belong to what is in place."""
        return [self[name] for name in self.fields if name in FACTS]

    def known(self) -> dict[str, Any]:
        """The facts as typed; what is not asked stays as it is."""
        found = {name: getattr(self.item, name) for name in FACTS}
        found |= {name: self.cleaned_data[name] for name in FACTS if name in self.fields}
        if "is_clinical" in self.fields:
            found["is_clinical"] = CLINICAL_VALUE[self.cleaned_data["is_clinical"] or "unknown"]
        return found


class ItemForm(StandingForm):
    """How one access item stands, and who sees to it."""

    reason = TextField(
        "Why is it not needed, or what is the problem?", called="why", required=False, max_length=300
    )
    owner_name = TextField("Who sees to it", called="who sees to it", required=False, max_length=120)
    owner_email = EmailField(
        "Their email address", called="their email address", required=False, autocomplete="off"
    )
    due = DateField("Needed by", called="the date it is needed by", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("state", [(state.value, state.label) for state in ENTERED])
        not_called_optional(self, "reason")

    @property
    def asks_owner(self) -> bool:
        """Whether it was saved with the button that sends whoever sees to it a link."""
        return "ask" in self.data

    def clean(self) -> None:
        check_standing(self, self.item)
        if self.asks_owner and not self.cleaned_data.get("owner_email") and "owner_email" not in self.errors:
            self.add_error("owner_email", "Enter the email address of whoever sees to it")

    def standing(self) -> Standing:
        return Standing(self.cleaned_data["state"], reason=self.cleaned_data["reason"], **self.known())


class AnswerForm(StandingForm):
    """An owner's answer by link: one of three."""

    reason = TextField("What is the problem?", called="what the problem is", required=False, max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("state", ANSWERS)
        self._ask_not("kept_at", *(("reason",) if self.item.kind in NO_WORDS else ()))
        if "reason" in self.fields:
            not_called_optional(self, "reason")

    def clean(self) -> None:
        state = self.cleaned_data.get("state")
        if state == AccessState.IN_PLACE:
            self.errors.pop("reason", None)
            check_standing(self, self.item)
            return
        if state is None:
            return
        for name in (*FACTS, *(("reason",) if state == AccessState.REQUESTED else ())):
            self.errors.pop(name, None)  # what stands in boxes that do not count cannot be wrong
        said = "reason" not in self.fields or "reason" in self.errors or self.cleaned_data["reason"]
        if state == AccessState.PROBLEM and not said:
            self.add_error("reason", "Enter what the problem is")

    def standing(self) -> Standing:
        """The answer, keeping what is known of the item where the answer says nothing of it."""
        state = self.cleaned_data["state"]
        if state == AccessState.IN_PLACE:
            return Standing(state, **self.known())
        reason = self.cleaned_data.get("reason", "") if state == AccessState.PROBLEM else ""
        return Standing(state, reason=reason, **{name: getattr(self.item, name) for name in FACTS})


def check_standing(form: StandingForm, item: AccessItem) -> None:
    """V-30 and V-31 as errors beside their fields."""
    typed = form.cleaned_data
    state = typed.get("state")
    if state == AccessState.IN_PLACE and item.kind in LEGAL_PERMISSIONS:
        for name, words in (
            ("issued_on", "Enter the date it was issued"),
            ("issuer", "Enter who issued it"),
            ("reference", "Enter the reference"),
        ):
            if not typed.get(name) and name not in form.errors:
                form.add_error(name, words)
    issued = typed.get("issued_on") if "issued_on" in form.fields else item.issued_on
    expires = typed.get("expires_on")
    if issued and expires and expires <= issued:
        form.add_error("expires_on", "Expiry date must be after the date it was issued")
    if state == AccessState.NOT_REQUIRED and not typed.get("reason"):
        form.add_error("reason", "Enter why it is not needed")
    if typed.get("reason") and item.kind in NO_WORDS and state != AccessState.NOT_REQUIRED:
        form.add_error("reason", "Leave this empty: write nothing about this check here")

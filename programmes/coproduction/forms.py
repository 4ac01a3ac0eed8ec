"""The forms of co-production."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from embedded.nhsuk.forms import DateField, NhsForm, RadioField, SelectField, TextAreaField, TextField
from programmes.coproduction.actions import PartnerWords, ProjectWords, asks_note
from programmes.models import (
    Classification,
    ContributionMode,
    LifecycleStage,
    Partner,
    PartnerKind,
    Project,
    ReadBack,
)

NEW = "new"
# After the four columns of the Health Research Authority's table "Defining research"
HOW_TO_TELL = {
    Classification.RESEARCH: "Sets out to find what holds elsewhere too, or to test a hypothesis",
    Classification.SERVICE_EVALUATION: "Asks what standard a service of ours reaches, or makes it better here",
    Classification.AUDIT: "Asks whether a service reaches a standard that was set beforehand",
    Classification.SURVEILLANCE: "Watches the health of a population, to act in time",
}


class ProjectForm(NhsForm):
    title = TextField("What is the project called?", max_length=200, missing="Enter what it is called")
    question = TextAreaField("What question does it ask?", rows=3, required=False)
    started_on = DateField("When did it start?", called="the date it started")
    stage = SelectField(
        "How far is it?",
        LifecycleStage.choices,
        hint="Before “Collecting evidence”, have it decided what kind of work it is, and note where that is written",
        called="how far it is",
    )
    classification = RadioField(
        "What kind of work is it?",
        [(kind.value, kind.label) for kind in Classification if kind != Classification.NOT_YET]
        + [(Classification.NOT_YET.value, "Not decided yet")],
        hint="One kind each: work that seems to be two kinds is not defined well enough yet. Split it into two "
        "projects. The R&D office can say which kind it is.",
        hints=HOW_TO_TELL,
        called="what kind of work it is",
    )
    classified_by_name = TextField("Who decided what kind it is?", max_length=120, required=False)
    classification_kept_at = TextField(
        "Where is that written?",
        hint="For example the date of an email, or a number in the office's register",
        max_length=200,
        required=False,
    )
    note = TextField(
        "Why does the kind of work change?",
        hint="Only if you change it: evidence is being collected, so the host's R&D office is told",
        called="why the kind of work changes",
        max_length=500,
        required=False,
    )
    target_feedback_on = DateField("When should the first findings be fed back?", required=False)
    ended_on = DateField("When did it end?", required=False)

    def __init__(self, *args: Any, project: Project | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.project = project if project is not None and asks_note(project) else None
        if self.project is None:
            del self.fields["note"]
        else:
            note: Any = self.fields["note"]
            note.marks_optional = False  # owed if the kind changes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("classification")
        if self.project and kind and kind != self.project.classification and not cleaned.get("note"):
            self.add_error("note", "Enter why the kind of work changes")
        decided = cleaned.get("classification") not in (None, Classification.NOT_YET)
        if decided and not cleaned.get("classified_by_name"):
            self.add_error("classified_by_name", "Enter who decided what kind of work it is")
        elif cleaned.get("classified_by_name") and not decided and "classification" in cleaned:
            self.add_error("classified_by_name", "Leave this empty until the kind of work is decided")
        started, ended = cleaned.get("started_on"), cleaned.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", "The date it ended must be the same as or after the date it started")
        return cleaned

    def words(self) -> ProjectWords:
        names = set(ProjectWords.__dataclass_fields__) & set(self.cleaned_data)
        return ProjectWords(**{name: self.cleaned_data[name] for name in names})


class NewProjectForm(ProjectForm):
    """A project that is just being added has not ended."""

    ended_on = None  # type: ignore[assignment]

    def words(self) -> ProjectWords:
        self.cleaned_data["ended_on"] = None
        return super().words()


def project_values(project: Project) -> dict[str, Any]:
    return {name: getattr(project, name) for name in ProjectWords.__dataclass_fields__ if name != "note"}


class PartnerForm(NhsForm):
    """One known to the programme, or a new one. A name that is typed means somebody new."""

    partner = RadioField("Who is the partner?", called="who the partner is")
    name = TextField("Name", max_length=120, required=False, autocomplete="off")
    kind = SelectField("Who are they?", PartnerKind.choices, required=False, called="who they are")
    how_to_reach = TextField(
        "How shall we reach them?",
        hint="By telephone, post, email or text. No email address is needed.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, known: Iterable[Partner], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(partner.pk): partner for partner in known}
        choices = [(pk, f"{one.name}, {one.get_kind_display().lower()}") for pk, one in self.known.items()]
        self.offer("partner", [*choices, (NEW, "Somebody new")])
        if not self.known:
            self.fields["partner"].initial = NEW

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("partner") == NEW:
            if not cleaned.get("name"):
                self.add_error("name", "Enter the name of the partner")
            if not cleaned.get("kind"):
                self.add_error("kind", "Select who they are")
        return cleaned

    def chosen(self) -> Partner | PartnerWords:
        typed = self.cleaned_data
        if typed["partner"] != NEW:
            return self.known[typed["partner"]]
        return PartnerWords(typed["name"], typed["kind"], typed["how_to_reach"])


class AgreedForm(NhsForm):
    """The partner has heard or read what was written, and agrees."""

    read_back = RadioField(
        "How did you read it back to them?", ReadBack.choices, called="how you read it back"
    )


class ContributionForm(NhsForm):
    partner = SelectField("Who contributed?", called="who contributed")
    on = DateField("When?", called="the date")
    stage = SelectField("At which point of the work?", LifecycleStage.choices, called="the point of the work")
    mode = RadioField("In what way?", ContributionMode.choices, called="in what way", small=True)
    description = TextAreaField("What did they do or say?", rows=4, missing="Enter what they did or said")
    what_changed = TextAreaField(
        "What changed because of it?",
        rows=3,
        hint="“Nothing” is an answer, and so is something that got worse",
        required=False,
    )

    def __init__(self, *args: Any, partners: Iterable[Partner], **options: Any) -> None:
        super().__init__(*args, **options)
        self.partners = {str(partner.pk): partner for partner in partners}
        self.offer("partner", [(pk, one.name) for pk, one in self.partners.items()])

"""The forms of a job description: how to begin, its texts, its criteria, HR's own form, and one press."""

from __future__ import annotations

from typing import Any, Final

from embedded.files.handed_in import HandedIn, NotTaken, look_into
from embedded.nhsuk.forms import (
    CheckboxesField,
    NhsForm,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
)
from embedded.nhsuk.uploads import UploadField
from programmes.models import PostVariant, Seniority
from programmes.recruitment.asking import DUTIES, Asked, Page
from programmes.recruitment.content import (
    ASSESSED,
    GROUPS,
    HEADINGS,
    MOST_CRITERIA,
    MOST_DUTIES,
    Content,
    Criterion,
    lines_of,
)

LONGEST_LINE: Final = 400


class BeginForm(NhsForm):
    variant = RadioField(
        "Who will employ the person?",
        PostVariant.choices,
        hints={
            PostVariant.UNIVERSITY: "University grade; the person works at the host by agreement",
            PostVariant.NHS: "The band is shown as proposed, subject to job evaluation",
        },
        called="who will employ the person",
    )
    seniority = RadioField(
        "How experienced should the person be?",
        Seniority.choices,
        hint="This chooses the wording that you begin with. You can change every word",
        called="how experienced the person should be",
    )


class TextsForm(NhsForm):
    """The texts of one page, or the duties group by group."""

    def __init__(self, *args: Any, page: Page, **options: Any) -> None:
        super().__init__(*args, **options)
        self.page = page
        for asked in page.asked:
            self.fields[asked.name] = _field(asked)

    def clean(self) -> None:
        for asked in self.page.asked:
            lines = lines_of(self.cleaned_data.get(asked.name) or "") if asked.listed else []
            if any(len(line) > LONGEST_LINE for line in lines):
                self.add_error(asked.name, f"Each line must be {LONGEST_LINE} characters or fewer")
            if len(lines) > MOST_DUTIES:
                self.add_error(asked.name, f"Enter {MOST_DUTIES} lines or fewer")

    def with_line(self, name: str, words: str) -> TextsForm:
        """What was typed, not looked at yet, with one more line under one of the texts."""
        self.is_valid()
        typed = {asked.name: self[asked.name].value() or "" for asked in self.page.asked}
        typed[name] = f"{typed[name].rstrip()}\n{words}".strip()
        return TextsForm(page=self.page, initial=typed, version=self.cleaned_data["version"])

    def applied_to(self, content: Content) -> Content:
        """The content with what was typed."""
        typed = {asked.name: self.cleaned_data[asked.name] for asked in self.page.asked}
        if self.page is DUTIES:
            return content.with_duties({name: lines_of(words) for name, words in typed.items()})
        return content.with_texts(typed)


def _field(asked: Asked) -> TextField:
    options: dict[str, Any] = {
        "called": asked.called,
        "hint": asked.hint,
        "max_length": asked.longest,
        "required": asked.needed,
    }
    field = (
        TextAreaField(asked.label, rows=asked.rows, **options)
        if asked.rows > 1
        else TextField(asked.label, **options)
    )
    field.marks_optional = False
    return field


def saved_texts(page: Page, content: Content) -> dict[str, str]:
    """What the form shows first: what is saved."""
    if page is DUTIES:
        return {group: "\n".join(duty.words for duty in content.in_group(group)) for group in GROUPS}
    return {asked.name: content.texts.get(asked.name, "") for asked in page.asked}


class CriterionForm(NhsForm):
    """One criterion. An essential one comes from at least one duty (V-110)."""

    heading = SelectField("Heading", HEADINGS.items(), called="a heading")
    words = TextAreaField(
        "What is asked for?",
        hint="Something that can be seen or shown",
        called="what is asked for",
        rows=3,
        max_length=400,
    )
    essential = RadioField(
        "Is it essential?",
        [("yes", "Essential"), ("no", "Desirable")],
        hints={"yes": "Nobody without it would be appointed"},
        called="whether it is essential",
    )
    duties = CheckboxesField(
        "Which duties does it come from?",
        small=True,
        hint="An essential criterion comes from at least one duty",
        called="a duty",
        required=False,
    )
    by = CheckboxesField(
        "How is it assessed?", ASSESSED.items(), small=True, called="how it is assessed", required=False
    )

    def __init__(self, *args: Any, content: Content, is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_full = is_new and len(content.criteria) >= MOST_CRITERIA
        numbers = content.numbered()
        ordered = sorted(content.duties, key=lambda duty: numbers[duty.id])
        self.offer("duties", [(str(duty.id), f"{numbers[duty.id]}. {duty.words}") for duty in ordered])
        for name in ("duties", "by"):
            field: Any = self.fields[name]
            field.marks_optional = False

    def clean(self) -> None:
        """V-110."""
        typed = self.cleaned_data
        if typed.get("essential") == "yes" and not typed.get("duties") and "duties" not in self.errors:
            self.add_error("duties", "Select at least one duty that it comes from, or make it desirable")
        if self.is_full:
            self.errors.pop("words", None)
            self.add_error("words", f"There are {MOST_CRITERIA} criteria. Remove one before you add another")

    def typed(self) -> dict[str, Any]:
        """As it was typed, whether or not it could be saved."""
        return {name: self[name].value() for name in ("heading", "words", "essential", "duties", "by")}

    def criterion(self, number: int) -> Criterion:
        typed = self.cleaned_data
        return Criterion(
            id=number,
            heading=typed["heading"],
            words=" ".join(typed["words"].split()),
            essential=typed["essential"] == "yes",
            duties=tuple(int(one) for one in typed["duties"]),
            by=tuple(typed["by"]),
        )


def saved_criterion(criterion: Criterion | None) -> dict[str, Any]:
    if criterion is None:
        return {}
    return {
        "heading": criterion.heading,
        "words": criterion.words,
        "essential": "yes" if criterion.essential else "no",
        "duties": [str(one) for one in criterion.duties],
        "by": list(criterion.by),
    }


class OwnFormForm(NhsForm):
    """HR's own form, looked into before it is kept."""

    file = UploadField(
        "Attach HR’s own form",
        hint="A PDF or Word file (DOCX) smaller than 5MB, without a password and without macros",
        accept=".pdf,.docx",
        called="a file",
        error_messages={"required": "Select a PDF or DOCX"},
    )
    handed_in: HandedIn

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.handed_in = look_into(file, file.name)
        except NotTaken as problem:
            self.add_error("file", str(problem))
        return file


class PressForm(NhsForm):
    """One press: approve, or make the files."""

"""The form that asks for a report: about what, for which period, prepared for whom."""

from __future__ import annotations

import datetime
from typing import Any, cast

from embedded.nhsuk.forms import NhsForm, RadioField, SelectField, TextField
from programmes.measures.period import Period
from programmes.models import Programme, Theme
from programmes.reports import periods
from programmes.reports.reading import Reach

WHOLE = "whole"


class ReportForm(NhsForm):
    about = RadioField("What is it about?", missing="Select what the report is about")
    period = RadioField("Which period?", missing="Select a period")
    first_month = SelectField("From", required=False, called="the first month", empty="Select a month")
    last_month = SelectField("To the end of", required=False, called="the last month", empty="Select a month")
    prepared_for = TextField(
        "Who is it prepared for?",
        hint="Stands on the cover, for example: Board of the integrated care board",
        max_length=120,
        required=False,
        called="who it is prepared for",
    )

    def __init__(
        self, *args: Any, programme: Programme, reach: Reach, today: datetime.date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.reach = reach
        self.offers = {offer.name: offer.period for offer in periods.offers(programme, today)}
        self._offer_themes(programme)
        self._offer_periods(programme, today)

    def _offer_themes(self, programme: Programme) -> None:
        """Not asked where there is one answer."""
        self.themes = {str(theme.pk): theme for theme in self.reach.themes}
        choices = [(WHOLE, f"The whole programme: {programme.name}")] if self.reach.whole else []
        choices += [(key, f"Theme: {theme.name}") for key, theme in self.themes.items()]
        about = cast(RadioField, self.fields["about"])
        about.choices, about.initial = choices, choices[0][0]
        if len(choices) == 1:
            del self.fields["about"]

    def _offer_periods(self, programme: Programme, today: datetime.date) -> None:
        period = cast(RadioField, self.fields["period"])
        named = periods.offers(programme, today)
        period.choices = [(o.name, o.words) for o in named] + [(periods.CHOSEN, "Months that I choose")]
        period.hints = {offer.name: offer.days for offer in named}
        period.initial = named[0].name
        months = [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in periods.months(programme, today)]
        for name in ("first_month", "last_month"):
            cast(SelectField, self.fields[name]).choices = months

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("period") == periods.CHOSEN:
            self._check_months(typed.get("first_month", ""), typed.get("last_month", ""))
        return typed

    def _check_months(self, first: str, last: str) -> None:
        for name, value, words in (("first_month", first, "first"), ("last_month", last, "last")):
            if not value and name not in self.errors:
                self.add_error(name, f"Select the {words} month")
        if first and last and last < first:
            self.add_error("last_month", "Last month must be the same as or after the first month")

    @property
    def theme(self) -> Theme | None:
        """What the answer is about; None for the whole programme."""
        if "about" in self.fields:
            return self.themes.get(self.cleaned_data["about"])
        return None if self.reach.whole else self.reach.themes[0]

    @property
    def chosen_period(self) -> Period:
        typed = self.cleaned_data
        if typed["period"] != periods.CHOSEN:
            return self.offers[typed["period"]]
        return periods.from_to(_month(typed["first_month"]), _month(typed["last_month"]))


class AgainForm(NhsForm):
    """One press: try again."""


def _month(text: str) -> datetime.date:
    return datetime.date.fromisoformat(f"{text}-01")

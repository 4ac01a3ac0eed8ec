"""The forms of the dashboard: what it is narrowed to, and the switch of a rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms

from embedded.nhsuk.forms import NhsForm
from programmes.measures.attention import ALWAYS_ON, RULES

SWITCHED = [rule for rule in RULES if rule not in ALWAYS_ON]


class RuleForm(NhsForm):
    """A press on "Switch on" or "Switch off" of one rule."""

    rule = forms.ChoiceField(choices=[(rule, rule) for rule in SWITCHED], widget=forms.HiddenInput)
    state = forms.ChoiceField(choices=[("on", "on"), ("off", "off")], widget=forms.HiddenInput)


@dataclass(frozen=True)
class Choice:
    """Something the dashboard can be narrowed to."""

    value: str
    text: str


@dataclass(frozen=True)
class Narrowing:
    """Theme and host as the address says them, so that a view can be sent on (X-23). There are no dates to choose:
    two that differ by a day would tell what one person did on it (users.md decision 8). The choices are open where the
    address asks for them by `narrow`."""

    themes: Sequence[Choice] = ()
    hosts: Sequence[Choice] = ()
    theme: Choice | None = None
    host: Choice | None = None
    is_open: bool = False

    @staticmethod
    def asked(query: Mapping[str, str]) -> bool:
        """Whether an address says anything of it, or asks for the choices (`?narrow=`)."""
        return bool(query.get("theme") or query.get("host") or "narrow" in query)

    @classmethod
    def of(cls, query: Mapping[str, str], themes: Sequence[Choice], hosts: Sequence[Choice]) -> Narrowing:
        """What is asked and offered; what is not offered is as if it had not been asked."""
        theme = next((one for one in themes if one.value == query.get("theme")), None)
        host = next((one for one in hosts if one.value == query.get("host")), None)
        return cls(themes, hosts, theme, host, "narrow" in query)

    @property
    def chosen(self) -> list[str]:
        return [one.text for one in (self.theme, self.host) if one]

    @property
    def offers(self) -> bool:
        return len(self.themes) > 1 or len(self.hosts) > 1 or bool(self.chosen)

    @property
    def query(self) -> str:
        """ "?theme=3", or nothing."""
        values = {"theme": self.theme, "host": self.host}
        asked = urlencode({name: one.value for name, one in values.items() if one})
        return f"?{asked}" if asked else ""

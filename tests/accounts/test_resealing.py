"""SECRET_KEY can be replaced: second steps go on working meanwhile, and without the old key afterwards."""

from __future__ import annotations

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt
from django.core.management import CommandError, call_command
from pytest_django import Settings

from embedded.accounts.models import User
from tests.world import make_person

pytestmark = pytest.mark.django_db
OLD = "the former secret, long enough to be one"
NEW = "the coming secret, long enough to be one"
APP = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def user(settings: Settings) -> User:
    """Somebody with an app and recovery codes of the time of OLD; the settings then know both."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    user = make_person("Ada").user
    assert user
    TOTP.activate(user, APP)
    RecoveryCodes.activate(user)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    return user


def steps(user: User) -> tuple[str, list[str]]:
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return decrypt(app.data["secret"]), RecoveryCodes(codes).generate_codes()


def reseal() -> str:
    said = StringIO()
    call_command("reseal_second_steps", stdout=said)
    return said.getvalue()


def test_second_steps_are_read_with_both_keys_and_then_with_the_new_one_alone(
    user: User, settings: Settings
) -> None:
    before = steps(user)
    assert before[0] == APP
    assert "2 second steps" in reseal()
    settings.SECRET_KEY_FALLBACKS = []
    assert steps(user) == before
    assert "2 second steps" in reseal()  # once more does no harm


def test_one_that_cannot_be_opened_is_left_as_it_is_and_said(user: User, settings: Settings) -> None:
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(CommandError, match="2 could not be opened"):
        reseal()
    settings.SECRET_KEY_FALLBACKS = [OLD]
    assert steps(user)[0] == APP

"""For each table of ours a row that the database takes, and for each of its rules one change that makes it refuse."""

from __future__ import annotations

import datetime
import decimal
import uuid
from typing import Any

from django.db import models
from django.db.models import Q

DAY = datetime.date(2026, 3, 2)
BEFORE = datetime.date(1999, 1, 1)
AT = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
HASH = "a" * 64

Row = dict[str, Any]

# What a plain filling gets wrong.
FIT: dict[str, Row] = {
    "audit.Event": {"deed": "thing.done"},
    "desk.Revision": {
        "asked_at": None,
        "returned_at": None,
        "returned_because": "",
        "state": "published",
        "kind": "correction",
        "edition_id": 1,
        "ended_at": AT,
        "readers": "{}",
        "moments": "{}",
        "topics": "{}",
    },
    "desk.WebAddress": {"looked_at": None},
    "drafts.ParkedPost": {"path": "/p/x/"},
    "files.MadeFile": {"sha256": HASH, "media_type": "text/plain"},
    "guidance.Edition": {"withdrawn_on": None, "reading_minutes": 1},
    "guidance.Opinion": {"why": "", "why_removed_on": DAY},
    "guidance.Pack": {
        "key": HASH,
        "address": HASH[:24],
        "pages": None,
        "made_at": None,
        "made_from": "",
        "names": "[]",
        "extras": "[]",
    },
    "guidance.PackCount": {"month": datetime.date(2026, 3, 1)},
    "guidance.PackPart": {"sections": "[]"},
    "guidance.ReadingCount": {"month": datetime.date(2026, 3, 1)},
    "jobs.Job": {"state": "waiting", "lease_token": None, "lease_until": None, "ended_at": None, "error": ""},
    "jobs.Pulse": {"id": 1},
    "links.SignedLink": {"token_sha256": HASH, "expires_at": AT + datetime.timedelta(days=1), "made_at": AT},
    "post.Letter": {"state": "waiting", "sent_at": None},
    "vault.PersonKey": {"key_version": "a" * 16},
    "programmes.CaseConsent": {"by_id": None, "read_back": ""},
    "programmes.CaseCount": {"month": datetime.date(2026, 3, 1)},
    "programmes.CaseStudy": {"state": "published", "pdf_id": None},
    "programmes.OwnPack": {"papers": '{"names": ""}'},
    "programmes.Organisation": {
        "scheme": "own",
        "ods_code": "",
        "ror_id": "",
        "gss_code": "",
        "ukprn": "",
        "closed": None,
        "successor_id": None,
    },
    "programmes.OrganisationName": {"kind": "other", "picked": 0, "picked_by_id": None},
    "programmes.RegisterLoad": {"digest": HASH},
    "programmes.Programme": {"code_prefix": "ABC", "reporting_year_starts_month": 4},
    "programmes.Residency": {
        "code": "ABC-2026-001",
        "stage": "idea",
        "planned_start": DAY,
        "planned_end": DAY + datetime.timedelta(days=9),
        "days_a_week": 3,
        "money_amount": 1,
        "review_on": None,
    },
    "programmes.EndChange": {"old_end": None},
    "programmes.StageChange": {"ended_reason": ""},
    "programmes.Project": {"classification": "not_yet_classified"},
    "programmes.ClassificationChange": {"new": "research"},
    "programmes.Contribution": {"read_back": "", "confirmed_at": None},
    "programmes.Activity": {"readers": "only_me", "what": "", "sealed": b"x"},
    "programmes.Comment": {"passage_id": 1, "activity_id": None, "month": None},
    "programmes.LogFile": {"columns": "{}", "counts": "{}", "problem": "", "undone_at": None},
    "programmes.LogFileRow": {"date": DAY, "minutes": 60, "residency_id": 1},
    "programmes.ColumnMemory": {"shape": HASH},
    "programmes.Passage": {"readers": "people", "withdrawn_on": None},
    "programmes.PlannedEntry": {"uid_mark": b"x", "state": "logged"},
    "programmes.Request": {"answered_on": None, "told_on": None},
    "programmes.FirstDaysLine": {"text": None},
    "programmes.SupervisionMeeting": {"next_on": DAY + datetime.timedelta(days=9)},
    "programmes.PeerSetMember": {"until": None},
    "programmes.MonthlyPulse": {
        "month": datetime.date(2026, 3, 1),
        "shared_on": None,
        "getting_in": "",
        "line_of_work": "",
        "academic": "",
    },
    "programmes.PortfolioLine": {"use_id": 1},
    "programmes.ApiToken": {"sha256": HASH, "made_at": AT, "expires_at": AT + datetime.timedelta(days=30)},
    "programmes.ActivityMonth": {"month": datetime.date(2026, 3, 1)},
    "programmes.Membership": {
        "role": "funder",
        "end": None,
        "theme_id": None,
        "organisation_id": None,
        "residency_id": None,
    },
    "programmes.Interest": {"answered_on": DAY, "answered_by_id": 1, "residency_id": 1, "closed_because": ""},
    "programmes.Invitation": {"accepted_at": None, "declined_at": None, "withdrawn_at": None},
    "programmes.Placement": {"wte": decimal.Decimal("0.5"), "end": None},
    "programmes.AccessItem": {"kind": "badge", "state": "required", "issued_on": DAY, "expires_on": None},
    "programmes.HostRule": {"asks": ""},
    "programmes.Report": {
        "end": DAY + datetime.timedelta(days=1),
        "figures": None,
        "made_at": None,
        "pdf_id": None,
    },
    "programmes.ResidencyFile": {"checked_at": AT, "problem": "", "head": "{}"},
    "programmes.ResidencyFileRow": {"state": "good", "residency_id": None},
    "programmes.UseInDecision": {"confirmed_at": None, "confirmed_by_name": ""},
    "programmes.PlanRound": {"themes": '{"power"}'},
    "programmes.PlanVoice": {"answered_at": None, "how": "", "typed_in_by_id": None},
    "programmes.ShelfLink": {"address": "https://teams.example/"},
    "programmes.Condition": {"met_on": None, "met_by_id": None},
    "programmes.LookingBack": {"months": 6, "answered_at": None, "answered_by_name": ""},
    "programmes.Correction": {"new_days": decimal.Decimal("3"), "new_start": DAY},
    "programmes.PostChange": {"successor_id": None},
    "programmes.Agreement": {"follows_as": ""},
    "programmes.JobDescription": {"approved_at": None},
    "programmes.WorkingAgreement": {"asked_by_id": 1},
}

# By name: what makes a good row a bad one. Lists of choices and texts that may not be empty are found by themselves.
BAD: dict[str, Row] = {
    "revision_asked_by_somebody": {"asked_at": AT},
    "revision_waits_since_it_was_asked": {"state": "asked", "edition_id": None, "ended_at": None},
    "revision_one_at_a_time": {"state": "writing", "edition_id": None, "ended_at": None},
    "revision_kind_is_listed": {"kind": "?", "approved_by_id": 1},
    "revision_state_is_listed": {"state": "?", "edition_id": None},
    "web_address_state_is_listed": {"state": "?", "looked_at": AT},
    "revision_returned_with_a_reason": {"returned_by_id": 1, "returned_at": AT},
    "revision_not_approved_by_who_asked": {"asked_by_id": 1, "asked_at": AT, "approved_by_id": 1},
    "revision_published_has_its_edition": {"edition_id": None},
    "revision_approved_unless_small": {"kind": "edition"},
    "revision_over_has_its_time": {"ended_at": None},
    "revision_readers_are_listed": {"readers": "{manager,?}"},
    "revision_moments_are_listed": {"moments": "{?}"},
    "revision_topics_are_listed": {"topics": "{?}"},
    "web_address_known_once_looked_up": {"looked_at": AT},
    "document_moments_are_listed": {"moments": "{?}"},
    "document_readers_are_listed": {"readers": "{manager,?}"},
    "document_topics_are_listed": {"topics": "{?}"},
    "opinion_removed_has_no_words": {"why": "x", "why_removed_on": DAY},
    "pack_asked_after_begun": {"asked_on": BEFORE},
    "pack_has_key_and_address": {"address": "x"},
    "pack_made_has_all_its_files": {"pages": 1},
    "case_count_month_is_a_first_day": {"month": DAY},
    "case_says_what_was_hard_and_is_not_known_v99": {"challenges": ""},
    "case_published_has_day_and_host": {"published_on": None},
    "case_pdf_while_published": {"state": "draft", "pdf_id": 1},
    "case_consent_typed_in_says_how": {"read_back": "in_person"},
    "own_pack_knows_its_names": {"papers": "{}"},
    "pack_month_is_a_first_day": {"month": DAY},
    "pack_with_own_papers_is_private": {"private_to": "", "names": '[["Host", "x"]]'},
    "sign_in_seen_after_it_began": {"seen_at": AT - datetime.timedelta(days=1)},
    "event_deed_is_noun_verb": {"deed": "Done it"},
    "parked_path_is_ours": {"path": "https://evil.example/"},
    "file_is_named_by_its_hash": {"sha256": "A" * 64},
    "file_has_name_and_type": {"name": ""},
    "interest_is_whole": {"name": ""},
    "interest_can_be_answered": {"email": "", "phone": ""},
    "interest_answer_is_an_idea_or_a_reason": {"closed_because": "No"},
    "job_state_is_known": {"state": "?", "ended_at": AT},
    "job_has_kind_and_key": {"key": ""},
    "job_is_leased_while_running": {"state": "running"},
    "job_ended_has_its_moment": {"state": "done"},
    "job_failed_says_why": {"state": "failed", "ended_at": AT},
    "pulse_is_one": {"id": 2},
    "link_expires_after_it_is_made": {"expires_at": AT},
    "link_token_is_hashed": {"token_sha256": "k1_plain"},
    "letter_has_address_and_key": {"to": ""},
    "correction_corrects_something": {"new_start": None, "new_days": None},
    "correction_days_a_week_up_to_five": {"new_days": decimal.Decimal("5.5")},
    "letter_sent_has_its_moment": {"state": "sent"},
    "letter_failed_says_why": {"state": "failed", "problem": ""},
    "person_key_version_is_hex": {"key_version": "the first"},
    "edition_withdrawn_has_its_date": {"state": "published", "withdrawn_on": DAY},
    "edition_not_withdrawn_before_published": {"state": "withdrawn", "withdrawn_on": BEFORE},
    "edition_takes_a_minute": {"reading_minutes": 0},
    "reading_month_is_a_first_day": {"month": DAY},
    "organisation_has_code_and_names": {"legal_name": ""},
    "organisation_ods_code_format": {"ods_code": "r-1"},
    "organisation_ror_id_format": {"ror_id": "1abc"},
    "organisation_gss_code_format": {"gss_code": "E1"},
    "organisation_ukprn_format": {"ukprn": "1234"},
    "organisation_ods_code_is_its_code": {"scheme": "ods", "ods_code": "RXX", "code": "RYY"},
    "organisation_closes_after_it_opens": {"opened": DAY, "closed": BEFORE},
    "organisation_with_successor_is_closed": {"successor_id": 77},
    "organisation_does_not_succeed_itself": {"id": 78, "successor_id": 78, "closed": DAY},
    "organisation_of_a_register_is_nobodys_own": {"scheme": "la", "is_made_up": True},
    "organisation_name_ends_after_it_begins": {"since": DAY, "until": BEFORE},
    "organisation_name_learned_if_picked": {"picked": 3},
    "register_load_digest_is_sha256": {"digest": "x"},
    "programme_ends_after_it_starts": {"end": BEFORE},
    "programme_reporting_month_is_real": {"reporting_year_starts_month": 13},
    "programme_prefix_is_capitals": {"code_prefix": "abc"},
    "residency_code_has_its_form": {"code": "falls"},
    "residency_planned_end_after_start": {"planned_end": DAY},
    "residency_ended_after_it_started": {"started_on": DAY, "ended_on": BEFORE},
    "residency_days_a_week_up_to_five": {"days_a_week": decimal.Decimal("5.5")},
    "residency_money_not_negative": {"money_amount": -1},
    "residency_running_has_started": {"stage": "active", "started_on": None},
    "residency_looked_at_again_once_set_up": {"stage": "idea", "review_on": DAY},
    "shelf_link_is_https": {"address": "http://teams.example/"},
    "post_is_not_handed_to_itself": {"placement_id": 7, "successor_id": 7},
    "looking_back_at_6_and_12_months": {"months": 7},
    "looking_back_answered_by_somebody": {"answered_at": AT},
    "end_change_changes_the_end": {"old_end": DAY, "new_end": DAY},
    "condition_met_has_day_and_person": {"met_on": DAY},
    "project_ends_after_it_starts": {"ended_on": BEFORE},
    "project_classified_has_a_day": {"classification": "research", "classified_on": None},
    "classification_change_is_one": {"old": "research"},
    "contribution_read_back_is_known": {"read_back": "telephone"},
    "activity_minutes_v60": {"minutes": 961},
    "activity_text_v2": {"what": "In the open"},
    "away_is_half_a_day_or_more": {"start": DAY, "end": DAY, "start_afternoon": True, "end_noon": True},
    "passage_is_withdrawn_after_it_is_shared": {"withdrawn_on": BEFORE},
    "comment_month_is_a_first": {"passage_id": None, "month": DAY},
    "comment_has_one_subject": {"activity_id": 1},
    "log_file_is_checked_before_it_is_brought_in": {"importing_id": 7, "problem": "Torn"},
    "log_file_is_brought_in_before_it_is_undone": {"undone_at": AT, "brought_in_at": None},
    "log_file_row_minutes_v60": {"minutes": 961},
    "log_file_row_good_is_whole": {"date": None},
    "column_memory_shape": {"shape": "x"},
    "planned_minutes_v60": {"minutes": 961},
    "planned_with_an_entry_is_logged": {"activity_id": 1, "state": "waiting"},
    "request_answered_has_its_day": {"answered_on": DAY},
    "request_is_told_after_it_is_answered": {"told_on": DAY},
    "agreed_share_kind_is_plain": {"kind": "reflection"},
    "agreed_share_up_to_all": {"percent": 101},
    "first_days_week_1_to_15": {"week": 16},
    "first_days_line_is_of_the_record_or_own": {"text": b"x"},
    "supervision_next_is_later": {"next_on": DAY},
    "peer_set_meets_in_a_year": {"every_weeks": 53},
    "peer_set_member_leaves_later": {"until": BEFORE},
    "pulse_month_is_a_first": {"month": DAY},
    "pulse_shared_has_its_answers": {"shared_on": DAY},
    "portfolio_module_1_to_4": {"module": 5},
    "portfolio_line_is_one_thing_or_text": {"project_id": 1},
    "api_token_is_hashed": {"sha256": "x"},
    "api_token_lasts_a_year_at_most": {"expires_at": AT + datetime.timedelta(days=367)},
    "away_ends_after_it_starts": {"end": BEFORE},
    "activity_month_is_a_first": {"month": DAY},
    "agreement_ends_after_signing": {"effective_to": BEFORE, "effective_from": None},
    "agreement_covers_what_is_known": {"covers": "{?}"},
    "agreement_ends_after_it_begins": {"signed_on": BEFORE, "effective_from": DAY, "effective_to": BEFORE},
    "agreement_publication_is_known_v21": {"publication": "?"},
    "agreement_notice_has_its_days_v21": {"publication": "notice_period", "publication_notice_days": None},
    "agreement_follows_as_something": {"follows_as": "amendment"},
    "job_description_counts_from_one": {"number": 0},
    "job_description_approved_by_somebody": {"approved_at": AT},
    "job_description_is_written_or_a_form": {"kind": "own_form"},
    "working_agreement_counts_from_one": {"number": 0},
    "working_agreement_asked_has_time_and_person": {"asked_at": None},
    "working_agreement_agreed_has_time_and_way": {"agreed_at": None},
    "membership_ends_after_it_starts": {"end": BEFORE},
    "membership_role_fits_its_place": {"role": "researcher"},
    "invitation_has_one_ending": {"accepted_at": AT, "withdrawn_at": AT},
    "placement_wte_v14": {"wte": decimal.Decimal("1.01")},
    "placement_ends_after_it_starts": {"end": DAY},
    "access_expires_after_issue_v30": {"expires_on": DAY},
    "access_legal_permission_in_place_v30": {
        "kind": "letter_of_access",
        "state": "in_place",
        "reference": "",
    },
    "access_not_needed_has_a_reason": {"state": "not_required", "reason": ""},
    "host_rule_asks_of_other_work_v32": {"asks": "nothing"},
    "report_period_is_not_empty": {"end": DAY},
    "report_made_has_figures_and_file": {"made_at": AT},
    "residency_file_is_checked_before_it_is_brought_in": {"importing_id": 7, "problem": "Torn"},
    "residency_file_row_leads_to_its_residency": {"state": "made"},
    "residency_is_made_of_one_row": {"state": "made", "residency_id": 7},
    "use_is_whole": {"decision": ""},
    "use_confirmed_has_time_and_name": {"confirmed_by_name": "Nobody"},
    "plan_answer_position_is_known": {"position": "?"},
    "plan_answer_says_something": {"words": "", "position": ""},
    "plan_round_themes_are_known": {"themes": '{"skills"}'},
    "plan_say_position_is_known": {"position": "?"},
    "plan_voice_answered_says_how": {"how": "link"},
    "plan_voice_typed_in_by_somebody": {"how": "link", "answered_at": AT, "typed_in_by_id": 1},
    "organisation_live_ods_code_once": {"ods_code": "RXX"},
    "organisation_live_ror_id_once": {"ror_id": "012345678"},
    "residency_has_one_lead_host": {"part": "lead_host"},
}

# A role that nobody knows fits no place, which PostgreSQL sees first.
SEEN_FIRST = {
    "job_description_kind_is_known": "job_description_is_written_or_a_form",
    "membership_role_is_known": "membership_role_fits_its_place",
    "residency_file_row_state_is_known": "residency_file_row_leads_to_its_residency",
}

# How the second of two rows differs from the first, where another rule would refuse them before the one meant.
SECOND: dict[str, Row] = {
    "user_email_once_whatever_the_case": {"email": "X"},
    "organisation_live_ods_code_once": {"code": "another"},
    "organisation_live_ror_id_once": {"code": "another"},
    "residency_has_one_lead_host": {"organisation_id": 2},
    "residency_is_made_of_one_row": {"number": 2},
}


def good_row(model: type[models.Model]) -> Row:
    """A row of raw values by column, which no rule refuses."""
    row = {field.column: _plain(field) for field in model._meta.concrete_fields}
    return row | FIT.get(model._meta.label, {})


def bad_row(model: type[models.Model], check: models.CheckConstraint) -> Row:
    """The good row with what the check refuses; KeyError for a check that nobody has broken yet."""
    return good_row(model) | (BAD.get(check.name) or _found(check))


def _found(check: models.CheckConstraint) -> Row:
    leaves = list(_leaves(check.condition))
    for name, _ in leaves:
        if name.endswith("__in"):
            return {name.removesuffix("__in"): "?"}
    if len(leaves) == 1 and leaves[0][1] == "" and check.condition.negated:
        return {leaves[0][0]: ""}
    raise KeyError(check.name)


def _leaves(condition: Any) -> list[tuple[str, Any]]:
    found = []
    for child in condition.children:
        found += _leaves(child) if isinstance(child, Q) else [child]
    return found


def _plain(field: Any) -> Any:
    if field.primary_key:
        return str(uuid.uuid4()) if isinstance(field, models.UUIDField) else 1
    if field.choices:
        return field.flatchoices[0][0]
    if field.is_relation:
        return None if field.null else 1
    by_kind: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.DateTimeField, AT),
        (models.DateField, DAY),
        (models.BooleanField, False),
        (models.DecimalField, decimal.Decimal(1)),
        (models.IntegerField, 1),
        (models.UUIDField, str(uuid.uuid4())),
        (models.BinaryField, b"x"),
        (models.CharField, "x"),
        (models.TextField, "x"),
        (models.GenericIPAddressField, "127.0.0.1"),
        (models.JSONField, "{}"),
    ]
    if field.null and not isinstance(field, models.DateField):
        return None
    for kind, value in by_kind:
        if isinstance(field, kind):
            return value
    return "{}"  # an array

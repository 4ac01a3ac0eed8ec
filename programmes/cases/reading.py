"""What the pages of case studies fetch, and who may read what is not published."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from embedded.errors import Gone
from programmes.access import Scope
from programmes.models import CasePerson, CaseState, CaseStudy, Residency

READERS = ("write_case", "check_case", "publish_case")


def readable(scope: Scope, slug: str, code: str) -> Residency:
    """The residency, for those who write, check or publish its case studies; others do not see unpublished ones."""
    residency = scope.residency(slug, code)
    if not any(scope.can(one, residency) for one in READERS):
        raise PermissionDenied
    return residency


def cases_of(scope: Scope, residency: Residency) -> list[CaseStudy]:
    """Those that this person may read: the host reads no draft."""
    return [one for one in residency.cases.select_related("begun_by") if may_see(scope, one, residency)]


def may_see(scope: Scope, case: CaseStudy, residency: Residency) -> bool:
    writes = scope.can("write_case", residency) or scope.can("publish_case", residency)
    return writes or case.state != CaseState.DRAFT


def seen_case(scope: Scope, residency: Residency, pk: int) -> CaseStudy:
    """One that this person may read; any other is a 404."""
    case = case_of(residency, pk)
    if not may_see(scope, case, residency):
        raise Http404("No case study of that number in this residency")
    return case


def case_of(residency: Residency, pk: int) -> CaseStudy:
    """A case study of this residency; any other is a 404."""
    found = residency.cases.filter(pk=pk)
    case = found.select_related("residency__programme", "begun_by", "host_link", "job", "pdf").first()
    if case is None:
        raise Http404("No case study of that number in this residency")
    return case


def people_of(case: CaseStudy) -> list[CasePerson]:
    people = list(case.people.select_related("link").prefetch_related("answers__by"))
    for one in people:
        one.case = case
    return people


def person_of(residency: Residency, pk: int) -> CasePerson:
    """Somebody named in a case study of this residency; anybody else is a 404."""
    found = CasePerson.objects.filter(case__residency=residency, pk=pk).prefetch_related("answers__by")
    one = found.select_related("case__residency__programme", "case__begun_by", "link").first()
    if one is None:
        raise Http404("Nobody of that number in this residency's case studies")
    return one


def is_held_back(case: CaseStudy) -> bool:
    """Whether the day has yet to come from which it may be read."""
    return case.embargo_until is not None and case.embargo_until > timezone.localdate()


def open_cases(today: datetime.date) -> list[CaseStudy]:
    """Those that everybody may read, the newest first."""
    found = CaseStudy.objects.open_on(today).select_related("residency__programme")
    return list(found.order_by("-published_on", "-pk"))


def open_case(pk: int, today: datetime.date) -> CaseStudy:
    """One that everybody may read. Gone for one that was published and withdrawn, else Http404."""
    found = CaseStudy.objects.filter(pk=pk).select_related("residency__programme", "pdf").first()
    if found is not None and found.state == CaseState.WITHDRAWN:
        raise Gone("This case study was withdrawn.")
    if found is None or not CaseStudy.objects.open_on(today).filter(pk=pk).exists():
        raise Http404("No case study of that number")
    return found

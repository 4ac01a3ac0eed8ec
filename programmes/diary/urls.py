"""The addresses of the diary, of what is shared, and of what others see of a log."""

from django.urls import URLPattern, path

from programmes.diary import sharing, views, writing

RESIDENCY = "p/<slug:slug>/r/<str:code>"

urlpatterns: list[URLPattern] = [
    path("diary/", writing.diary, name="diary"),
    path("diary/<int:pk>/", writing.diary_entry, name="diary_entry"),
    path("diary/<int:pk>/remove/", writing.diary_remove, name="diary_remove"),
    path("diary/erase/", writing.diary_erase, name="diary_erase"),
    path("diary/find/", writing.diary_find, name="diary_find"),
    path("diary/promise/", writing.diary_promise, name="diary_promise"),
    path("diary/shared/", sharing.diary_shared, name="diary_shared"),
    path("diary/shared/entry/<int:pk>/withdraw/", sharing.entry_withdraw, name="entry_withdraw"),
    path("diary/shared/<int:pk>/withdraw/", sharing.passage_withdraw, name="passage_withdraw"),
    path(f"{RESIDENCY}/diary/<int:pk>/share/", sharing.diary_share, name="diary_share"),
    path(f"{RESIDENCY}/log/<int:pk>/share/", sharing.log_share, name="log_share"),
    path(f"{RESIDENCY}/log/months/", views.log_months, name="log_months"),
    path(f"{RESIDENCY}/log/months/comment/", sharing.comment_month, name="comment_month"),
    path(f"{RESIDENCY}/log/seen/<slug:who>/", views.seen, name="seen"),
    path(f"{RESIDENCY}/notes/", views.notes, name="notes"),
    path(f"{RESIDENCY}/notes/<slug:mark>/comment/", sharing.comment_passage, name="comment_passage"),
    path(f"{RESIDENCY}/notes/entry/<slug:mark>/comment/", sharing.comment_entry, name="comment_entry"),
]

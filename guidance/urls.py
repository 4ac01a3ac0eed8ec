"""The addresses of the library; all but the editors' desk and the numbers are open to everybody."""

from django.urls import include, path, register_converter

from guidance import numbers_views, useful, views
from guidance.addresses import VersionConverter
from guidance.desk import comparing

register_converter(VersionConverter, "version")

urlpatterns = [
    path("", views.library, name="guidance_library"),
    path("packs/", include("guidance.packs.urls")),
    path("desk/", include("guidance.desk.urls")),
    path("numbers/", numbers_views.numbers, name="guidance_numbers"),
    path("numbers/guidance-numbers.csv", numbers_views.numbers_csv, name="guidance_numbers_csv"),
    path("numbers/words/<int:pk>/remove/", numbers_views.remove_words, name="guidance_words_remove"),
    path("<slug:slug>/", views.document, name="guidance_document"),
    path("<slug:slug>/useful/", useful.useful, name="guidance_useful"),
    path("<slug:slug>/editions/", views.editions, name="guidance_editions"),
    path("<slug:slug>/compare/", comparing.compare, name="guidance_compare"),
    path("<slug:slug>/<slug:again>-<version:number>.pdf", views.file, {"form": "pdf"}, name="guidance_pdf"),
    path(
        "<slug:slug>/<slug:again>-<version:number>.docx", views.file, {"form": "word"}, name="guidance_word"
    ),
    path(
        "<slug:slug>/<slug:again>-<version:number>.xlsx", views.file, {"form": "sheet"}, name="guidance_sheet"
    ),
]

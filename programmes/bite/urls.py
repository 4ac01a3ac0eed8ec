"""The addresses of a project's summary of two pages."""

from django.urls import path

from programmes.bite import views

HERE = "p/<slug:slug>/r/<str:code>/projects/<int:pk>/in-two-pages"

urlpatterns = [
    path(f"{HERE}/", views.bite, name="bite"),
    path(f"{HERE}/change/", views.bite_edit, name="bite_edit"),
    path(f"{HERE}/in-two-pages.pdf", views.bite_pdf, name="bite_pdf"),
    path(f"{HERE}/in-two-pages.docx", views.bite_word, name="bite_word"),
]

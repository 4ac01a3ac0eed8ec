"""The addresses of the portfolio."""

from django.urls import URLPattern, path

from programmes.portfolio import views

urlpatterns: list[URLPattern] = [
    path("portfolio/", views.portfolio, name="portfolio"),
    path("portfolio/<int:module>/", views.portfolio_module, name="portfolio_module"),
    path("portfolio/line/<int:pk>/", views.portfolio_line, name="portfolio_line"),
    path("portfolio/portfolio.pdf", views.portfolio_pdf, name="portfolio_pdf"),
    path("portfolio/portfolio.docx", views.portfolio_word, name="portfolio_word"),
]

"""The addresses of the desk; guidance.urls has registered how a version stands in one."""

from django.urls import path

from guidance.desk import deciding_views, views, writing_views

urlpatterns = [
    path("", views.desk, name="guidance_desk"),
    path("<slug:slug>/", views.document, name="guidance_desk_document"),
    path("<slug:slug>/review/", views.review, name="guidance_desk_review"),
    path("<slug:slug>/withdraw/<version:number>/", views.withdraw, name="guidance_desk_withdraw"),
    path("<slug:slug>/newer-file/", views.newer_file, name="guidance_desk_newer_file"),
    path("<slug:slug>/newer-file/set-aside/", views.set_aside, name="guidance_desk_set_aside"),
    path("<slug:slug>/begin/", writing_views.begin, name="guidance_desk_begin"),
    path("<slug:slug>/edit/", writing_views.edit, name="guidance_desk_edit"),
    path("<slug:slug>/preview/", writing_views.preview, name="guidance_desk_preview"),
    path("<slug:slug>/preview.pdf", writing_views.preview_pdf, name="guidance_desk_preview_pdf"),
    path("<slug:slug>/publish/", deciding_views.publish, name="guidance_desk_publish"),
    path("<slug:slug>/publish/go-on/", deciding_views.go_on, name="guidance_desk_go_on"),
    path("<slug:slug>/approve/", deciding_views.approve, name="guidance_desk_approve"),
    path("<slug:slug>/send-back/", deciding_views.send_back, name="guidance_desk_send_back"),
    path("<slug:slug>/put-away/", deciding_views.put_away, name="guidance_desk_put_away"),
]

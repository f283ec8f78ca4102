"""Addresses of case media: uploads, pictures, marks."""

from django.urls import path

from courses.media.views import annotations, media, renditions, uploads, viewer

urlpatterns = [
    # Sending: docs/uploads.md
    path("cases/<str:case>/uploads/", uploads.begin, name="upload-begin"),
    path("uploads/<str:upload>/", uploads.show, name="upload-show"),
    path("uploads/<str:upload>/parts/<int:number>/", uploads.keep_part, name="upload-part"),
    path("uploads/<str:upload>/addresses/", uploads.addresses, name="upload-addresses"),
    path("uploads/<str:upload>/complete/", uploads.complete, name="upload-complete"),
    path("uploads/<str:upload>/abandon/", uploads.abandon, name="upload-abandon"),
    # Seeing
    path("cases/<str:case>/media/", media.index, name="medium-list"),
    path("media/at/<str:token>/", renditions.serve, name="medium-serve"),
    path("media/at/<str:token>/window/", renditions.show_window, name="medium-window"),
    path("media/<str:medium>/", viewer.show, name="medium-show"),
    path("media/<str:medium>/views/", media.views, name="medium-views"),
    # Changing
    path("media/<str:medium>/caption/", media.caption, name="medium-caption"),
    path("media/<str:medium>/check/", media.check, name="medium-check"),
    path("media/<str:medium>/move/", media.move, name="medium-move"),
    path("media/<str:medium>/remove/", media.remove, name="medium-remove"),
    # Drawing
    path("media/<str:medium>/marks/", annotations.index, name="mark-list"),
    path("media/<str:medium>/marks/save/", annotations.save, name="mark-save"),
]

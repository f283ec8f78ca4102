"""Addresses of people and of the demonstration's doors."""

from django.urls import path

from accounts.views import demo, profile

app_name = "accounts"
urlpatterns = [
    path("profile/", profile.edit, name="profile-edit"),
    path("demo/sign-in/<slug:role>/", demo.sign_in, name="demo-sign-in"),
    path("demo/mail/", demo.list_mail, name="demo-mail-list"),
    path("demo/mail/<str:key>/", demo.show_mail, name="demo-mail"),
]

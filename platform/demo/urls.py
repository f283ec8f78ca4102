"""Addresses of the demonstration's doors and of its mailbox."""

from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [
    path("demo/sign-in/<slug:role>/", views.sign_in, name="sign-in"),
    path("demo/mail/", views.list_mail, name="mail-list"),
    path("demo/mail/<str:key>/", views.show_mail, name="mail"),
]

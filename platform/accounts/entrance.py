"""Pages of allauth's that we put something before; the rest of them follows in config/urls.py."""

from allauth.account import views
from django.urls import path

from accounts.views import reauthentication

urlpatterns = [
    path("reauthenticate/", reauthentication.ask, name="account_reauthenticate"),
    path("email/", reauthentication.after_asking(views.email), name="account_email"),
    path("password/set/", reauthentication.after_asking(views.password_set), name="account_set_password"),
]

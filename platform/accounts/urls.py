"""Addresses of people."""

from django.urls import path

from accounts.views import first_coordinator, profile

app_name = "accounts"
urlpatterns = [
    path("profile/", profile.edit, name="profile-edit"),
    path("first/<str:key>/", first_coordinator.show, name="first-coordinator"),
]

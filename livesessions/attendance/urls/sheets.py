"""Addresses of the sheets; they keep the namespace under which people have bookmarked and linked them."""

from django.urls import path

from livesessions.attendance.views import files, people, sheets, times

app_name = "reports"

urlpatterns = [
    path("sessions/<str:session>/attendance/", sheets.show, name="attendance-show"),
    path("sessions/<str:session>/attendance/headcount/", sheets.headcount, name="attendance-headcount"),
    path("sessions/<str:session>/attendance/mine/", people.mine, name="attendance-mine"),
    path("sessions/<str:session>/attendance/people/<str:person>/", people.show, name="attendance-person"),
    path("sessions/<str:session>/attendance/people/<str:person>/adjust/", people.adjust, name="attendance-adjust"),
    path("sessions/<str:session>/attendance/times/", times.show, name="attendance-times"),
    path("sessions/<str:session>/attendance/sheet.csv", files.as_csv, name="attendance-csv"),
    path("sessions/<str:session>/attendance/sheet.xlsx", files.as_xlsx, name="attendance-xlsx"),
]

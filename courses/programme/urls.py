"""Addresses of the programme, of planning and of registration."""

from django.urls import path

from courses.programme.views import (
    amendments,
    calendars,
    courses,
    dashboard,
    enrolments,
    home,
    missions,
    own_sessions,
    passes,
    people,
    registrations,
    session_plans,
    sessions,
    team,
)

urlpatterns = [
    path("", home.show, name="programme-show"),
    path("missions/<slug:slug>/", missions.show, name="mission-show"),
    path("courses/<slug:slug>/", courses.show, name="course-show"),
    path("sessions/<str:session>/", sessions.show, name="session-show"),
    # Planning, for coordinators
    path("plan/", dashboard.home, name="plan-home"),
    path("plan/missions/new/", missions.create, name="mission-create"),
    path("plan/missions/<slug:slug>/", missions.change, name="mission-change"),
    path("plan/courses/new/", courses.create, name="course-create"),
    path("plan/courses/<slug:slug>/", courses.change, name="course-change"),
    path("plan/courses/<slug:slug>/sessions/new/", session_plans.create, name="session-create"),
    path("plan/sessions/<str:session>/", session_plans.show, name="session-plan"),
    path("plan/sessions/<str:session>/change/", session_plans.change, name="session-change"),
    path("plan/sessions/<str:session>/registration/", session_plans.set_registration, name="registration-set"),
    path("plan/sessions/<str:session>/cancel/", session_plans.cancel, name="session-cancel"),
    path("plan/sessions/<str:session>/team/", team.assign, name="team-assign"),
    path("plan/sessions/<str:session>/team/<str:person>/remove/", team.remove, name="team-remove"),
    # The people of an organisation, for coordinators, verifiers and site administrators
    path("people/", people.home, name="people-home"),
    path("people/<slug:organisation>/", people.show, name="people-show"),
    path("people/<slug:organisation>/invite/", people.invite, name="people-invite"),
    path("people/<slug:organisation>/<str:who>/", people.one, name="people-person"),
    path("people/<slug:organisation>/<str:who>/roles/", people.set_roles, name="people-roles"),
    path("people/<slug:organisation>/<str:who>/licences/<int:licence>/", people.decide, name="people-licence"),
    path("people/<slug:organisation>/<str:who>/account/", people.set_open, name="people-account"),
    path("people/<slug:organisation>/<str:who>/merge/", people.merge, name="people-merge"),
    # Registration
    path("sessions/<str:session>/calendar.ics", calendars.show, name="session-calendar"),
    path("sessions/<str:session>/register/", enrolments.register, name="enrolment-register"),
    path("sessions/<str:session>/registered/", enrolments.registered, name="enrolment-registered"),
    path("sessions/<str:session>/resend/", enrolments.resend, name="enrolment-resend"),
    path("sessions/<str:session>/resent/", enrolments.registered, {"is_reminder": True}, name="enrolment-resent"),
    path("join/<str:token>/", passes.give, name="pass-give"),
    path("join/<str:token>/name/", amendments.by_link, name="amendment-by-link"),
    path("withdraw/<str:token>/", enrolments.withdraw, name="enrolment-withdraw"),
    path("withdraw/<str:token>/back/", enrolments.come_back, name="enrolment-return"),
    path("regions/<str:language>/<str:country>/", enrolments.region_list, name="region-list"),
    path("privacy/", enrolments.privacy, name="privacy-show"),
    # One's own
    path("mine/", own_sessions.show, name="mine-show"),
    path("mine/<str:enrolment>/withdraw/", own_sessions.withdraw, name="mine-withdraw"),
    path("mine/<str:enrolment>/name/", amendments.own, name="amendment-own"),
    # Registrations, for coordinators
    path("sessions/<str:session>/registrations/", registrations.show, name="enrolment-list"),
    path("registrations/<str:enrolment>/approve/", registrations.approve, name="enrolment-approve"),
    path("registrations/<str:enrolment>/decline/", registrations.decline, name="enrolment-decline"),
    path("registrations/<str:enrolment>/confirm/", registrations.confirm, name="enrolment-confirm"),
    path("registrations/<str:enrolment>/remove/", registrations.remove, name="enrolment-remove"),
    path("registrations/<str:enrolment>/renew/", registrations.renew, name="enrolment-renew"),
    path("registrations/<str:enrolment>/correct/", amendments.correct, name="amendment-correct"),
    path("registrations/<str:enrolment>/move/", registrations.move, name="enrolment-move"),
]

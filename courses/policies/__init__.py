"""Who may do what with missions, courses, sessions, cases and records. Nobody else decides."""

from courses.policies.programme import (
    Visitor,
    may_manage_enrolments,
    may_plan,
    may_register,
    may_see_course,
    may_see_figures,
    may_see_mission,
    may_see_session,
    may_withdraw,
    may_work_at,
    role_at,
)

__all__ = [
    "Visitor",
    "may_manage_enrolments",
    "may_plan",
    "may_register",
    "may_see_course",
    "may_see_figures",
    "may_see_mission",
    "may_see_session",
    "may_withdraw",
    "may_work_at",
    "role_at",
]

"""Addresses of reviews: the queue, recommendations, discussion, notices."""

from django.urls import URLPattern, path

from courses.cases.views import discussions, notices, summaries
from courses.cases.views import review_queue as queue
from courses.cases.views import review_writing as recommendations
from courses.cases.views import reviews as case_reviews

urlpatterns: list[URLPattern] = [
    path("cases/queue/", queue.show, name="queue-show"),
    path("cases/notices/", notices.preferences, name="notice-preferences"),
    path("cases/<str:case>/discussion/", discussions.show, name="discussion-show"),
    path("cases/<str:case>/reviews/assign/", case_reviews.assign, name="review-assign"),
    path("cases/<str:case>/reviews/take/", case_reviews.take, name="review-take"),
    path("cases/<str:case>/reviews/<str:review>/", recommendations.write, name="review-write"),
    path("cases/<str:case>/reviews/<str:review>/start/", case_reviews.start, name="review-start"),
    path("cases/<str:case>/reviews/<str:review>/return/", case_reviews.give_back, name="review-return"),
    path("cases/<str:case>/reviews/<str:review>/send-back/", case_reviews.send_back, name="review-send-back"),
    path("cases/<str:case>/reviews/<str:review>/ask/", recommendations.ask_summary, name="review-ask-summary"),
    path("cases/<str:case>/reviews/<str:review>/summary/", summaries.confirm, name="review-confirm-summary"),
    path("cases/<str:case>/reviews/<str:review>/approve/", recommendations.approve, name="review-approve"),
    path("cases/<str:case>/recommendations/<str:recommendation>/", recommendations.done, name="recommendation-done"),
]

"""Addresses of reviews: the queue, recommendations, discussion, notices."""

from django.urls import URLPattern, path

from courses.cases.views import discussions, notices, review_queue, review_writing, reviews, summaries

urlpatterns: list[URLPattern] = [
    path("cases/queue/", review_queue.show, name="queue-show"),
    path("cases/notices/", notices.preferences, name="notice-preferences"),
    path("cases/<str:case>/discussion/", discussions.show, name="discussion-show"),
    path("cases/<str:case>/reviews/assign/", reviews.assign, name="review-assign"),
    path("cases/<str:case>/reviews/take/", reviews.take, name="review-take"),
    path("cases/<str:case>/reviews/<str:review>/", review_writing.write, name="review-write"),
    path("cases/<str:case>/reviews/<str:review>/start/", reviews.start, name="review-start"),
    path("cases/<str:case>/reviews/<str:review>/return/", reviews.give_back, name="review-return"),
    path("cases/<str:case>/reviews/<str:review>/send-back/", reviews.send_back, name="review-send-back"),
    path("cases/<str:case>/reviews/<str:review>/ask/", review_writing.ask_summary, name="review-ask-summary"),
    path("cases/<str:case>/reviews/<str:review>/summary/", summaries.confirm, name="review-confirm-summary"),
    path("cases/<str:case>/reviews/<str:review>/approve/", review_writing.approve, name="review-approve"),
    path("cases/<str:case>/recommendations/<str:recommendation>/", review_writing.done, name="recommendation-done"),
]

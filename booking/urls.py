"""Addresses of the request. None of them says what it is about."""

from django.urls import include, path

from booking.steps import STEPS
from booking.views import patient, questions, sending, start

app_name = "booking"

PLACES = {"about_check": "about/check/", "language": "needs/language/"}

# /consultation/
journey = [
    path("", start.start, name="start"),
    path("begin/", start.begin, name="begin"),
    path("safety/help/", questions.safety_help, name="safety_help"),
    path("who/child/", questions.minors, name="minors"),
    *(path(PLACES.get(step.key, f"{step.key}/"), questions.question, {"key": step.key}, step.key) for step in STEPS),
    path("check/", sending.check, name="check"),
    path("done/", sending.done, name="done"),
    path("leave/", start.leave, name="leave"),
]

# /request/<token>/
one_request = [
    path("", patient.status, name="request"),
    path("withdraw/", patient.withdraw, name="withdraw"),
]

urlpatterns = [
    path("consultation/", include(journey)),
    path("request/<str:token>/", include(one_request)),
]

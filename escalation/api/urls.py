"""Which address of the API answers what?"""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page
from drf_spectacular.views import SpectacularAPIView

from escalation.api import describing, views  # noqa: F401  # describing registers itself

View = Callable[..., HttpResponse]


def marked(view: View) -> View:
    """Return the view with an ETag on what it reads; who still has that gets 304 and nothing more."""
    kept: View = cache_control(private=True, no_cache=True)(conditional_page(view))
    return kept


urlpatterns = [
    path("handoffs", marked(views.Handoffs.as_view()), name="api_handoffs"),
    path("handoffs/<uuid:pk>", marked(views.OneHandoff.as_view()), name="api_handoff"),
    path("handoffs/<uuid:pk>/timeline", marked(views.Timeline.as_view()), name="api_timeline"),
    path("schema", SpectacularAPIView.as_view(), name="api_schema"),
]

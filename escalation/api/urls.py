"""Which address of the API answers what?"""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from escalation.api import views

urlpatterns = [
    path("handoffs", views.Handoffs.as_view(), name="api_handoffs"),
    path("handoffs/<uuid:pk>", views.OneHandoff.as_view(), name="api_handoff"),
    path("handoffs/<uuid:pk>/timeline", views.Timeline.as_view(), name="api_timeline"),
    path("schema", SpectacularAPIView.as_view(), name="api_schema"),
]

"""Which address leads where? The product's own addresses are in escalation.urls."""

from django.contrib import admin
from django.urls import include, path

from escalation.web import entrance, exposition, health

urlpatterns = [
    path("admin/login/", entrance.log_in_staff, name="admin_login"),
    path("admin/", admin.site.urls),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("metrics", exposition.metrics, name="metrics"),
    path("", include("escalation.urls")),
]

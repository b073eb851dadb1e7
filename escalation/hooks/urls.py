"""At which address does a tool reach us?"""

from django.urls import path

from escalation.hooks.views import hear

urlpatterns = [
    path("<slug:tool>/<uuid:connection>/", hear, name="hook"),
]

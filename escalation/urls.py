"""Which page stands at which address?"""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

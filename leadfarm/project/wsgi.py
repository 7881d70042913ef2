"""The web application, for granian or any other WSGI server."""

import os

import holidays.countries  # noqa: F401 (takes half a second: not while the first form waits)
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadfarm.project.settings")
application = get_wsgi_application()

"""How is this installation configured? One file; everything that differs comes from the environment.

Practice mode (`PRACTICE=1`, which `make run` sets) is the only looser one: it makes its own secrets and
offers practice accounts. Without it a missing secret stops the start, in words.
"""

import sys
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import csp.constants
from kombu import Exchange, Queue

from config import env, keys, logs, schedule

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR", default=str(BASE_DIR / "var"))).expanduser().resolve()
env.read_practice_file(DATA_DIR)

# -- which kind of installation -------------------------------------------------------------------------

PRACTICE = env.flag("PRACTICE")
DEBUG = env.flag("DEBUG")
TESTING = env.flag("BATON_TESTING")  # tests/conftest.py alone sets it
# "web", "worker", "beat" or "" for a command: only the web process pools its database connections.
PROCESS = env.text("BATON_PROCESS", default="")
# How long somebody who types waits for the names of the receiving tool; others wait until they are there.
LINKS_PATIENCE_S = 0.5 if PROCESS == "web" else None

SECRET_KEY = keys.secret_key(folder=DATA_DIR / "secrets", practice=PRACTICE)
# While a key is exchanged, what the old one signed (sessions, links in the tools) stays good.
SECRET_KEY_FALLBACKS = (env.secret("SECRET_KEY_FALLBACKS") or "").split()
CREDENTIAL_KEYS = keys.credential_keys(folder=DATA_DIR / "secrets", practice=PRACTICE)

PORT = env.number("PORT", default=8000)
# Where people and tools reach us: the base of every link that leaves the installation.
PUBLIC_URL = env.text("PUBLIC_URL", default=f"http://127.0.0.1:{PORT}" if PRACTICE else None).rstrip("/")
# The practice tools stand on the ports after the web server's.
PRACTICE_TOOLS = {
    "zendesk": f"http://127.0.0.1:{PORT + 1}",
    "servicenow": f"http://127.0.0.1:{PORT + 2}",
    "slack": f"http://127.0.0.1:{PORT + 3}",
    "jira": f"http://127.0.0.1:{PORT + 4}",
    "language_model": f"http://127.0.0.1:{PORT + 5}",  # started by hand: it is off by default
}
# A folder with recorded tickets that the practice world takes in besides its own.
PRACTICE_EXTRA = env.text("PRACTICE_EXTRA", default="")

# -- Django ---------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "anymail",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rest_framework",
    "drf_spectacular",
    # A development tool: it keeps two branches from adding the same migration. Not in requirements.lock.
    *(["django_linear_migrations"] if find_spec("django_linear_migrations") else []),
    "escalation",
]

MIDDLEWARE = [
    "config.request_id.request_id",
    "config.probes.probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "escalation.web.lasting.lasting",
    "allauth.account.middleware.AccountMiddleware",
    "escalation.web.factors.Owed",
]

# A line of the form has up to ten fields and a draft up to five hundred lines: not Django's 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- accounts and sessions ------------------------------------------------------------------------------

# The first only looks whether somebody guesses; who is who the second says.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# Ten wrong passwords for one name from one place close that door for a quarter of an hour. The person is not
# shut out elsewhere: otherwise anybody who knows a name could keep its owner from working.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "pages/locked.html"
AXES_CLIENT_IP_CALLABLE = "escalation.callers.asker.address"
AXES_VERBOSE = False
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
# The company's own log-in and second factors, by django-allauth: its pages are framed by web.factors.
COMPANY = env.identity_provider(practice=PRACTICE)
OIDC_GROUPS_CLAIM, OIDC_ROLES = COMPANY.groups_claim, COMPANY.roles
# Where everybody comes by the company, nobody needs a password here.
PASSWORD_LOGIN = env.flag("PASSWORD_LOGIN", default=True) or not COMPANY.issuer
ACCOUNT_ADAPTER = "escalation.web.adapters.Accounts"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = False
SOCIALACCOUNT_ADAPTER = "escalation.web.adapters.Companies"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": COMPANY.apps()}}
MFA_ADAPTER = "escalation.web.adapters.Factors"
MFA_TOTP_ISSUER = "Baton"
MFA_TOTP_TOLERANCE = 1  # half a minute of drift between two clocks (RFC 6238, 5.2)
# NIST SP 800-63B-4, 2.2.3: at most an hour without work, at most 24 hours in all. Twenty are the longest
# shift with its handover: nobody is logged out while filling a form, for its saving counts as work.
SESSION_IDLE = timedelta(minutes=env.number("SESSION_IDLE_MINUTES", default=60))
SESSION_LONGEST = timedelta(hours=env.number("SESSION_HOURS", default=20))
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
# So many requests a minute: of one person by kind, of one address without an account, of one connection's
# webhooks. RATES names those that are to differ, as "export=60,api=3000"; 0 is no limit.
RATES = env.numbers(
    "RATES",
    default={
        "typing": 300,
        "search": 300,
        "export": 30,
        "press": 120,
        "page": 600,
        "api": 600,
        "outside": 60,
        "hook": 6_000,
    },
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# -- database -------------------------------------------------------------------------------------------

DATABASE_URL = env.secret("DATABASE_URL") or env.embedded_database(DATA_DIR / "postgres")
DATABASES = {
    "default": env.database(DATABASE_URL) | {"CONN_MAX_AGE": 0, "TEST": {"NAME": "test_baton"}},
}
if PROCESS == "web":
    # Requests run in threads and come and go; a live page holds no connection while it waits.
    # After a restart of the database the pool is full of dead connections: each is tried before it is lent.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": env.number("DATABASE_POOL_MIN", default=2),
        "max_size": env.number("DATABASE_POOL_MAX", default=16),
        "timeout": 10,
    }
if PROCESS == "worker":
    # A task is over in milliseconds, of which a connection of its own would be most. Each is tried before
    # it is used again, for the database may have been restarted since.
    DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    CELERY_DB_REUSE_MAX = sys.maxsize  # Celery itself would close them before and after every task
# So many deliveries does one worker process carry at once; each has a connection of its own to the database.
DELIVERIES_AT_ONCE = env.number("DELIVERIES_AT_ONCE", default=4)

# Guesses at second factors and codes that were used are counted here: every process has to know of them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "escalation_cache",
        # Beyond this even what still counts would be thrown away, by chance: a code would be good again.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# -- tasks ----------------------------------------------------------------------------------------------

CELERY_BROKER_URL = env.secret("CELERY_BROKER_URL")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if CELERY_BROKER_URL is None:
    CELERY_BROKER_TRANSPORT = "config.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "broker" / "messages"),
        "data_folder_out": str(DATA_DIR / "broker" / "messages"),
        "control_folder": str(DATA_DIR / "broker" / "queues"),
        # kombu looks once a second by default, which a technician would see on the timeline.
        "polling_interval": 0.1,
    }
    # `celery inspect` would leave a reply queue behind as files for every call.
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
else:
    # A page does not wait for a broker that is down (it did for 6 s): the relay finds what is owed.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 0}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
# A task that dies with its worker is given to another one; every task can be done twice without harm.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "baton"
CELERY_TASK_QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in ("baton", schedule.QUEUE)]
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "config.beat:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = schedule.entries()

# -- how long what people wrote is kept, in days; 0 is for ever ------------------------------------------

RETENTION_DAYS = env.numbers(
    "RETENTION_DAYS",
    default={
        "raw": 30,  # bytes of webhooks that were read
        "files": 730,  # of handoffs that are over
        "conversations": 730,  # that those were prefilled from
        "audit": 730,
        "log_ins": 90,
    },
)

# -- mail -----------------------------------------------------------------------------------------------

# "files" keeps mails in the data folder; "smtp" uses SMTP_URL; any other word is a provider of anymail,
# such as "mailgun", with its settings as JSON.
MAIL_PROVIDER = env.text("MAIL_PROVIDER", default="files" if PRACTICE else "smtp")
ANYMAIL = env.mail_provider_settings()
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_BACKEND = {
    "files": "django.core.mail.backends.filebased.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
}.get(MAIL_PROVIDER, f"anymail.backends.{MAIL_PROVIDER}.EmailBackend")
SMTP = env.smtp(env.secret("SMTP_URL") or "smtp://localhost:25")
EMAIL_HOST, EMAIL_PORT = SMTP.host, SMTP.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = SMTP.user, SMTP.password
EMAIL_USE_SSL, EMAIL_USE_TLS = SMTP.ssl, SMTP.tls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text(
    "MAIL_FROM", default=f"Baton <baton@{urlsplit(PUBLIC_URL).hostname or 'localhost'}>"
)

# -- Calls to the tools ---------------------------------------------------------------------------------

OUTBOUND_PROXY = env.secret("OUTBOUND_PROXY") or ""  # its address may hold a password
OUTBOUND_CA = env.secret("OUTBOUND_CA") or ""  # PEM, as a rule by OUTBOUND_CA_FILE

# -- figures for whoever watches Baton ----------------------------------------------------------------------

# Who may read /metrics: whoever has the token, or asks from one of these networks. Without both, nobody.
METRICS_TOKEN = env.secret("METRICS_TOKEN") or ""
METRICS_FROM = env.networks("METRICS_FROM")

# -- API ------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    # The token first: its way in is what a 401 names; a session's would make it a 403.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "escalation.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "escalation.api.authentication.HasScope",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["escalation.api.parsing.JSON"],
    "DEFAULT_THROTTLE_CLASSES": ["escalation.api.pace.PersonThrottle"],
    "EXCEPTION_HANDLER": "escalation.api.problem.handle",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Baton",
    "DESCRIPTION": "Handoffs between support teams, and what became of them.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["escalation.api.describing.closed"],
}

# -- files ----------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static-built"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/bootstrap", BASE_DIR / "node_modules" / "bootstrap" / "dist"),
    ("vendor/chartjs", BASE_DIR / "node_modules" / "chart.js" / "dist"),
    ("vendor/chartjs-annotation", BASE_DIR / "node_modules" / "chartjs-plugin-annotation" / "dist"),
    ("vendor/htmx", BASE_DIR / "node_modules" / "htmx.org" / "dist"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "config.static.HashedStorage"
    },
}
# Tests and development serve the files where they lie; nothing needs to be collected first.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING or DEBUG
MEDIA_ROOT = DATA_DIR / "media"

# -- what a browser may do ------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.constants.SELF],
        "object-src": [csp.constants.NONE],
        "base-uri": [csp.constants.SELF],
        "form-action": [csp.constants.SELF],
        "frame-ancestors": [csp.constants.NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or ""
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]") if PRACTICE else ()
ALLOWED_HOSTS = [*env.words("ALLOWED_HOSTS", default=(PUBLIC_HOST, *LOCAL_HOSTS))]

BEHIND_TLS_PROXY = env.flag("BEHIND_TLS_PROXY")
if not PRACTICE:
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
    # A balancer asks for health by plain HTTP from inside, and so does Prometheus for figures.
    SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
    SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    if BEHIND_TLS_PROXY:
        # Only true behind a proxy that removes this header from what a browser sends.
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Entering the browsers' preload list is the decision of whoever owns the whole domain, not of one host.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# -- logs -----------------------------------------------------------------------------------------------

LOGGING = logs.configured(
    level=env.text("LOG_LEVEL", default="INFO").upper(), as_json=env.flag("LOG_JSON", default=True)
)

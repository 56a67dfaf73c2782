"""Every setting of the site, in one file: safe by default, changed by environment variables (README, "For real")."""

from pathlib import Path

from clinic_site import addresses
from clinic_site.database import read_database
from clinic_site.environment import (
    env,
    field_keys,
    kept_key,
    mail_account,
    one_of,
    or_stop,
    own_folder,
    random_key,
    read,
    refuse_faults,
    staff_path,
    whole,
)  # fmt: skip
from clinic_site.identity import read_clinic
from clinic_site.languages import offered, right_to_left

BASE_DIR = Path(__file__).resolve().parent.parent
CONTENT_DIR = BASE_DIR / "content"
VAR_DIR = own_folder(Path(env.str("CLINIC_VAR", "") or BASE_DIR / "var"))

# --- what the operator chooses -------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
_site = read("SITE_URL", "http://127.0.0.1:8000", addresses.site, "https://www.example.org")
SITE_URL = _site.geturl()
HTTPS = _site.scheme == "https"
_hosts = read("ALLOWED_HOSTS", "", addresses.hosts, "www.example.org, example.org")
ALLOWED_HOSTS = sorted({_site.hostname or "", *_hosts, *(() if HTTPS else ("127.0.0.1", "localhost"))})
TRUSTED_PROXIES = whole("TRUSTED_PROXIES", 0, most=10)  # how many proxies of ours stand in front and set X-Forwarded-*
STAFF_PATH = read("STAFF_PATH", "staff", staff_path, "staff or clinic/desk") + "/"
DRAFT_HOURS = whole("DRAFT_HOURS", 24, least=1, most=720)
REPLY_WITHIN_HOURS = whole("REPLY_WITHIN_HOURS", 16, least=1, most=400)  # opening hours until the promised reply
RETENTION_DAYS = whole("RETENTION_DAYS", 30, least=1, most=3650)  # a closed request is deleted after so many days
REVIEW_GRACE_DAYS = whole("REVIEW_GRACE_DAYS", 180, most=3650)  # so long after its check a page says what PIT may do
ASK_TOPIC, ASK_MESSAGE = env.bool("ASK_TOPIC", True), env.bool("ASK_MESSAGE", True)
MINORS = one_of("MINORS", "phone", "accept")  # phone: explain whom to call; accept: take the request
REQUESTS_OPEN = env.bool("REQUESTS_OPEN", True)
PRESS_MEGABYTES = whole("PRESS_MEGABYTES", 0 if DEBUG else 32, most=4096)  # finished pages kept by each worker
SUBMITS_PER_HOUR = whole("SUBMITS_PER_HOUR", 30, least=1, most=100_000)  # from one network address
STAFF_NOTICE_EMAILS = read("STAFF_NOTICE_EMAILS", "", addresses.email_addresses, "desk@example.org, lead@example.org")
EMAIL_HOST = read("EMAIL_HOST", "", lambda name: name and addresses.host(name), "mail.example.org")  # empty: mails wait
EMAIL_PORT = whole("EMAIL_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail_account()
EMAIL_SECURITY = one_of("EMAIL_SECURITY", "starttls", "tls", "none")
DEFAULT_FROM_EMAIL = read(
    "EMAIL_FROM", f"no-reply@{_site.hostname}", addresses.sender, "Our Clinic <no-reply@example.org>"
)
whole("WEB_WORKERS", 0, most=64)  # deploy/gunicorn.conf.py reads these two
whole("WEB_THREADS", 4, least=1, most=256)
_database = read_database(env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'clinic.sqlite3'}"))

FIELD_KEYS = field_keys(VAR_DIR / "keys", _database)
INDEX_KEY = kept_key("INDEX_KEY", VAR_DIR / "keys", random_key, _database)
SECRET_KEY = kept_key("SECRET_KEY", VAR_DIR / "keys", random_key)
refuse_faults()
PRESS_BYTES = PRESS_MEGABYTES * 1_000_000

CLINIC = or_stop(read_clinic, CONTENT_DIR, VAR_DIR)

# --- what the site is made of --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "clinic_site.apps.ClinicSiteConfig",
    "booking",
    "education",
    "clinic_site.apps.StaffAdminConfig",
    "clinic_site.apps.PeopleConfig",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "markdownx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic_site.security.SecurityHeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "clinic_site.monitoring.MonitoringMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "clinic_site.languages.LanguageOfTheAddress",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "clinic_site.urls"
WSGI_APPLICATION = "clinic_site.wsgi.application"
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
                "clinic_site.context.clinic",
            ]
        },
    }
]
FORM_RENDERER = "clinic_site.forms.Renderer"

DATABASES = {"default": {**_database, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE, CATALOGUES = "en", BASE_DIR / "locale"
LANGUAGES = offered(CONTENT_DIR, CATALOGUES, LANGUAGE_CODE)  # each folder of pages that has a catalogue
LANGUAGES_BIDI = right_to_left(code for code, _name in LANGUAGES)
USE_TZ = True
TIME_ZONE = CLINIC.timezone.key  # what people are shown; stored times are UTC
FORMAT_MODULE_PATH = "clinic_site.formats"  # no 11/12/2026, no 10:06 p.m.
LOCALE_PATHS = [VAR_DIR / "locale"]  # the catalogues as clinic_site.catalogues compiles them

STATIC_URL, STATIC_ROOT, STATICFILES_DIRS = "static/", VAR_DIR / "static", [BASE_DIR / "static"]
MEDIA_URL, MEDIA_ROOT = "media/", VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "clinic_site.staticfiles.BundledManifestStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]

# --- safety --------------------------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],  # data: is the stock admin's own small pictures
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Secure-session", "__Host-csrf") if HTTPS else ("sessionid", "csrftoken")
CSRF_COOKIE_AGE = DRAFT_HOURS * 3600  # no trace of asking outlives the answers
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
LOGIN_REDIRECT_URL = "admin:index"  # after a sign-in whose "next" leads elsewhere
SESSION_COOKIE_PATH = f"/{STAFF_PATH}"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # its own cookie would go to every page
CSRF_FAILURE_VIEW = "clinic_site.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000  # words; files have a limit of their own, which comes first
FILE_UPLOAD_HANDLERS = ["education.uploads.BoundedFiles"]

# --- mail ----------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 20

# --- Markdown editor: our own endpoints, our own renderer -----------------------------------------------------------
MARKDOWNX_MARKDOWNIFY_FUNCTION = "education.preview.preview"
MARKDOWNX_URLS_PATH = f"/{STAFF_PATH}markdownx/markdownify/"
MARKDOWNX_UPLOAD_URLS_PATH = f"/{STAFF_PATH}markdownx/upload/"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_patient_data": {"()": "clinic_site.logs.NoPatientData"}},
    "formatters": {
        "line": {
            "()": "clinic_site.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_patient_data"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # what strangers call us is no error of ours
    },
}

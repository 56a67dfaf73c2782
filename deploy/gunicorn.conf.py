"""How gunicorn serves the site. Behind a buffering proxy for the public; alone only on this machine (README)."""

import os
from pathlib import Path
from typing import Any

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "0")) or os.cpu_count() or 2
worker_class = "clinic_site.serving.Worker"  # gunicorn's own can destroy the database (docs/decisions/0013)
worker_connections = 512  # each holds a descriptor and at most 64 kB
threads = int(os.environ.get("WEB_THREADS", "4"))  # only whole requests hold one; 8 serve a burst half as fast
keepalive = 75  # longer than the proxy keeps its own side open
graceful_timeout = 45  # longer than a request may take to arrive (20 s) and then to wait for the database (20 s)
timeout = 60
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (heartbeat files only)
control_socket_disable = True
forwarder_headers = ""  # no SCRIPT_NAME from a caller moves the site, or makes gunicorn answer 500
accesslog = None  # addresses of private links are nobody's business
loglevel = "warning"
logconfig_dict = {  # what goes wrong outside Django is written by the site's own rules, too: no words, no private links
    "filters": {"no_patient_data": {"()": "clinic_site.logs.NoPatientData"}},
    "formatters": {
        "line": {
            "()": "clinic_site.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"line": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_patient_data"]}},
    "root": {"handlers": []},
    "loggers": {"gunicorn.error": {"level": "WARNING", "handlers": ["line"], "propagate": False}},
}


def post_worker_init(worker: Any) -> None:
    """End at once under the wrong keys; let each worker print the pages while it already answers."""
    from clinic_site.health import refuse_wrong_keys  # Django is set up by now

    refuse_wrong_keys()
    worker.wsgi.warm_up()

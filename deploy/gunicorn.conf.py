"""One box: two processes of four threads on loopback, behind whatever terminates TLS."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_WORKERS") or 2)
threads = 4
worker_class = "gthread"
preload_app = True
timeout = 30
graceful_timeout = 20
keepalive = 5
accesslog = None
"""No access log: it would put an address and an exact time beside a rating."""
limit_request_line = 2048
control_socket_disable = True

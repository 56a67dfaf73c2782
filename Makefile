# Two commands do everything on a bare machine: `make run` and `make test`. The rest is for who changes the site.
.DEFAULT_GOAL := help
.PHONY: help run test test-all dev staff lint bench lock

help:
	@echo "make run       the whole site on http://127.0.0.1:8000 (HOST, PORT and CLINIC_VAR change it)"
	@echo "make test      every test, browser included"
	@echo "make test-all  the same, and every page in every look: before a release"
	@echo "make staff     create the first staff account"
	@echo "make dev       the site with automatic reload, for writing code"
	@echo "make lint      style, types, templates, import direction"
	@echo "make bench     measurements, as ratios"
	@echo "make lock      renew the locked dependencies"

run:
	@bin/run

test:
	@bin/test

test-all:
	@SWEEP=yes bin/test

dev:
	@bin/dev

staff:
	@bin/setup requirements.txt
	@.venv/bin/python manage.py migrate --verbosity 0
	@.venv/bin/python manage.py createsuperuser $(if $(DJANGO_SUPERUSER_USERNAME),--no-input --email "$$DJANGO_SUPERUSER_EMAIL")

lint:
	@bin/setup requirements-dev.txt
	@bin/lint

bench:
	@bin/setup requirements-dev.txt
	@.venv/bin/python bin/bench.py

lock:
	@bin/setup requirements-dev.txt
	@bin/lock

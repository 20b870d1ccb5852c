#!/bin/sh
# Installs what Paperbound is measured beside, from the lock files. Never fails: a bench names what was NOT RUN.
cd "$(dirname "$0")" || exit 0
if command -v npm >/dev/null 2>&1 && ! cmp -s package-lock.json node_modules/.installed; then
	echo "installing the peers of package-lock.json"
	npm ci --silent --ignore-scripts --no-audit --no-fund && cp package-lock.json node_modules/.installed || echo "npm could not install the peers"
fi
if ! cmp -s requirements.lock .venv/.installed; then
	echo "installing the peers of requirements.lock"
	python3 -m venv .venv && .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements.lock &&
		cp requirements.lock .venv/.installed || echo "pip could not install the peers"
fi
exit 0

#!/bin/sh
# Installs what Paperbound is measured beside, from the lock file. Never fails: a bench names what was NOT RUN.
cd "$(dirname "$0")" || exit 0
if command -v npm >/dev/null 2>&1 && ! cmp -s package-lock.json node_modules/.installed; then
	echo "installing the peers of package-lock.json"
	npm ci --silent --ignore-scripts --no-audit --no-fund && cp package-lock.json node_modules/.installed || echo "npm could not install the peers"
fi
exit 0

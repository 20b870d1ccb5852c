#!/bin/sh
# Installs what browser tests and judges need, with apt and npm where that is allowed. Never fails: a test
# whose tool is missing says so, and the run ends with the list of what was NOT RUN.
cd "$(dirname "$0")" || exit 0

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

wanted=""
command -v chromium >/dev/null 2>&1 || wanted="$wanted chromium fonts-liberation"
command -v node >/dev/null 2>&1 || wanted="$wanted nodejs"
command -v npm >/dev/null 2>&1 || wanted="$wanted npm"
command -v java >/dev/null 2>&1 || wanted="$wanted default-jre-headless"
shells=""
command -v zsh >/dev/null 2>&1 || shells="$shells zsh"
command -v fish >/dev/null 2>&1 || shells="$shells fish"
if [ -n "$wanted$shells" ]; then
	if command -v apt-get >/dev/null 2>&1; then
		export DEBIAN_FRONTEND=noninteractive
		as_root apt-get -qq update >/dev/null 2>&1
		for packages in "$wanted" "$shells"; do
			[ -n "$packages" ] || continue
			echo "installing$packages"
			# shellcheck disable=SC2086
			as_root apt-get -qq install --no-install-recommends $packages >/dev/null 2>&1 || echo "apt could not install$packages"
		done
	else
		echo "there is no apt here to install$wanted$shells"
	fi
fi
if command -v npm >/dev/null 2>&1 && ! cmp -s package-lock.json node_modules/.installed; then
	echo "installing the judges of package-lock.json"
	npm ci --silent --ignore-scripts --no-audit --no-fund && cp package-lock.json node_modules/.installed || echo "npm could not install the judges"
fi
exit 0

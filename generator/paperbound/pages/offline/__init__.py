"""An installable site: the page about reading offline, the web app manifest, the service worker."""

"""The bill of materials: CycloneDX 1.6 in JSON, of the lock files alone, so the same bytes each time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.utils import canonicalize_name

from release.dependencies import Package, find_needs, find_scopes, list_requirements, read_licences, read_lock
from release.versions import read_project, read_version


def make_sbom(root: Path) -> str:
    """Returns the text of the bill of materials of a repository.

    Each locked package is a component with its licence, its scope (required, optional: of an extra, excluded: for
    tests and builds), its condition where it has one, and the SHA-256 digests of its files. Neither time nor serial
    number is stated. Format: https://cyclonedx.org/docs/1.6/json/.
    """
    licences, scopes = read_licences(root), find_scopes(root)
    packages = read_lock(root / "requirements-dev.lock")
    refs: dict[str, list[str]] = {}
    for package in packages:
        refs.setdefault(package.name, []).append(_make_url(package.name, package.version))
    main = {"type": "application", **_describe("paperbound", read_version(root), read_project(root)["license"])}
    needs: dict[str, set[str]] = {
        main["bom-ref"]: {canonicalize_name(one.name) for one in list_requirements(root)["required"]}
    }
    needs |= {ref: find_needs(name) for name, own in refs.items() for ref in own}
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": main},
        "components": [_make_component(one, licences[one.name], scopes.get(one.name, "excluded")) for one in packages],
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(one for name in names for one in refs.get(name, ()))}
            for ref, names in needs.items()
        ],
    }  # fmt: skip
    return json.dumps(bill, indent=1) + "\n"


def _make_url(name: str, version: str) -> str:
    return PackageURL("pypi", None, name, version).to_string()


def _describe(name: str, version: str, licence: str) -> dict[str, Any]:
    url = _make_url(name, version)
    return {"bom-ref": url, "name": name, "version": version, "purl": url, "licenses": [{"expression": licence}]}


def _make_component(package: Package, licence: str, scope: str) -> dict[str, Any]:
    component = {"type": "library", **_describe(package.name, package.version, licence), "scope": scope}
    component["externalReferences"] = [
        {"type": "distribution", "url": component["purl"], "hashes": [{"alg": "SHA-256", "content": digest}]}
        for digest in package.hashes
    ]
    if package.marker:
        component["properties"] = [{"name": "paperbound:marker", "value": package.marker}]
    return component


def check_sbom(text: str) -> list[str]:
    """Returns faults of a bill of materials, by the schema of CycloneDX 1.6."""
    found = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text, all_errors=True)
    return [f"SBOM: {fault.data.json_path}: {fault.data.message[:200]}" for fault in found or ()]

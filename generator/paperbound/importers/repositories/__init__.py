"""Answers of catalogues and repositories: INSPIRE, ADS, HAL, Europe PMC, ORCID, Zenodo."""

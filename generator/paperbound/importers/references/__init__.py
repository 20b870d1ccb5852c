"""Reference managers and databases: RIS, nbib, Web of Science, CSL, CFF, DataCite and Zotero."""

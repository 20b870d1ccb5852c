"""Digests by mail: which papers, for whom, as a message, sent so that nobody gets one twice."""

"""Values: what a paper, a site, a job and a fault are. Standard library only, no input or output."""

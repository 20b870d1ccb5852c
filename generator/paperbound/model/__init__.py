"""Values: records, catalogue, jobs and faults. Standard library only, no input or output."""

"""The map: papers as points, near each other where they are alike."""

"""What things cost, each as a ratio to a bare baseline measured in the same run. Nothing here asserts a time."""

"""Who works on what: teams, the rules by which requests are given out, how much everybody has, and conflicts."""

"""Who may see and do what: the actor, the one decision `can`, and queries scoped to an actor."""

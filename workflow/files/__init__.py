"""Papers and pictures: checked before anybody can fetch them, sealed where they lie, served to their audience."""

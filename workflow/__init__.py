"""What people do: one verb an act. Knows tables and law; knows no HTTP, queue or mail. Never commits."""

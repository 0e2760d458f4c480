"""A child's life with the authority: processes moved by acts, deadlines worked out from them, notices owed."""

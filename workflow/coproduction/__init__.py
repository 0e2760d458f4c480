"""Several people filling in one form: nobody's words lost, or put in another's mouth."""

"""Reading: one reader a format, all giving the same `Manuscript`; no opinion on typography."""

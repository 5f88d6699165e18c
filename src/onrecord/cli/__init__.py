"""One file per verb; `main` is the composition root."""

"""Reports to every output format; one file per format. Nothing here prints."""

"""From what people said to a record: templates, promotion, evidence in transcripts. Nothing is ever invented."""

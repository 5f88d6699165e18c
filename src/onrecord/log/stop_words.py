"""English words that tell nothing about what a text is about; alone in their file, as most need nothing else."""

STOP_WORDS = frozenset(
    ("a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "because", "been", "but",
     "by", "can", "could", "do", "does", "each", "for", "from", "had", "has", "have", "how", "if", "in", "into",
     "is", "it", "its", "may", "might", "more", "most", "must", "no", "not", "of", "on", "one", "only", "or",
     "other", "our", "out", "over", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then",
     "there", "these", "they", "this", "those", "to", "too", "under", "up", "use", "used", "using", "was", "we",
     "were", "what", "when", "where", "which", "while", "who", "why", "will", "with", "would", "you", "your")
)  # fmt: skip

"""A decision in one line."""

import pytest

from onrecord.log.one_line import one_line


class TestOneLine:
    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("We use **Redis**. It is fast.", "We use Redis."),
            ("Logging pattern\nLogs are generated from source.", "Logs are generated from source."),
            ("We decided:\n- to use Redis\n- to drop files", "We decided: to use Redis"),
            ("Use caches, e.g. Redis, for it.", "Use caches, e.g. Redis, for it."),
            ("Chosen Redis, because it meets k.o. criteria. More.", "Chosen Redis, because it meets k.o. criteria."),
            ("Redis vs. files, approx. 3 to 1. More.", "Redis vs. files, approx. 3 to 1."),
            ("Ports (incl. No. 7) stay open. More.", "Ports (incl. No. 7) stay open."),
            ("Do we wait? No. We go.", "Do we wait?"),
            ("The answer is no. We go.", "The answer is no."),
            ("Redis, files etc. are kept. More.", "Redis, files etc. are kept."),
            ("Redis, files etc. We go.", "Redis, files etc."),
            ("We take option A. It is fast.", "We take option A."),
            ("1.1. We use Redis. It is fast.", "1.1. We use Redis."),
            (
                'Chosen option "1. Shared Redis", because of cost. More.',
                'Chosen option "1. Shared Redis", because of cost.',
            ),
            ("Chosen option: **3. Redis**. More.", "Chosen option: 3. Redis."),
            ("We keep version 2. It is fast.", "We keep version 2."),
            ("We start in 2026. It is late.", "We start in 2026."),
            ("Redis", "Redis"),
            ("\n---\n", ""),
            ("", ""),
        ],
    )
    def test_first_sentence(self, text, line) -> None:
        assert one_line(text) == line

    def test_is_cut_between_words(self) -> None:
        cut = one_line("word " * 100)
        assert len(cut) <= 160 and cut.endswith("word…")

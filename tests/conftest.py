"""How many examples a property is tried with: few and always the same in every run, many and new ones once a week.

`--hypothesis-profile thorough` asks for the many. A run of everyday must not fail by chance; what the weekly one finds
becomes a test with its own name.
"""

from hypothesis import settings

settings.register_profile("suite", max_examples=40, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=400, deadline=None)
settings.load_profile("suite")

"""Hypothesis profiles: dev (default), ci and nightly, chosen by HYPOTHESIS_PROFILE."""

import os

from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large]

settings.register_profile("dev", max_examples=200, deadline=None, suppress_health_check=SLOW)
settings.register_profile("ci", max_examples=2_000, deadline=None, suppress_health_check=SLOW, derandomize=True)
settings.register_profile("nightly", max_examples=100_000, deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

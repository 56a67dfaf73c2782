"""The site as a clinic runs it, for one day."""

import pytest

pytest.register_assert_rewrite("tests.day.chapters", "tests.day.day")

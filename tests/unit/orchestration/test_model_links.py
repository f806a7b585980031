"""The link from a training to the cards of its models."""

from __future__ import annotations

from typing import Any

import pytest

from include.orchestration.model_links import address_of_cards


@pytest.mark.parametrize(
    ("returned", "address"),
    [
        ([{"model_id": 7, "champion": "lightgbm"}], "signals/models/7"),
        ([{"model_id": 7}, {"model_id": 8}, {"model_id": None}, {"reason": "refused"}], "signals/models?ids=7,8"),
        ([], ""),
        (None, ""),
        ("model 7", ""),
    ],
)
def test_the_address_leads_to_the_card_or_to_the_index_of_those(returned: Any, address: str) -> None:
    """One model: its card; several: an index of just them; none, or a task that failed: no link."""
    assert address_of_cards(returned) == address

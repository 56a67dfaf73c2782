"""Are the keys those that this database was filled with? A word that was sealed and hashed with them tells."""

from typing import Any

from cryptography.fernet import InvalidToken
from django.apps.registry import Apps
from django.db.models import F, TextField
from django.db.models.functions import Cast

from booking import crypto
from booking.fields import MARK, SealedTextField
from booking.models import KeyCheck
from booking.models.request import link_token

WORD, PURPOSE = "Are these the keys?", "key check"
NEWEST = 20
"""So many rows of a table are tried: one that is broken by itself says nothing of the key."""
WRONG_FIELD_KEYS = (
    "keys: FIELD_KEYS (or the file keys/field_key) cannot open what this database holds. "
    "Put the key back from your copy: without it nobody can read the requests"
)
WRONG_INDEX_KEY = (
    "keys: INDEX_KEY (or the file keys/index_key) is not the one that this database was filled with. "
    "Put the key back from your copy: without it private links and the search find nothing"
)
UNKNOWN = "keys: this database does not know its keys yet. Run manage.py prepare"


class WrongKeysError(Exception):
    """The keys are not those that the database was filled with; its text says which one, and what to do."""


def trouble() -> str:
    """Return which key is wrong and what to do, or nothing. One row is read."""
    kept = KeyCheck.objects.first()
    if kept is None:
        return UNKNOWN
    if not _opens(kept.sealed):
        return WRONG_FIELD_KEYS
    return "" if kept.hashed == crypto.keyed_hash(PURPOSE, WORD) else WRONG_INDEX_KEY


def remember(registry: Apps) -> None:
    """Keep the word under the present keys, unless one is kept. Raises WrongKeysError if they do not fit the data.

    The models come from `registry`, because a migration knows them as they were.
    """
    model: Any = registry.get_model("booking", "KeyCheck")
    if model.objects.exists():
        return
    if not all(_fits(table) for table in registry.get_models() if table._meta.app_label == "booking"):
        raise WrongKeysError(WRONG_FIELD_KEYS)
    if not _links_fit(registry.get_model("booking", "ConsultationRequest")):
        raise WrongKeysError(WRONG_INDEX_KEY)
    model.objects.create(pk=1, sealed=crypto.seal(WORD), hashed=crypto.keyed_hash(PURPOSE, WORD))


def _fits(model: Any) -> bool:
    """Say whether the keys open any of a table's newest sealed columns, or there are none."""
    columns = [Cast(F(field.name), TextField()) for field in model._meta.fields if isinstance(field, SealedTextField)]
    if not columns:
        return True
    rows = model._base_manager.order_by("-pk").values_list(*columns)[:NEWEST]
    sealed = [text.removeprefix(MARK) for row in rows for text in row if text]
    return not sealed or any(_opens(text) for text in sealed)


def _links_fit(model: Any) -> bool:
    """Say whether the key makes the private link of any of the newest requests, or there are none."""
    rows = list(model._base_manager.order_by("-pk").values_list("link_seed", "token_hash")[:NEWEST])
    return not rows or any(crypto.keyed_hash("link", link_token(seed)) == digest for seed, digest in rows)


def _opens(sealed: str) -> bool:
    try:
        crypto.unseal(sealed)
    except InvalidToken:
        return False
    return True

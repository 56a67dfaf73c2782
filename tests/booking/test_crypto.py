"""What is sealed for one purpose opens for no other."""

import pytest
from cryptography.fernet import InvalidToken

from booking import crypto
from booking.admin.queue import opened


def test_what_is_sealed_for_a_purpose_opens_for_it_alone() -> None:
    sealed = crypto.seal_for("kept", "Zzyx\0Testperson")
    assert crypto.unseal_for("kept", sealed) == "Zzyx\0Testperson"
    with pytest.raises(InvalidToken):
        crypto.unseal_for("q", sealed)


def test_a_sealed_column_cannot_be_read_through_the_search_box() -> None:
    """Somebody with an old backup would otherwise read deleted requests in the box."""
    assert opened(crypto.seal("Zzyx Testperson")) == ""

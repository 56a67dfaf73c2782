"""Names, numbers and addresses as people really type them."""

import time
import unicodedata
from email import message_from_bytes, policy
from email.utils import getaddresses

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from booking import mailbox, phone, reference
from booking.clean import visible


@pytest.mark.parametrize(
    "typed",
    [
        "020 7946 0958",
        "(020) 7946-0958",
        "+44 20 7946 0958",
        "+44 (0)20 7946 0958",
        "0044 20 7946 0958",
        "０２０ ７９４６ ０９５８",
        "\u202a020\u00a07946\u200b0958\u202c",
        "020.7946.0958 ext 12",
        "٠٢٠ ٧٩٤٦ ٠٩٥٨",
    ],
)
def test_one_number_written_in_many_ways_is_one_number(typed: str) -> None:
    assert phone.read(typed, "GB") == "442079460958"


@pytest.mark.parametrize("typed", ["", "12", "01632", "call me", "zzyx@example.org", "1" * 30, "020 7946 O958"])
def test_what_cannot_be_a_number_is_refused(typed: str) -> None:
    assert phone.read(typed, "GB") is None


@pytest.mark.parametrize(
    ("typed", "is_one"), [("555 0123", True), ("123456", False), ("1" * 15, True), ("1" * 16, False)]
)
def test_without_a_country_seven_to_fifteen_digits_are_a_number(typed: str, is_one: bool) -> None:
    assert (phone.read(typed, "") is not None) == is_one


def test_a_number_from_abroad_is_taken_too() -> None:
    assert phone.read("+1 212 555 0123", "GB") == "12125550123"


@given(some.text(max_size=60))
def test_no_text_breaks_the_readers(text: str) -> None:
    phone.read(text, "GB")
    phone.read(text, "")
    mailbox.read(text)
    mailbox.did_you_mean(text)
    assert "\x00" not in visible(text)
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    "typed", [" Zzyx@example.org ", "<zzyx@example.org>", "mailto:zzyx@example.org", "zzyx＠example.org"]
)
def test_an_address_is_taken_with_what_copying_drags_along(typed: str) -> None:
    assert str(mailbox.read(typed)).lower() == "zzyx@example.org"


@pytest.mark.parametrize(
    "typed",
    ["zzyx", "zzyx@", "@example.org", "zzyx@example", "a@b@example.org", "zzyx@example.org\nBcc: x@example.com,y"],
)
def test_what_cannot_be_an_address_is_refused(typed: str) -> None:
    assert mailbox.read(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "=?utf-8?q??=@example.com",
        "=?utf-8?q?zzyx?=@example.com",
        "=?us-ascii?b?eg==?=zzyx@example.com",
        "zzyx@=?utf-8?q?example?=.com",
        "=?zzyx@example.com",
        '"zzyx"@example.com',
        'z."y x"@example.com',
        "zzyx(home)@example.com",
        "zzyx@[127.0.0.1]",
        "zzyx@localhost",
    ],
)
def test_an_address_that_a_mail_program_reads_otherwise_is_refused(typed: str) -> None:
    assert mailbox.read(typed) is None


ODD = some.text(alphabet="zZ0.=?_+-'\"<>()[]{}|,;:@%!#\\ é＠\u200b\n", min_size=1, max_size=24)
ENCODED = some.builds(
    "=?{}?{}?{}?=".format, some.sampled_from(["utf-8", "us-ascii", "x"]), some.sampled_from("qbx"), ODD
)


@given(some.one_of(ODD, ENCODED), some.sampled_from(["example.com", "Example.CO.UK", "xn--bcher-kva.example", "é.com"]))
def test_an_address_that_is_taken_means_the_same_to_the_form_the_sender_and_the_wire(name: str, domain: str) -> None:
    address = mailbox.read(f"{name}@{domain}")
    if address is None:
        return
    assert mailbox.read(address) == address
    mail = EmailMessage("Words", "Words", "clinic@example.org", [address])
    for rules in (policy.default, policy.SMTP, policy.compat32):
        header = message_from_bytes(mail.message().as_bytes(), policy=rules)["To"]
        assert getaddresses([str(header)]) == [("", address)]
    assert mail.recipients() == [address]


@pytest.mark.parametrize(
    "typed", ["a b@example.com", "zzyx @example.com", "zzyx@exam ple.com", "zz\u00a0yx@example.com"]
)
def test_what_was_typed_apart_is_never_joined(typed: str) -> None:
    assert mailbox.read(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zzyx@gmial.com", "zzyx@gmail.com"),
        ("zzyx@gmail.con", "zzyx@gmail.com"),
        ("zzyx@gmial.con", "zzyx@gmail.com"),
        ("zzyx@hotmail.con", "zzyx@hotmail.com"),
        ("zzyx@Gmail.co", "zzyx@gmail.com"),
        ("zzyx@outlok.com", "zzyx@outlook.com"),
        ("zzyx@yahooo.com", "zzyx@yahoo.com"),
        ("zzyx@example.con", "zzyx@example.com"),
    ],
)
def test_a_likely_slip_is_recognised(typed: str, meant: str) -> None:
    assert mailbox.did_you_mean(typed) == meant


REAL = """gmail.com ymail.com email.com mail.com gmx.de gmx.net web.de protonmail.ch protonmail.com proton.me pm.me
hotmail.fr hotmail.co.uk yahoo.fr yahoo.co.jp yahoo.ca live.com live.ca me.com mac.com aol.com msn.com zmail.ru
cloud.com outlook.fr outlook.com.au rocketmail.com fastmail.com hey.com tutanota.com zoho.com gail.com
example.org example.co
rogers.com bell.net shaw.ca telus.net xtra.co.nz verizon.net verizon.com EXAMPLE.COM Gmail.com""".split()


@pytest.mark.parametrize("typed", ["", "zzyx", "zzyx@", "@"])
def test_half_an_address_is_no_slip(typed: str) -> None:
    assert mailbox.did_you_mean(typed) == ""


@pytest.mark.parametrize("domain", REAL)
def test_a_domain_that_exists_is_never_questioned(domain: str) -> None:
    assert mailbox.did_you_mean(f"zzyx@{domain}") == ""


@pytest.mark.parametrize(
    ("typed", "dialled", "extension"),
    [
        ("416-555-0123 ext. 45", "+14165550123", "45"),
        ("416-555-0123 x12", "+14165550123", "12"),
        ("416 555 0123 #45", "+14165550123", "45"),
        ("(416) 555-0123;ext=45", "+14165550123", "45"),
        ("416 555 0123, extensión 45", "+14165550123", "45"),
        ("1 416 555 0123", "+14165550123", ""),
        ("0044 20 7946 0958", "+442079460958", ""),
        ("001 613 555 0199", "+16135550199", ""),
        ("011 44 20 7946 0958", "+442079460958", ""),
        ("555 0199", "5550199", ""),
    ],
)
def test_the_number_that_is_read_is_the_number_that_is_dialled(typed: str, dialled: str, extension: str) -> None:
    number = phone.parse(typed, "CA")
    assert number is not None
    assert (number.link, number.extension) == (f"tel:{dialled}", extension)


@pytest.mark.parametrize("country", ["CA", "US", "GB", "AU", "NZ", "IE", "ZA", "IN", ""])
def test_two_noughts_before_a_countrys_code_are_understood_everywhere(country: str) -> None:
    number = phone.parse("0034 912 34 56 78", country)
    assert number is not None
    assert number.link == "tel:+34912345678"


@pytest.mark.parametrize(
    ("typed", "country", "is_local"),
    [("555 0199", "CA", True), ("416 555 0199", "CA", False), ("7946 0958", "GB", True), ("32 12 34 56", "DK", False),
     ("555 0199", "", True), ("32 12 34 56", "", False)],
)  # fmt: skip
def test_a_number_without_its_area_code_is_known_for_one(typed: str, country: str, is_local: bool) -> None:
    number = phone.parse(typed, country)
    assert number is not None
    assert number.is_local is is_local


def test_a_persian_name_keeps_its_invisible_letter_and_a_pasted_one_loses_its_rubbish() -> None:
    assert visible("علی\u200cرضا") == "علی\u200cرضا"
    assert visible("\ufeffZzyx\u00a0\u200bTest\u202eperson\x00 ") == "Zzyx Testperson"


NEWER = "\U00031350"  # a Han letter of Unicode 15; Python 3.11 knows 14
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    "typed",
    [
        f"Zoë 王{NEWER}",
        NEWER,
        "It hurts a lot \U0001fae8 today, \U0001fa77",
        f"{ENGLAND} Zzyx",
        "👩🏽\u200d⚕️ 👨\u200d👩\u200d👧",
        "शर्\u200dमा क्\u200dष",
        "علی\u200cرضا",
        "\ue000 \uf8ff",
        "\u0600\u0661",
    ],
)
def test_what_somebody_can_see_is_kept(typed: str) -> None:
    assert visible(typed) == typed


@pytest.mark.parametrize(
    "rubbish",
    ["\u202e", "\u2066", "\u200b", "\u200f", "\ufeff", "\u00ad", "\ufdd0", "\U0001ffff", "\ud800", "\x85",
     "\u200d", "\U000e0041\U000e0042", "\u3164"],
)  # fmt: skip
def test_what_nobody_can_see_is_no_name_and_leaves_no_trace(rubbish: str) -> None:
    assert visible(rubbish) == ""
    assert visible(f"{rubbish}Zzyx") == "Zzyx"


@given(some.characters(exclude_categories=["Cc", "Cf", "Cs", "Zs", "Zl", "Zp"]))
def test_no_letter_is_lost_whatever_it_is(letter: str) -> None:
    is_nothing = ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF or letter in "\u2800\u3164\uffa0"
    kept = "" if is_nothing else unicodedata.normalize("NFC", letter)
    assert visible(f"Z{letter}").removeprefix("Z") == kept or unicodedata.combining(letter)


def test_references_use_no_letter_that_is_mixed_up() -> None:
    drawn = {reference.new_reference() for _ in range(2000)}
    assert len(drawn) == 2000
    assert not set("".join(drawn)) & set("01OILU")


@pytest.mark.parametrize("typed", ["k7m2-9qxd", " K7M2 9QXD ", "K7M29QXD", "k7m2–9qxd"])
def test_a_reference_is_understood_however_it_is_typed(typed: str) -> None:
    assert reference.typed(typed) == "K7M29QXD"


@pytest.mark.parametrize("typed", ["K7M2", "K7M2-9QX0", "Zzyx Testperson"])
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert reference.typed(typed) is None


@pytest.mark.django_db
def test_a_flood_of_marks_on_a_letter_is_refused_unread(client: Client) -> None:
    started = time.process_time()
    answer = client.post("/consultation/name/", {"name": "a" + "\u0301\u0327" * 60_000})
    assert time.process_time() - started < 2, "a tenth of it on a quiet machine"
    assert "Name must be 100 characters or fewer" in answer.content.decode()

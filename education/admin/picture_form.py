"""The form of a picture: the file once, and what must be said of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from education.images.alone import PictureError
from education.images.gallery import LONGEST_NAME, free_name
from education.images.pixels import MOST_BYTES, Made, make_afresh
from education.library import NAME
from education.models import Picture

READS = "image/jpeg,image/png,image/webp,image/avif,image/gif"


class PictureForm(forms.ModelForm):
    """Reads the file by what it holds, and asks for what pages need: words or decoration on purpose, and a credit."""

    file = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs={"accept": READS, "class": "drop"}),
        help_text=_("Drop a JPEG, PNG, WebP or AVIF here, or choose one, up to 15 MB. Notes in it (place, time) go."),
        error_messages={"required": _("Choose a picture of at most 15 MB.")},
    )

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Small letters, digits, dashes. Leave it empty to take the file’s name."),
    )

    class Meta:
        model = Picture
        fields = ("name", "alt", "decorative", "credit", "consent")
        widgets = {"alt": forms.TextInput(attrs={"size": 80}), "credit": forms.TextInput(attrs={"size": 80})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made: Made | None = None
        if self.instance.pk:
            del self.fields["file"], self.fields["name"]  # pages name this one: another picture gets another name
        if "credit" in self.fields:
            self.fields["credit"].required = True
        if "consent" in self.fields:
            self.fields["consent"].help_text = _("No page shows the picture until this is said.")

    def clean_file(self) -> None:
        """Make the picture afresh, and refuse one that is here already."""
        file = self.cleaned_data["file"]
        try:
            self.made = make_afresh(file.read(MOST_BYTES + 1))
        except PictureError as error:
            raise forms.ValidationError(error.sentence) from None  # type: ignore[arg-type]  # words, maybe lazy
        known = Picture.objects.filter(digest=self.made.digest).first()
        if known is not None:
            words = _("This picture is here already: it is called %(name)s.")
            raise forms.ValidationError(words % {"name": known.name})
        self.fill(self.made)

    def fill(self, made: Made) -> None:
        """Take over what was found out about the pixels."""
        self.instance.digest, self.instance.widths = made.digest, made.widths
        self.instance.width, self.instance.height = made.width, made.height

    def clean_name(self) -> str:
        """Take a name as authors write it in texts; an empty one comes from the file."""
        name = str(self.cleaned_data["name"])
        if not name:
            return free_name(getattr(self.files.get(self.add_prefix("file")), "name", ""))
        if not NAME.match(name):
            raise forms.ValidationError(_("Use small letters, digits and single dashes, like knee-from-the-side."))
        return name

    def clean(self) -> dict[str, Any]:
        """Ask for words or for decoration on purpose: one of both, never neither."""
        cleaned = super().clean() or {}
        if "alt" in self.errors:
            return cleaned
        if bool(cleaned.get("alt")) == bool(cleaned.get("decorative")):
            both = _("Decoration needs no words. Take the words out, or the tick away.")
            neither = _("Say what it shows, for people who cannot see it, or tick “decoration only”.")
            self.add_error("decorative" if cleaned.get("alt") else "alt", both if cleaned.get("alt") else neither)
        return cleaned

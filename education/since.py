"""Answers somebody who holds a printed page: what changed since, and whether it matters to them."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from education import edition_code
from education.models import Revision
from education.record import changes_since

UNKNOWN = _("We know no page with this code. Look at your copy again, and type the nine letters and digits.")


class CodeForm(forms.Form):
    """The code of a printed page, cleaned into the words that it names."""

    code = forms.CharField(
        label=_("Code of the page"),
        help_text=_("Nine letters and digits, like 7KM-29Q-XDA"),
        max_length=40,
        error_messages={"required": _("Type the code of your printed page."), "max_length": UNKNOWN},
        widget=forms.TextInput({"class": "in w20", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> Revision:
        """Return the words that patients once saw under this code."""
        code = edition_code.typed(self.cleaned_data["code"])
        held = edition_code.find(code) if code else None
        if held is None:
            raise forms.ValidationError(UNKNOWN)
        return held


@require_safe
def changed_since(request: HttpRequest, code: str = "") -> HttpResponse:
    """Ask for the code of a printed page, and say what changed since those words."""
    asked = {"code": code} if code else request.GET
    form = CodeForm(asked if "code" in asked else None, use_required_attribute=False)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        context |= _since(form.cleaned_data["code"]) | {"form": CodeForm(use_required_attribute=False)}
    response = render(request, "education/since.html", context, status=422 if form.errors else 200)
    response["X-Robots-Tag"] = "noindex"
    return response


def _since(held: Revision) -> dict[str, Any]:
    """Return what the reader of some words is told."""
    now = held.page.published
    return {
        "page": held.page,
        "held": held,
        "same": now is not None and now.digest == held.digest,
        "changes": changes_since(held),
    }

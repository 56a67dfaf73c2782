"""The staff's sign-in form, which cannot be asked for ever."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from booking import limits
from clinic_site import devices, second_pair


class SignInForm(AdminAuthenticationForm):
    """Refuses to look at a password for a while after too many failed tries from one network at one account."""

    def clean(self) -> dict[str, Any]:
        request: Any = self.request
        name, now = self.cleaned_data.get("username"), timezone.now()
        if not name or not self.cleaned_data.get("password"):
            return super().clean()
        device = devices.known(request, name)
        try:
            limits.spend_sign_in(request, name, device=device, at=now)
        except limits.TooManyError as error:
            again = time_format(timezone.localtime(error.until))
            words = _("Too many sign-ins have failed. Please try again after %(time)s, or ask a manager to help.")
            raise ValidationError(words % {"time": again}, code="too_many") from None
        cleaned = super().clean()
        limits.forgive_sign_in(request, name, device=device, at=now)
        for told in second_pair.news(cast("User", self.get_user())):  # now: signing in moves the time they last came
            messages.warning(request, told)
        return cleaned

"""How every form of the site is written."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class GroupedField(forms.BoundField):
    """A field whose error belongs to its group: told on each choice, a screen reader says it over and over."""

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> dict[str, Any]:
        """Leave aria-invalid to the fieldset, which the template writes."""
        attrs = super().build_widget_attrs(attrs, widget)
        if self.use_fieldset:
            attrs.pop("aria-invalid", None)
        return attrs


class Renderer(TemplatesSetting):
    """Django's own, from our templates, with errors on groups."""

    bound_field_class = GroupedField

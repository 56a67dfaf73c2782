"""Changes to clinicians' accounts that a second person confirms; managers see and decide them."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from clinic_site.roles import create_roles


def grant(apps: Any, schema_editor: Any) -> None:
    """Let managers see and decide the changes."""
    create_roles(apps)


class Migration(migrations.Migration):

    dependencies = [
        ('clinic_site', '0002_publishing_roles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('role', 'becomes a clinician'), ('password', 'gets a new password'), ('email', 'gets another e-mail address'), ('active', 'may sign in again')], max_length=8, verbose_name='what')),
                ('value', models.CharField(blank=True, editable=False, max_length=254)),
                ('asked_at', models.DateTimeField(verbose_name='asked on')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided on')),
                ('confirmed', models.BooleanField(null=True, verbose_name='confirmed')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who asked')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who decided')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='whose account')),
            ],
            options={
                'verbose_name': 'change to confirm',
                'verbose_name_plural': 'changes to confirm',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('confirmed', None), ('decided_at', None), ('decided_by', None)), models.Q(('confirmed__isnull', False), ('decided_at__isnull', False), ('decided_by__isnull', False), ('value', '')), _connector='OR'), name='account_change_decided_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed', True), _negated=True), ('decided_by', None), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='account_change_confirmed_by_another'), models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('person', 'kind'), name='account_change_one_open_a_kind')],
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]

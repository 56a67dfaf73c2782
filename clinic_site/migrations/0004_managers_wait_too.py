"""A new manager waits for a second person, too."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clinic_site', '0003_account_changes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accountchange',
            name='kind',
            field=models.CharField(choices=[('role', 'becomes a clinician'), ('manager', 'becomes a manager'), ('password', 'gets a new password'), ('email', 'gets another e-mail address'), ('active', 'may sign in again')], max_length=8, verbose_name='what'),
        ),
    ]

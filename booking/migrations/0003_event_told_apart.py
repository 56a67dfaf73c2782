"""Give each thing that an event tells a column of its own; what stood in `outcome` moves in 0004."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0002_reminders_of_reviews'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='call_outcome',
            field=models.CharField(blank=True, choices=[('reached', 'Reached'), ('left_message', 'Left a message'), ('no_answer', 'No answer'), ('wrong_number', 'Wrong number')], max_length=16),
        ),
        migrations.AddField(
            model_name='event',
            name='closing_outcome',
            field=models.CharField(blank=True, choices=[('visit', 'A visit was agreed'), ('advice', 'Advice was given, no visit'), ('elsewhere', 'Sent to other care'), ('declined', 'They decided not to come'), ('unreached', 'We could not reach them'), ('duplicate', 'Asked twice'), ('withdrawn', 'They withdrew it')], max_length=12),
        ),
        migrations.AddField(
            model_name='event',
            name='corrects',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='correction', to='booking.event'),
        ),
        migrations.AddField(
            model_name='event',
            name='due_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='event',
            name='message_kind',
            field=models.CharField(blank=True, choices=[('acknowledgement', 'Acknowledgement to the patient'), ('staff_notice', 'Notice to staff'), ('review_due', 'A page is due for its check'), ('review_overdue', 'A page is late for its check')], max_length=20),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('received', 'Request received'), ('taken', 'Taken'), ('given_back', 'Given back'), ('handed_over', 'Handed over'), ('called', 'Call logged'), ('noted', 'Note'), ('closed', 'Closed'), ('withdrawn', 'Withdrawn by the patient'), ('reopened', 'Opened again'), ('corrected', 'Struck through'), ('due_moved', 'Opening hours changed'), ('message_sent', 'Message sent'), ('message_failed', 'Message could not be sent')], max_length=16),
        ),
        migrations.AlterField(
            model_name='outboxmessage',
            name='trouble',
            field=models.CharField(blank=True, choices=[('could not be written', 'Could not be written'), ('could not be sent', 'Could not be sent'), ('nobody to tell', 'There is nobody to tell'), ('address refused', 'The address was refused'), ('server went away', 'The mail server went away'), ('sign-in refused', 'The mail server refused our sign-in'), ('server refused', 'The mail server refused it'), ('server too slow', 'The mail server was too slow'), ('no connection', 'No mail server answered')], max_length=40),
        ),
    ]

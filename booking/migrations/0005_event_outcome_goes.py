"""Let go of `outcome`, and keep each column to the kinds of events that it belongs to."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0004_event_outcomes_moved'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='event',
            name='outcome',
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['received', 'taken', 'given_back', 'handed_over', 'called', 'noted', 'closed', 'withdrawn', 'reopened', 'corrected', 'due_moved', 'message_sent', 'message_failed'])), name='event_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('called',)), ('call_outcome__in', ['reached', 'left_message', 'no_answer', 'wrong_number'])), models.Q(models.Q(('kind__in', ('called',)), _negated=True), ('call_outcome', '')), _connector='OR'), name='event_call_outcome_with_its_kinds'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('closed', 'withdrawn')), ('closing_outcome__in', ['visit', 'advice', 'elsewhere', 'declined', 'unreached', 'duplicate', 'withdrawn'])), models.Q(models.Q(('kind__in', ('closed', 'withdrawn')), _negated=True), ('closing_outcome', '')), _connector='OR'), name='event_closing_outcome_with_its_kinds'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('message_sent', 'message_failed')), ('message_kind__in', ('acknowledgement', 'staff_notice'))), models.Q(models.Q(('kind__in', ('message_sent', 'message_failed')), _negated=True), ('message_kind', '')), _connector='OR'), name='event_message_kind_with_its_kinds'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'handed_over'), ('to_name', ''), _connector='OR'), name='event_to_name_with_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', False), ('kind', 'corrected')), models.Q(models.Q(('kind', 'corrected'), _negated=True), ('corrects', None)), _connector='OR'), name='event_corrects_with_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', False), ('kind', 'due_moved')), models.Q(models.Q(('kind', 'due_moved'), _negated=True), ('due_at', None)), _connector='OR'), name='event_due_at_with_its_kind'),
        ),
    ]

"""What the site and a folder of files other than its own last agreed on. For its own folder it is `Page.exchanged`."""

from django.db import models


class Agreement(models.Model):
    """The words of one page that one further folder and the site both had."""

    page = models.ForeignKey("education.Page", models.PROTECT, related_name="agreements")
    folder = models.CharField(max_length=1000)
    revision = models.ForeignKey("education.Revision", models.PROTECT, null=True, blank=True, related_name="+")
    """None: both agreed that the page is on the site only, or nowhere."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "folder"], name="agreement_one_a_page_and_folder")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.folder}"

"""The words by which leads are found, kept beside the record."""

from collections.abc import Iterable

from leadfarm.leads.models import Lead, SearchWord
from leadfarm.rules.names import phone_words, search_words


def index_words(*leads: Lead) -> None:
    """Write the search words of these leads of one workspace anew, in two statements."""
    if not leads:
        return
    workspace_id = leads[0].workspace_id
    SearchWord.objects.of(workspace_id).filter(lead_id__in=[lead.id for lead in leads]).delete()
    SearchWord.objects.bulk_create(
        (
            SearchWord(workspace_id=workspace_id, lead_id=lead.id, word=word)
            for lead in leads
            for word in words_of(lead)
        ),
        batch_size=5_000,
    )


def index_companies(workspace_id: int, accounts: Iterable[int]) -> None:
    """Let the leads of these companies be found by the names they have now."""
    leads = Lead.objects.of(workspace_id).filter(account_id__in=list(accounts))
    index_words(*leads.select_related("contact", "account"))


def words_of(lead: Lead) -> Iterable[str]:
    """Return the normalised words of everything a person may type to find the lead."""
    contact, account = lead.contact, lead.account
    texts = [lead.title, lead.external_id or ""]
    if contact is not None:
        texts += [contact.given_name, contact.family_name, contact.email]
        texts += phone_words(contact.phone_key)
    if account is not None:
        texts += [account.name, account.domain or ""]
    return search_words(texts)

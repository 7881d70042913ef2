"""The words by which leads are found, kept beside the record."""

from collections.abc import Iterable

from leadfarm.leads.models import Lead, SearchWord
from leadfarm.rules.names import phone_words, search_words


def index_words(lead: Lead) -> None:
    """Write the search words of a lead anew from its names, title and ids."""
    SearchWord.objects.of(lead.workspace_id).filter(lead_id=lead.id).delete()
    SearchWord.objects.bulk_create(
        SearchWord(workspace_id=lead.workspace_id, lead_id=lead.id, word=word)
        for word in words_of(lead)
    )


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

"""What a column is, guessed from its title in the languages people export in (UX 8)."""

import pytest

from leadfarm.intake.codes import ImportKind
from leadfarm.intake.mapping import guess

PEOPLE = ("given_name", "family_name", "company", "email", "phone", "country", "job_title")


@pytest.mark.parametrize(
    "titles",
    [
        "Given,Family,Firm,Mail,Mobile,Country,Position",
        "Vorname,Nachname,Firma,E-Mail-Adresse,Telefon,Land,Funktion",
        "Prénom,Nom,Société,Courriel,Téléphone,Pays,Fonction",
        "Nombre,Apellidos,Empresa,Correo electrónico,Teléfono,País,Cargo",
        "Nome,Cognome,Azienda,Posta elettronica,Cellulare,Paese,Ruolo",
        "Primeiro nome,Sobrenome,Empresa,E-mail,Telemóvel,País,Cargo",
        "first_name,LAST NAME,companyName,emailAddress,phone_number,COUNTRY,jobTitle",
    ],
)
def test_titles_are_known_in_the_languages_of_our_users(titles: str) -> None:
    columns = titles.split(",")
    found = guess(columns, [[""] * len(columns)], ImportKind.LEADS)
    assert [found.get(title, {}).get("to") for title in columns] == list(PEOPLE)

"""Names as they are heard in the industrial towns of the countries the company sells to."""

GIVEN = {
    "DE": (
        "Ines Katrin Ruben Jonas Lukas Anke Matthias Stefanie Holger Birgit Emre Aylin Svenja"
        " Thorsten Nadine Marek Zofia Dirk Frauke Leon Carsten Heike Mehmet Yasmin Henning Petra"
    ),
    "SE": (
        "Elin Sunniva Lars Oskar Maja Henrik Astrid Nils Linnea Gustav Amira Johan Karin Viktor"
        " Ebba Mikael Signe Rasmus Tuva Anders"
    ),
    "GB": (
        "Gareth Hattie Rosa Imogen Callum Priya Fergus Bronwen Alistair Nisha Owen Harriet Kwame"
        " Eleanor Duncan Saira Rhys Philippa Isaac Gemma"
    ),
    "IE": "Aoife Cillian Niamh Declan Siobhan Eoin Orla Ronan Grainne Padraig Ciara Tadhg",
    "FR": (
        "Amandine Bastien Chloé Damien Élodie Fabrice Gaëlle Hugo Inès Julien Karim Léa Mathieu"
        " Nadia Olivier Pauline Rémi Sandrine Thibault Yann"
    ),
    "US": (
        "Marcus Denise Hector Latoya Wyatt Carmen Trevor Monica Darnell Grace Cody Rosalind"
        " Vincent Paige Andre Melissa Jorge Abigail Travis Wendy"
    ),
}
FAMILY = {
    "DE": (
        "Hallbauer Tessmer Brandt Ostrow Brenner Castellan Rademacher Wiegand Kuhlmann Öztürk"
        " Petersen Vogelsang Neumeister Kowalski Demir Schäfer Lindemann Hagedorn Strobel Yıldız"
        " Grotjahn Mertens Falkenberg Ruppert Bornholdt Zielinski"
    ),
    "SE": (
        "Lindqvist Eide Nyström Wallgren Hedlund Sandberg Ekström Holmgren Bergqvist Åkerlund"
        " Sjöblom Norling Haddad Forsell Malmsten Rydell Öberg Tornberg"
    ),
    "GB": (
        "Pryce Lowe Trevithick Ravensworth Dunmore Ashcroft Mensah Whitlock Patel Hargreaves"
        " Kinnaird Blackwood Osei Pemberton Thorne Galbraith Rahman Winstanley Cope Fairley"
    ),
    "IE": "Keane Brannigan Tierney Mulhall Costello Devane Hanrahan Scully Lawlor Geraghty",
    "FR": (
        "Delacroix Fournier Benali Marchetti Rousselle Chevallier Bonnefoy Lacombe Perrin"
        " Guillemot Haddou Vasseur Tessier Carpentier Moreau Jourdain Le-Gall Sabatier"
    ),
    "US": (
        "Caldwell Reyes Whitaker Okonkwo Bauer Delgado Hutchins Novak Tran Kimball Espinoza"
        " Lockhart Sorensen Mayfield Prescott Vance Hollis Ruckman Jarvis Beaumont"
    ),
}
TOWNS = {
    "DE": "Kassel Minden Zwickau Siegen Emden Hagen Passau Stendal Aalen Celle Bocholt Gera",
    "SE": "Norrköping Gävle Borås Sundsvall Skövde Luleå Kalmar Falun Trollhättan Mora",
    "GB": "Bradford Grimsby Kettering Dundee Wrexham Telford Hull Barrow Paisley Redditch",
    "IE": "Dundalk Athlone Ennis Tralee Clonmel Navan Sligo",
    "FR": "Roanne Cholet Vesoul Dunkerque Alès Quimper Troyes Albi Épinal Niort",
    "US": "Akron Peoria Duluth Toledo Macon Racine Erie Yakima Lubbock Dubuque",
}
ENDINGS = {"DE": ("GmbH", "GmbH & Co. KG", "AG"), "SE": ("AB",), "GB": ("Ltd",), "IE": ("Ltd",)}
ENDINGS |= {"FR": ("SAS", "SA"), "US": ("Inc.", "Corp.", "LLC")}
ZONES = {
    "DE": "Europe/Berlin",
    "SE": "Europe/Stockholm",
    "GB": "Europe/London",
    "IE": "Europe/Dublin",
    "FR": "Europe/Paris",
    "US": "America/Chicago",
}
COUNTRIES = {"DE": 38, "SE": 16, "GB": 16, "FR": 12, "US": 12, "IE": 6}
# Ranges that the regulators keep free for plays and films; nobody can be called there.
PHONES = {
    "DE": ("+49 30 23125 {:03d}", "+49 40 66969 {:03d}", "+49 69 90009 {:03d}"),
    "SE": ("+46 8 465 004 {:02d}", "+46 31 390 06 {:02d}", "+46 40 628 04 {:02d}"),
    "GB": ("+44 1632 960 {:03d}", "+44 113 496 0{:03d}", "+44 114 496 0{:03d}"),
    "IE": ("+353 20 910 0{:03d}", "+353 20 911 0{:03d}"),
    "FR": ("+33 1 99 00 1{:03d}", "+33 3 53 01 2{:03d}", "+33 4 65 71 3{:03d}"),
    "US": ("+1 330 555 01{:02d}", "+1 218 555 01{:02d}", "+1 419 555 01{:02d}"),
}

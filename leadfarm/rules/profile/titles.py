"""Seniority and department from a job title: English, German, French, Spanish, Italian, Portuguese.

What a title does not say stays unknown: a wrong value is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from leadfarm.rules.names import fold
from leadfarm.rules.profile.codes import Department, Seniority

D, Y = Department, Seniority


@dataclass(frozen=True, slots=True)
class Standing:
    """What a title says; None for what it does not."""

    seniority: Seniority | None
    department: Department | None


def _words(text: str) -> re.Pattern[str]:
    """A pattern of whole words; white space separates alternatives, an underscore is a blank."""
    alternatives = "|".join(text.split()).replace("_", " ")
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


# The first that matches counts. "Assistant to the CEO" is no CEO, a vice president no president.
SENIORITY = (
    (Y.ASSISTANT, _words(r"""
        assistant(?:e|in)?_(?:to|of|der|des|de|du|di|an) asistente_(?:de|al) assistenz\w*
        (?:executive|personal|office|management)_assistant assistant(?:in)?$ assistent(?:in)?$
        sekretar\w* secretar\w* segretari\w* werkstudent\w* praktikant\w* intern internship
        stagiaire student\w* trainee azubi auszubildende\w* becari\w* estagiari\w*
        tirocinant\w* apprenti\w* lehrling""")),
    (Y.VICE_PRESIDENT, _words(r"""
        [se]?vp avp vice_president\w* vicepresident\w* vice_presidente? vizeprasident\w*""")),
    (Y.TOP, _words(r"""
        c[efimost]o cmo cpo cro chro cdo cso ciso chief_\w+(?:_\w+)?_officer
        (?:mit)?geschaftsfuhr\w* gf vorstand\w* vorsitzende\w* president president[ea] prasident\w*
        pdg p_?d_?g directeur_general directrice_generale dg inhaber\w* owner co-?owner
        (?:co-?)?founder\w* (?:co-?)?grunder\w* (?:co-?)?fondat\w+ (?:co-?)?fundador\w*
        amministrat\w+_(?:delegat\w+|unic\w+) titolare director\w*_general gerente_general
        consejer\w+_delegad\w+ managing_director md managing_partner gesellschafter\w*
        general_manager direttor\w+_generale diretor\w*_geral administrador\w* gerant\w*
        propriet\w+ board_member zaakvoerder unternehmer\w*""")),
    (Y.DIRECTOR, _words(r"""
        direct(?:or|ora|eur|rice) dir direktor\w* direttor\w* direttrice diretor\w*
        bereichsleit\w* hauptabteilungsleit\w* prokurist\w* werk(?:s)?leit\w*""")),
    (Y.MANAGER, _words(r"""
        projektleit\w* teamleit\w* gruppenleit\w* schichtleit\w* bauleit\w* team_?lead\w*
        lead chef_de_projet jefe_de_proyecto capo_?progetto chef_d'equipe (?:vor)?meister\w*
        foreman supervisor\w*""")),
    (Y.HEAD, _words(r"""
        head leit(?:er|erin|ung|ende\w*) \w+leit(?:er|erin|ung) chief responsable\w*
        responsabil\w* responsavel jef[ea] chef(?:in)? chefe capo kopf verantwortliche\w*
        leader""")),
    (Y.MANAGER, _words(r"""
        mana?ge?r\w* mgr mngr gerente gestor\w* encargad\w* coordinat\w+ koordinat\w+
        coordenador\w* \w+manager\w*""")),
    (Y.SPECIALIST, _words(r"""
        \w*engineer\w* \w*ingenieu\w* ingenier\w* ingegner\w* engenheir\w* \w*techni(?:k|c)\w*
        tecnic\w* speciali[sz]t\w* spezialist\w* especialista analyst\w* analista buyer
        \w*einkaufer\w* acheteu\w* comprador\w* sachbearbeit\w* referent\w* consultant\w*
        berater\w* developer\w* entwickler\w* \w*planner \w*planer\w* administrator\w* mechani\w+
        accountant buchhalter\w* comptable contable architect\w* controller\w* officer
        sales_rep\w* representative\w* konstrukteur\w* programm\w+ designer\w*
        mitarbeiter\w* clerk operator\w*""")),
)  # fmt: skip
DEPARTMENTS = (
    (D.LEGAL, _words(r"""
        legal\w* jurist\w* rechts\w* counsel compliance juridi\w+ giuridic\w+ datenschutz\w*
        data_protection lawyer syndikus""")),
    (D.PERSONNEL, _words(r"""
        hr human_resources personal(?:leit|abteil|wesen|referent|entwickl)\w* leit\w+_personal
        people talent\w* recruit\w* drh rrhh risorse_umane recursos_humanos
        ressources_humaines chro human_capital""")),
    (D.PURCHASING, _words(r"""
        \w*einkauf\w* purchas\w* procurement buyer sourcing achats? acheteu\w* compras
        comprador\w* acquisti approvvigion\w* beschaff\w* cpo materialwirtschaft
        aprovisionamiento""")),
    (D.MAINTENANCE, _words(r"""
        mainten\w* instandhalt\w* wartung\w* manutenzion\w* mantenimiento manutencao
        reliability facilit\w+ haustechnik\w* betriebstechnik entretien""")),
    (D.FINANCE, _words(r"""
        financ\w* finanz\w* finance kaufmannisch\w* controll\w* accounting accountant
        buchhalt\w* cfo treasur\w* comptab\w* contab\w* daf tesorer\w* amministrazione
        rechnungswesen""")),
    (D.QUALITY, _words(r"""
        qualit\w* qualidade calidad qs qm qa q?hse ehs safety arbeitssicherheit securite""")),
    (D.LOGISTICS, _words(r"""
        logisti\w* supply_chain\w* scm warehous\w* lager\w* versand\w* transport\w* fleet
        fuhrpark\w* magazzino almacen spedition\w* disposition""")),
    (D.MARKETING, _words(r"""
        \w*marketing\w* cmo brand\w* communicat\w+ kommunikation\w* pr werbung comunica\w+
        content""")),
    (D.SERVICE, _words(r"""
        customer_(?:service|success|support|care) kundendienst\w* kundenservice service
        serviceleit\w* support apres-vente servizio after.?sales""")),
    (D.SALES, _words(r"""
        sales \w*vertrieb\w* verkauf\w* commercial\w* comercial\w* commerciale ventes? ventas
        vendite vendas account_manager\w* key_account\w* kam business_development cso cro
        aussendienst\w*""")),
    (D.IT, _words(r"""
        it edv ict informati\w+ information_technolog\w+ system(?:s)?_?admin\w* software\w*
        digital\w* cyber\w* sistem\w+ cio ciso data devops netzwerk\w* network cloud
        systemhaus si ti dsi""")),
    (D.PRODUCTION, _words(r"""
        production \w*produktion\w* manufactur\w* \w*fertigung\w* plant werk(?:s)?leit\w*
        produzione produccion producao usine fabrik\w* factory schicht\w* montage\w*""")),
    (D.ENGINEERING, _words(r"""
        \w*engineer\w* \w*ingenieu\w* ingenier\w* ingegner\w* engenh\w* \w*entwickl\w*
        konstrukt\w* technical technisch\w* \w*technik tecnic\w* technique r&d r_&_d f&e f_&_e
        research forschung\w* innovation cto development recherche""")),
    (D.OPERATIONS, _words(r"""
        operations? ops coo betrieb(?:s)?\w* operaciones operazioni operacoes operativ\w*
        exploitation""")),
    (D.MANAGEMENT, _words(r"""
        ceo (?:mit)?geschaftsfuhr\w* geschaftsleit\w* gf vorstand\w* managing_director md
        president president[ea] pdg directeur_general directrice_generale inhaber\w* owner
        (?:co-?)?founder\w* (?:co-?)?grunder\w* director_general gerente_general
        amministrat\w+_delegat\w+ titolare general_manager direttor\w+_generale
        propriet\w+ diretor\w*_geral gerant\w* management unternehmensleitung""")),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def read_title(title: str) -> Standing:
    """Return what a job title says of rank and department."""
    words = re.sub(r"[^\w&'\-]+", " ", fold(title.replace(".", ""))).strip()
    if not words:
        return Standing(None, None)
    seniority = next((rank for rank, known in SENIORITY if known.search(words)), None)
    department = next((place for place, known in DEPARTMENTS if known.search(words)), None)
    if department is Department.IT and not _says_it(title, words):
        department = None
    return Standing(seniority, department)


def _says_it(title: str, words: str) -> bool:
    """Return whether "it" stands for IT: in capitals, or as a part of a short title."""
    others = re.sub(r"(?<!\w)it(?!\w)", "", words)
    known = dict(DEPARTMENTS)[Department.IT].search(others)
    return bool(known) or bool(re.search(r"\bIT\b", title)) or len(words.split()) <= 2

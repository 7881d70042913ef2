"""The industry groups, with other words for each in several languages."""

from __future__ import annotations

from leadfarm.rules.coded import Code


class Sector(Code):
    """An industry group, with other words for it in several languages."""

    MACHINERY = (
        1,
        "Machinery",
        (
            "mechanical engineering; mechanical or industrial engineering; machine building; "
            "maschinenbau; anlagenbau; machine tools; industrial machinery; industrial equipment; "
            "werkzeugmaschinen; construction mecanique; maquinaria; macchinari; pumps; pumpen; "
            "drives; antriebstechnik; machinery manufacturing; plant engineering"
        ),
    )
    ELECTRONICS = (
        2,
        "Electronics",
        (
            "electrical; electrical engineering; elektrotechnik; elektronik; electronics "
            "manufacturing; semiconductors; halbleiter; electronique; electronica; elettronica; "
            "sensors; electrical equipment; hardware"
        ),
    )
    AUTOMOTIVE = (
        3,
        "Automotive",
        (
            "automobile; automobil; automotive supplier; automobilzulieferer; vehicles; "
            "fahrzeugbau; car manufacturing; automocion; auto parts"
        ),
    )
    AEROSPACE = (
        4,
        "Aerospace and defence",
        (
            "aerospace; aviation; luftfahrt; raumfahrt; defense; defence; aeronautique; space; "
            "airlines; defense and space"
        ),
    )
    METAL = (
        5,
        "Metal",
        (
            "metals; steel; stahl; metallverarbeitung; metal processing; foundry; giesserei; "
            "metallurgie; acero; siderurgia; metal fabrication; aluminium; stahlbau; metalworking"
        ),
    )
    CHEMICALS = (
        6,
        "Chemicals and plastics",
        (
            "chemical; chemicals; chemie; chemische industrie; chemieindustrie; plastics; "
            "kunststoff; rubber; chimie; quimica; chimica; coatings; paints; polymers; "
            "kunststofftechnik"
        ),
    )
    PHARMA = (
        7,
        "Pharma and biotech",
        (
            "pharmaceuticals; pharma; biotech; biotechnology; life sciences; pharmazie; "
            "farmaceutica; biotechnologie"
        ),
    )
    MEDICAL = (
        8,
        "Medical technology",
        (
            "medical devices; medical technology; medizintechnik; dental; medtech; dispositifs "
            "medicaux; orthopaedics"
        ),
    )
    FOOD = (
        9,
        "Food and drink",
        (
            "food; beverages; food production; lebensmittel; getranke; dairy; brewery; brauerei; "
            "molkerei; agroalimentaire; alimentacion; alimentare; food and beverages; bakery"
        ),
    )
    TEXTILES = (
        10,
        "Textiles and fashion",
        (
            "textile; textilindustrie; apparel; fashion; clothing; bekleidung; mode; luxury "
            "goods; tessile; textil; shoes"
        ),
    )
    WOOD_PAPER = (
        11,
        "Wood, paper, packaging",
        (
            "wood; paper; packaging; verpackung; holz; papier; furniture; mobel; printing; druck; "
            "emballage; paper and forest products; print"
        ),
    )
    CONSUMER_GOODS = (
        12,
        "Consumer goods",
        (
            "consumer products; household goods; cosmetics; fmcg; toys; sporting goods; "
            "konsumguter; kosmetik; consumer electronics"
        ),
    )
    ENERGY = (
        13,
        "Energy and utilities",
        (
            "energy; utilities; power; oil and gas; renewables; solar; wind; energie; strom; "
            "versorger; stadtwerke; water; energia; oil; gas; electricity; renewable energy; "
            "nuclear"
        ),
    )
    MINING = (
        14,
        "Mining and raw materials",
        (
            "mining; minerals; bergbau; raw materials; quarry; cement; glass; ceramics; zement; "
            "glas; keramik; building materials; baustoffe"
        ),
    )
    CONSTRUCTION = (
        15,
        "Construction",
        (
            "building; construction; bau; baugewerbe; bauindustrie; hochbau; tiefbau; civil "
            "engineering; bauwesen; bauunternehmen; batiment; btp; construccion; edilizia; "
            "architecture; architecture and planning; handwerk; contractor"
        ),
    )
    REAL_ESTATE = (
        16,
        "Real estate",
        (
            "real estate; property; immobilien; facility management; immobilier; inmobiliaria; "
            "housing; commercial real estate"
        ),
    )
    TRANSPORT = (
        17,
        "Transport and logistics",
        (
            "logistics; transport; transportation; logistik; spedition; shipping; freight; "
            "warehousing; supply chain; rail; railway; maritime; courier; transporte; trasporti; "
            "logistique"
        ),
    )
    RETAIL = (
        18,
        "Retail",
        (
            "retail; einzelhandel; e-commerce; ecommerce; online shop; supermarkets; handel; "
            "distribution; commerce de detail; minorista; online retail; stores"
        ),
    )
    WHOLESALE = (
        19,
        "Wholesale",
        (
            "wholesale; grosshandel; trading; distributor; import export; import and export; "
            "mayorista; ingrosso; negoce; business supplies and equipment; grosshandler"
        ),
    )
    HOSPITALITY = (
        20,
        "Hotels, travel, events",
        (
            "hospitality; hotels; restaurants; tourism; travel; events; gastronomie; hotellerie; "
            "tourismus; catering; leisure; gastgewerbe; turismo"
        ),
    )
    SOFTWARE = (
        21,
        "Software and internet",
        (
            "software; saas; internet; computer software; softwareentwicklung; cloud; apps; "
            "platform; logiciel; desarrollo de software; information services; games"
        ),
    )
    IT_SERVICES = (
        22,
        "IT services",
        (
            "it services; information technology; information technology and services; it; it "
            "consulting; edv; systemhaus; managed services; computer networking; cybersecurity; "
            "computer and network security; it dienstleistungen; informatique"
        ),
    )
    TELECOM = (
        23,
        "Telecom",
        (
            "telecommunications; telecom; telekommunikation; wireless; mobile operator; "
            "telecomunicaciones; isp; telecomunicazioni"
        ),
    )
    MEDIA = (
        24,
        "Media and advertising",
        (
            "media; marketing; advertising; publishing; marketing and advertising; werbung; "
            "verlag; agency; agentur; entertainment; film; broadcasting; public relations; "
            "medien; publicite"
        ),
    )
    FINANCE = (
        25,
        "Banking and finance",
        (
            "banking; finance; financial services; bank; finanzen; finanzdienstleistungen; "
            "investment; fintech; banque; banca; asset management; venture capital; leasing; "
            "accounting; steuerberatung"
        ),
    )
    INSURANCE = (
        26,
        "Insurance",
        ("insurance; versicherung; assurance; seguros; assicurazioni; reinsurance"),
    )
    CONSULTING = (
        27,
        "Consulting and services",
        (
            "consulting; management consulting; professional services; beratung; "
            "unternehmensberatung; business services; conseil; consultoria; consulenza; staffing; "
            "staffing and recruiting; outsourcing; personaldienstleistung; engineering office; "
            "ingenieurburo; human resources"
        ),
    )
    LEGAL = (
        28,
        "Legal",
        (
            "law; legal services; law practice; rechtsanwalt; kanzlei; lawyers; avocats; "
            "abogados; notary"
        ),
    )
    HEALTH = (
        29,
        "Health care",
        (
            "healthcare; health care; hospital; hospitals; gesundheitswesen; krankenhaus; klinik; "
            "hospital and health care; sante; salud; sanita; care homes; pflege; doctors; medical "
            "practice; health"
        ),
    )
    EDUCATION = (
        30,
        "Education and research",
        (
            "education; university; higher education; school; bildung; hochschule; universitat; "
            "research; forschung; e-learning; training; educacion; istruzione; enseignement"
        ),
    )
    PUBLIC = (
        31,
        "Public sector",
        (
            "government; public administration; offentlicher dienst; verwaltung; public sector; "
            "municipality; kommune; behorde; administration publique; administracion publica; "
            "military; government administration"
        ),
    )
    NON_PROFIT = (
        32,
        "Associations",
        (
            "non-profit; nonprofit; ngo; verein; verband; association; foundation; stiftung; "
            "charity; nonprofit organization management; church"
        ),
    )
    AGRICULTURE = (
        33,
        "Agriculture",
        (
            "agriculture; farming; landwirtschaft; forestry; agrar; agricultura; agricoltura; "
            "fishing; horticulture; gartenbau"
        ),
    )

    synonyms: str

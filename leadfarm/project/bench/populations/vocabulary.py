"""Words that people and companies are made of; frequent ones first, with an endless rare tail."""

from random import Random

_IN_GIVEN = """
James Mary John Patricia Robert Jennifer Michael Linda William Elizabeth David Barbara Richard
Susan Joseph Jessica Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony
Margaret Mark Sandra Donald Ashley Steven Kimberly Paul Emily Andrew Donna Joshua Michelle Kenneth
Carol Kevin Amanda Brian Dorothy George Melissa Timothy Deborah Ronald Stephanie Edward Rebecca
Johannes Katharina Wolfgang Jürgen Günther Ursula Heike Birgit Stefan Matthias Andreas Sabine Ralf
Jörg Uwe Anja Silke Franziska Léa Chloé Émile Jérôme Hélène François Mathieu Aurélie Giulia
Francesco Alessandro Chiara Lorenzo Matteo Łukasz Małgorzata Agnieszka Krzysztof Paweł Zuzana Jiří
Ondřej Søren Åsa Björn Linnéa Mikkel Nguyen Thanh Linh Minh Duc Wei Xiu Jing Yan Haruto Yuki Sakura
Kenji Priya Arjun Rahul Ananya Mohammed Fatima Omar Layla Yusuf Aisha Carlos María José Lucía Diego
Camila João Inês Thiago Dmitri Svetlana Olga Alexei Nikos Eleni Giorgos Zsófia László Mehmet Ayşe
Chidi Amara Kwame Thandiwe Ifeoma Sipho
"""
GIVEN = tuple(_IN_GIVEN.split())
_IN_FAMILY = """
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez
Wilson Anderson Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez
Lewis Robinson Walker Young Allen King Wright Scott Torres Hill Flores Green Adams Nelson Baker Hall
Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer
Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Weiß
Dubois Lefèvre Moreau Laurent Bertrand Girard Rossi Ferrari Esposito Bianchi Colombo Kowalski
Wiśniewski Wójcik Nowak Kamiński Zieliński Novák Svoboda Dvořák Nielsen Jensen Sørensen Andersson
Lindström Åkesson Nguyen Tran Pham Vo Wang Li Zhang Chen Liu Yang Huang Zhao Tanaka Suzuki Takahashi
Kim Park Choi Patel Sharma Singh Gupta Reddy Khan Ahmed Hassan Ali Silva Santos Oliveira Pereira
Costa Papadopoulos Nikolaidis Ivanov Petrov Smirnova Nagy Kovács Yılmaz Kaya Demir Okafor Adeyemi
Mensah Nkosi O'Brien McCarthy Fitzgerald vanDijk deVries Janssen Bakker
"""
FAMILY = tuple(_IN_FAMILY.split())
_IN_PLACES = """
London Paris Berlin Madrid Hamburg München Lyon Milano Wien Zürich Köln Manchester Birmingham Leeds
Boston Chicago Houston Denver Seattle Dallas Austin Portland Atlanta Rotterdam Utrecht Antwerpen
Kraków Praha Brno Göteborg Malmö Århus Oslo Porto Lisboa Sevilla Torino Genève Basel Stuttgart
Nürnberg Bremen Leipzig Springfield Riverside Fairview Georgetown Salem Clinton Madison Arlington
"""
PLACES = tuple(_IN_PLACES.split())
_IN_TRADES = """
Pumps Valves Logistics Systems Software Engineering Foods Steel Plastics Energy Textiles Tools
Chemicals Consulting Electronics Packaging Medical Robotics Motors Solutions Printing Optics
Furniture Glass Ceramics Timber Paper Machinery Instruments Networks Security Aviation Marine
"""
TRADES = tuple(_IN_TRADES.split())
FORMS = ("GmbH", "AG", "Ltd", "Inc", "LLC", "SA", "SARL", "S.p.A.", "BV", "AB", "Corp", "Oy", "plc")
_IN_WORDS = """
Northern Global United Advanced Precision Blue Golden Atlas Vertex Summit Pioneer Crescent Harbor
Silver Delta Omega Nova Zenith Apex Orion Phoenix Meridian Horizon Liberty Royal Sterling Cobalt
Falcon Granite Cedar Maple Ironwood Clearwater Redstone Brightline Keystone Evergreen Lakeside
"""
WORDS = tuple(_IN_WORDS.split())
_IN_STREETS = """
Main High Church Park Mill Station Victoria Green Bridge Oak Elm Washington Lake Hill Maple Cedar
Pine River Spring Sunset Market School Chestnut Franklin Highland Jefferson Lincoln Garden Meadow
"""
STREETS = tuple(_IN_STREETS.split())
WAYS = ("Street", "Avenue", "Road", "Lane", "Drive", "Court", "Boulevard", "Place")
_IN_DISHES = """
Cafe Grill Bistro Kitchen Diner Tavern Trattoria Brasserie Pizzeria Steakhouse Cantina Deli Bakery
"""
DISHES = tuple(_IN_DISHES.split())
NURSERIES = (
    *("Child Care Center", "Day Care", "Learning Academy", "Head Start", "Elementary School"),
    "Preschool",
)
TITLES = (
    *("Buyer", "Head of Production", "Plant Manager", "CEO", "Head of IT", "Maintenance Lead"),
    *("Sales Director", "Engineer", "Office Manager", "CFO", "Procurement Manager", "Consultant"),
)
_IN_STARTS = """
B Br D Dr F Fl G Gr H J K Kl L M N P R S Sch St T Tr V W Z Ch
"""
_STARTS = tuple(_IN_STARTS.split())
_IN_MIDDLES = """
a e i o u ei au ie ar er en on al el il an un or
"""
_MIDDLES = tuple(_IN_MIDDLES.split())
_IN_ENDS = """
ner mann berg ton ley son s ski ovic ini etti ez ard ell er feld wick den horn
"""
_ENDS = tuple(_IN_ENDS.split())


def often(draw: Random, words: tuple[str, ...]) -> str:
    """Return one of the words; the first ones come most often, as with real names."""
    return words[min(int(len(words) * draw.random() ** 1.8), len(words) - 1)]


def rare(draw: Random) -> str:
    """Return a word that hardly comes twice, built of syllables."""
    middle = "".join(
        draw.choice(_MIDDLES) + draw.choice("bdfgklmnprst") for _ in range(draw.randint(1, 2))
    )
    return draw.choice(_STARTS) + middle + draw.choice(_MIDDLES) + draw.choice(_ENDS)


def family_name(draw: Random) -> str:
    """Return a family name, four in ten of them rare."""
    return rare(draw) if draw.random() < 0.4 else often(draw, FAMILY)

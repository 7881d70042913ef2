"""Short and other forms of given names: Bob is Robert. English, German, French, Dutch, Spanish."""

from leadfarm.rules.duplicates.letters import latin

# Each part: the full form, then what people call it. A form may stand in several parts.
_FORMS = """
abigail abby gail; adam ad; alan al allan allen; albert al bert bertie albrecht; alexander alex
sandy xander sasha alec lex alejandro; alexandra alex sandra sasha lexi sandy; alfred alf alfie
fred; alice ali; amanda mandy; amelia amy millie; andrea andi; andrew andy drew andreas andre
andries; angela angie; ann anne anna annie nan nancy; anthony tony anton antoine antonio toni;
arthur art artie; barbara barb babs; bartholomew bart; beatrice bea trixie; benjamin ben benny
benni; bernard bernie bernhard bernd; bradley brad; brian bryan; caroline carol carrie caro
karoline; catherine cathy kate katie kathy katherine kathryn cat katharina kathleen katrin;
charles charlie chuck karl carl carlos chas; charlotte lottie charlie lotte; christine chris
chrissy tina christina kristina kirsten; christopher chris kit topher christoph christophe;
christian chris kristian; claudia claudi; clifford cliff; cornelius cor kees neil; daniel dan
danny; david dave davy; deborah deb debbie; dennis denny denis; diana di; dominic dom nick
dominik; donald don donnie; dorothy dot dottie dolly dora; douglas doug; edward ed eddie ted teddy
ned eduard; eleanor ellie nell nora; elisabeth elizabeth liz lizzie beth betty eliza lisa libby
elsa lisbeth betsy els liesbeth lies; emily em emmy; emma em; eric erik erich; ernest ernie ernst;
esther essie; eugene gene eugen; evelyn eve evie; ferdinand ferdi; florence flo; frances fran
frankie; francis frank franz francois francisco paco frans; frederick fred freddie friedrich fritz
frederik; gabriel gabe; gabriele gabi gaby gabriella; george georgie georg jorge jurgen jorg
jorgen; gerald gerry jerry gerhard gerd; gerard gerry; gertrude trudy gertrud; gillian gill jill;
graham gray; gregory greg gregor; guillermo memo; gunther gunter; hannah hanna; harold harry hal
harald; harriet hattie; heather; helen nell helena helene lena ellen; henry harry hank henri
heinrich heinz hendrik henk hal; herbert herb bert; howard howie; hugh hughie hugo; ian iain;
ignatius nacho iggy; isaac ike zac; isabella bella izzy isabel isabelle; jack jackie; jacob jake
jakob cobus; jacqueline jackie; james jim jimmy jamie jaime jem; jane janie; janet jan; jason jay;
jean jeanne; jeffrey jeff geoffrey geoff; jennifer jen jenny; jeremy jerry jem; jessica jess
jessie; joan joanie; joanna jo joanne; johannes john hannes johan jan hans johann johnny jon jack
ian; john johnny jon jack; jonathan jon jonny nathan; joseph joe joey jose josef pepe jo sepp;
josephine jo josie; joshua josh; joyce joy; judith judy jude; julia julie jules; juliana julie;
julian jules; katja katharina; kenneth ken kenny; kevin kev; kimberly kim; klaus nikolaus claus;
kristin kris; laura laurie lori; lawrence larry laurie lorenz lars laurence; leonard leo len lenny
leonhard; leopold leo; leslie les; lewis lou louis lew ludwig luis; lillian lily lil; linda lindy;
louise lou louisa luise; lucas luke lukas luc; lucy lucie; lydia; madeline maddie madeleine maddy;
magdalena lena maggie; manfred fred manni; manuel manny manu; margaret maggie meg peggy greta
marge rita daisy margarete gretchen; maria marie mary mia mitzi maja; marianne; marcus mark marc
markus marco; martha marty; martin marty; mary molly polly may mae; matilda tilly mathilda;
matthew matt matthias mathias mattias matty; maureen mo; maximilian max maxwell maxime; megan meg;
melanie mel; melissa mel missy; michael mike mick mickey mikey michel miguel mitch michele;
michelle shelly; mildred millie; mohammed mohamed muhammad mohammad mo; nathaniel nathan nate nat;
nathan nate; natalie nat; natasha tasha; nicholas nick nicky nico nikolaus niklas nicolas klaus;
nicole nicky nikki; nigel nige; norman norm; oliver ollie oli; olivia liv livvy; oscar oskar
ossie; otto; pamela pam; patricia pat patty trish tricia; patrick pat paddy rick; paul paulie
pablo; penelope penny; peter pete piet pieter pedro petra; petra; philip phil phillip philipp pip
felipe; phyllis phil; rachel rae shelley; ralph rafe rolf; raphael rafe raf rafael; raymond ray
raimund; rebecca becky becca bex; reginald reg reggie; richard rick dick ricky rich richie
ricardo; robert bob rob bobby robbie bert roberto robin; roderick rod roddy; rodney rod; roger
rodge rudiger; roland rolly roly; ronald ron ronnie; rosemary rosie rose; rudolf rudi rudy rolf;
russell russ; ruth ruthie; samantha sam sammy; samuel sam sammy; sandra sandy; sarah sara sally
sadie; sebastian seb basti; sharon shaz; shirley shirl; sidney sid; simon si; sophie sophia sofie
sofia; stanley stan; stephanie steph stefanie steffi; stephen steve steven stevie stefan stephan
steffen esteban; stuart stu stewart; susan sue suzie susie suzanne susanne susanna; sylvia sylvie
silvia; tamara tammy; teresa terry tess theresa tessa therese; terence terry terrance; theodore
ted teddy theo theodor; thomas tom tommy tomas; timothy tim timmy; tobias toby tobi; ulrich uli
ulli; ursula uschi ulla; valerie val; vanessa nessa; veronica ronnie vera veronika; victor vic
vick viktor; victoria vicky tori viktoria; vincent vince vinnie vinzenz; virginia ginny; walter
walt wally; wayne; wendy; wilhelm will willi willy bill william; william bill will billy willie
liam guillermo; winifred winnie; wolfgang wolf; yvonne; zachary zach zack zac
"""
_LINES = [line.split() for line in _FORMS.replace("\n", " ").split(";")]
_ROOTS: dict[str, frozenset[str]] = {}
for _line in _LINES:
    for _form in map(latin, _line):
        _ROOTS[_form] = _ROOTS.get(_form, frozenset()) | {latin(_line[0])}


def is_given_name(word: str) -> bool:
    """Whether a word is a given name we know."""
    return latin(word) in _ROOTS


def roots_of(name: str) -> list[str]:
    """Return the full forms a given name may stand for, itself among them, sorted."""
    first = latin(name).split(" ")[0]
    return sorted(_ROOTS.get(first, frozenset()) | {first}) if first else []


def forms_of(name: str) -> list[str]:
    """Return every form of the lines a given name stands in, sorted; empty when none is known."""
    return sorted({form for line in _LINES if name in line for form in line})


def all_forms() -> list[str]:
    """Return every given name we know, in Latin letters, sorted."""
    return sorted(_ROOTS)

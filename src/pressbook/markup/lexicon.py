"""Words that tell how a clause is meant, and words that lose their head or tail."""

import re
from itertools import filterfalse
from typing import Literal, TypeAlias

Form: TypeAlias = Literal["base", "present", "past", "going"]
"""A verb's form: `think`, `thinks`, `thought`, `thinking`."""

_WORD = re.compile(r"[^\W_]+(?:’[^\W_]+)?")


def words(text: str) -> frozenset[str]:
    """Make a lexicon of words that white space parts."""
    return frozenset(text.split())


def words_among(text: str) -> list[str]:
    """List the words of a text in any order, as typed."""
    tokens = text.replace(",", " ").replace(".", " ").split()
    # Nearly all stand without any other sign beside them: only the rest is taken apart.
    return [*filter(str.isalnum, tokens), *_WORD.findall(" ".join(filterfalse(str.isalnum, tokens)))]


def verbs(text: str) -> dict[str, Form]:
    """Make a lexicon of verbs, every form of each: `muse`, or `think/thought/thinking` where spelling does not tell the rest."""
    forms: dict[str, Form] = {}
    for entry in text.split():
        base, _, rest = entry.partition("/")
        stem = base.removesuffix("e")
        ies = base[-1] == "y" and base[-2] not in "aeou"
        past, _, going = rest.partition("/")
        forms[going or stem + "ing"] = "going"
        forms[past or (base[:-1] + "ied" if ies else stem + "ed")] = "past"
        forms[base[:-1] + "ies" if ies else base + "es" if base.endswith(("s", "sh", "ch", "x")) else base + "s"] = "present"
        forms[base] = "base"
    return forms


SPANS = words("day night week month year hour entry letter log scene session round stage lesson movement verse phase step")
"""What is counted inside chapters, or instead of them: `Day 4`, `Letter II`."""

COMMANDS = words(
    """
    accept admit aim answer ask avoid be become beg begin behave believe bend breathe bring build burn bury call calm carry
    catch choose climb close collect come concentrate confess consider continue count cover crawl decide defend deny dig drag
    drive duck eat endure enjoy escape explain find finish flee focus follow forget forgive get give go grab grow hang hear
    help hide hold hurry ignore imagine jump keep kill kneel know learn leave lie listen live lock lose make meet obey open
    pack pay pick play pray pretend promise prove pull push quit reach relax remember remind rise save say scream search
    see seek send shoot sing sit speak stand stay steal stop strike surrender swallow swim take tell think throw tie trust
    try understand use wake warn wash watch win write yell
    """
)
"""Verbs that open an imperative and are seldom another word."""

WEAK_COMMANDS = words(
    """
    act break check cross cry cut dance dream drink drop fall fear feel fight fire fly force guess hit hope hurt kick laugh let
    lift look love march move need press put read rest return ride roll run scratch set shake shout show shut sleep smile start
    step stick stretch swing talk touch turn twist type visit wait walk want work worry
    """
)
"""Verbs that may be nouns or pasts as well; alone they prove nothing."""

LEADS = words("don’t never just please now then and or but so come go oh yes well quick quickly always better")
"""Words that may stand before an imperative's verb."""

PAST = words(
    """
    was were had did said could would might wasn’t weren’t hadn’t didn’t couldn’t wouldn’t came went took saw knew thought felt
    found gave got made told left kept began stood sat ran turned heard held brought fell spoke rose lay grew drew threw fought
    meant lost won sent built bought caught taught sought slept swept wept crept dealt led met paid shook shot slid spent stole
    stuck struck swore tore woke wore wrote broke chose drank drove ate flew forgot froze hid hung kneeled knelt rang rode sang
    sank shone bore beat became bent blew clung dug fled seemed used he’d she’d they’d it’d
    """
)
"""Words that mark narration in the past."""

NOT_PAST = words(
    """
    need indeed speed seed feed bleed breed weed deed bed red led instead ahead shed sled fed wed hundred sacred naked tired
    wicked scared damned blessed beloved wretched supposed tied afraid hemmed exceed succeed proceed unless hatred kindred greed
    creed reed steed tweed shred bloodshed ragged rugged crooked jagged aged so-called
    """
)
"""Words in -ed that are no pasts, or that stand alone as participles."""

PRESENT = words(
    """
    am is are isn’t aren’t i’m you’re we’re they’re he’s she’s it’s that’s there’s what’s who’s i’ll you’ll we’ll he’ll
    she’ll it’ll they’ll i’ve you’ve we’ve they’ve who’ve where’s here’s how’s that’ll there’ll cannot can can’t will won’t
    do don’t does doesn’t has hasn’t have haven’t must mustn’t shall may
    """
)
"""Words that mark the present or the future."""

SPEAKING = words("said whispered asked cried replied murmured answered shouted told called muttered")
"""Verbs that tag speech, in the past."""

FIRST = words("i let’s me my mine myself i’m i’ll i’ve i’d we us our ours ourselves we’re we’ll we’ve we’d")
SECOND = words("you your yours yourself you’re you’ll you’ve you’d")
THIRD = words("he she they him her them his hers their it its")

ELISIONS = words(
    """
    tis twas twere twill twould twont twasn twan tisn tidn tidden tweren twarn twuz tain em til till n nother neath gainst tween
    twixt mongst uz kase nuff nough zackly zactly xactly clare clar tarnal tarnation struth strewth sdeath sblood zounds tever
    im stead stonished longside fraid lowed sposed thout dout baout
    """
)
"""Words that lose their head and are hardly ever quoted: the mark before them is an apostrophe."""

DIALECT = words(
    """
    cause cos cuz coz bout round fore fo gain gin er ow ello ullo allo e s d ll ve re uz un ud ull ould low way
    day bye kay least less pon tother most mos neer alf arf scuse cept ceppin specially spect speck spec specs spected
    member merica cross long mong mid side sides rithmetic nuther spose gree bove board hind count
    course deed pears pear lection lasses magine splain sist sists sturb sturbin nounce tend tention spite scape ware
    pologize lieve cordin cording counta druther stid bacca baccy bacco baccer taters tater possum coon gator skeeters cello
    phone plane bus flu fess copter tec morning evening afternoon night right gad sup kyou shun stroy vite rest suade tire
    ficial f m t r y a at ee oman ooman isself oo oos
    crease spute sputes sputed spise spised scover scovered spicion spicions spicious spectable spectubble larm
    zamine zamined xamine quainted quaintance commodate sult sulted struction structions gagement mergency
    sposition sturbed sturbance vited vitation ligion ligious low lows ford fords
    """
)
"""Words that lose their head in dialect, but may open a quotation too."""

UNBREATHED = frozenset(
    word[1:]
    for word in words(
        """
        had hadn hair half hall ham hammer hand handkerchief handle hands handsome handy hang hanging happen
        happened happens happy hard hardly hark harm harp harris harry has hasn hat hate hated haul haunted have
        haven havin having hay he head heads health healthy heap heaps hear heard hearing hears heart hearts hearty
        heat heaven heavens heavy hedge heel heels held hell hello help helped hen hence henry her here hers herself
        hide high higher hill him himself hint hip hire his hisself history hit hits hitting hoist hold holding hole
        holes holiday holidays holler hollow holy home honest honour hoof hook hooray hop hope hopes horn horns
        horrible horrid horse horses horsewhip hospital hospitals hoss hot hotel hound hounds hour hours house
        housekeeper houses how however hug human humble humbug hundred hundreds hung hunger hungry hunt hurried
        hurry hurself hurt husband husbands hush hut hed heerd hev hez
        """
    )
)
"""Words that a Cockney begins without their breath: `'and`, `'ospital`, `'old`."""

TRAILING = words(
    """
    o an th tha wi ol of t f fo mo po yo lil li el gi ha ma sha wha tho i mysel hersel hissel thysel yoursel itsel theirsel
    themsel lan aroun roun ev jus mus nex bes wors fas pas selle n don ain didn couldn wouldn isn wasn sho befo fro
    couldna wouldna shouldna didna dinna canna wasna hasna hadna isna ca fa wa awa de gran han stan frien groun behin kep las
    firs mos tol col spen en gie hae sel lef lan islan sen boun poun soun foun bes res breas breakfas inves resis bus los spec clar
    ac fac objec respec expec mak tak tex nex thro altho
    doan doesn shouldn mustn needn mightn hadn haven weren warn cain daren oughtn
    buil fiel worl chil wil gol fort nort sout mout trut eart deat breat healt wort yout
    """
)
"""Words that lose their tail in dialect."""

THINKING = verbs(
    """
    think/thought wonder muse reflect ponder reason realize realise decide guess suppose pray conclude speculate hope vow figure
    marvel/marvelled/marvelling marvel fret/fretted/fretting consider brood remember recall resolve swear/swore surmise deduce
    puzzle ruminate recollect rationalize rationalise despair lament fume seethe gloat scheme
    """
)
"""Verbs that tag what somebody thinks and does not say."""

KNOWING = verbs("note know/knew understand/understood calculate estimate judge fear suspect reckon imagine believe")
"""Verbs that tag a thought which they follow; what follows them may be anything that is known."""

TELLING = verbs(
    """
    tell/told remind ask scold chide promise warn assure reassure admonish caution urge order command curse berate answer
    beg/begged/begging advise instruct counsel encourage correct reprimand rebuke chastise implore coax coach lecture mock
    dare swear/swore congratulate question challenge prompt nag/nagged/nagging
    """
)
"""Verbs that tag a thought where their object is the thinker: `told herself`."""

SAYING = verbs(
    """
    say/said whisper murmur mutter mumble breathe hiss cry call ask answer reply add repeat continue agree/agreed/agreeing argue
    protest object insist admit/admitted/admitting concede acknowledge confess observe comment remark shout yell scream shriek
    roar snarl growl groan moan whine wail grumble complain snap/snapped/snapping snort sneer scoff jeer laugh chuckle
    sob/sobbed/sobbing plead beg/begged/begging pray chant sing/sang recite curse swear/swore rage cheer apologize apologise
    thank promise urge order command suggest point supply tell/told warn remind count list retort counter scold note prompt
    whimper announce advise offer demand taunt tease mock chime croon purr coo quip/quipped/quipping
    """
)
"""Verbs that tag speech; a thought only where they say that nobody hears it, or that a mind or its voice speaks."""

MIND = words("thought thoughts thinking mind brain idea notion question realization realisation memory conscience instinct prayer")
"""Nouns that announce a thought: `the thought came:`, `his mind added:`."""

VOICING = words(
    """
    said says whispered whispers asked asks cried cries replied replies murmured answered answers shouted told tells called calls
    muttered screamed sang sings read reads wrote writes spoke speaks announced ordered quoted proclaimed signalled signaled
    voice voices sign signs letter letters note notes message messages telegram inscription headline headlines caption poster
    song songs poem verse label notice card news item bulletin report
    """
)
"""Words that announce what was said, sung, written or sent, not thought."""

SAID = words(
    """
    said says whispered asked cried replied murmured answered shouted called muttered screamed sang spoke announced quoted added
    repeated continued explained agreed began snapped growled hissed sighed laughed
    """
)
"""Verbs that tag speech; without quotation marks beside them speech is remembered, dreamt or typed bare."""

UNCHANGED = words("put set cut hit shut hurt cast burst spread split let quit shed rid bet thrust")
"""Verbs whose past is spelt as their present."""

STRICT_PAST = words(
    """
    was were had did wasn’t weren’t hadn’t didn’t went came saw knew took gave began rose grew drew threw spoke stole struck swore
    tore woke wore wrote broke chose drank drove ate flew forgot froze rang rode sang sank shook bore became blew fell ran stood
    sat swam sprang shrank lay fought seemed looked stared turned nodded shrugged walked
    """
)
"""Pasts that are hardly ever participles (`took`, not `taken`), or that only narration uses."""

MODALS = words("could would might should ought oughtn’t couldn’t wouldn’t mightn’t shouldn’t he’d she’d they’d it’d there’d")
"""What the present's `can`, `will`, `may` become where thought is reported in the past; a thinker may say them of himself."""

AUXILIARIES = words(
    """
    am is are be been being isn’t aren’t have has haven’t hasn’t i’m you’re we’re they’re he’s she’s it’s that’s who’s what’s
    there’s i’ve you’ve we’ve they’ve get gets getting
    """
)
"""Words that make the form in -ed that follows a participle and no past."""

GENERAL = words("people men man women everybody everyone nobody anybody anyone one mankind humanity children nature always usually")
"""Whom general truths are about; narrators state them in the present in any book."""

EXCLAIMING = words(
    """
    oh ah damn damned god gods lord hell heavens christ jesus blast curse well yes no okay ok please farewell goodbye thank thanks
    hey ugh alas good dear dammit damnation shit fuck hush
    """
)
"""Words that open an exclamation."""

POINTING = words("now here this these today tomorrow tonight yesterday ago")
"""Words that point to where and when the thinker is."""

INSULTS = words(
    """
    idiot fool moron coward bastard liar bitch ass jerk imbecile dolt cretin creep monster brute wretch clown loser twit git
    prat numbskull simpleton nitwit dummy dunce traitor witch cow pig rat snake devil rascal scoundrel villain beast
    traitors fools idiots cowards liars bastards stupid silly wretched bloody damned damn blasted foolish pathetic dumb ugly
    miserable filthy useless worthless rotten absolute utter complete brilliant
    """
)
"""What comes after `you` where somebody calls names; no narrator does."""

GUESSING = words("maybe perhaps surely probably certainly why what how who where when")
"""Words of somebody who weighs and asks."""

FOREIGN = words(
    """
    le la les un une des du et est que qui ne pas je tu il elle nous vous mon mes ses sur dans avec pour mais oui bon bonne
    mademoiselle monsieur madame el los las una y es muy por señor señora senor senora hola gracias amigo
    der das ein eine und ist nicht ich sie wir mein mit auf nein ja herr frau fräulein gott
    lo gli di che signor signora ciao cogito ergo sum hoc et cetera vox populi deus machina culpa semper ave anno domini
    san sama kun chan sensei baka
    """
)
"""Common words of other languages that are no English words."""

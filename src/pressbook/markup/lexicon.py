"""Words that tell how a clause is meant: verbs of thinking, verbs that command, marks of person and tense."""

THINKING = (
    "thought|wondered|mused|reflected|reminded (?:him|her|them|my)sel(?:f|ves)|told (?:him|her|them|my)sel(?:f|ves)|prayed"
    "|asked (?:him|her|them|my)sel(?:f|ves)|said to (?:him|her|my)self silently|scolded (?:him|her|my)self|thinks|wonders"
)
"""Verbs that tag a thought."""

COMMANDS = frozenset(
    (
        "accept admit aim answer ask avoid be become beg begin behave believe bend breathe bring build burn bury call calm carry catch"
        " choose climb close collect come concentrate confess consider continue count cover crawl decide defend deny dig drag drive"
        " duck eat endure enjoy escape explain find finish flee focus follow forget forgive get give go grab grow hang hear help hide"
        " hold hurry ignore imagine jump keep kill kneel know learn leave lie listen live lock lose make meet obey open pack pay pick"
        " play pray pretend promise prove pull push put quit reach read relax remember remind rise save say scream search see seek send"
        " shoot shut sing sit speak stand stay steal stop strike surrender swallow swim take tell think throw tie trust try understand"
        " use wake warn wash watch win write yell"
    ).split()
)
"""Verbs that open an imperative and are seldom another word."""

WEAK_COMMANDS = frozenset(
    (
        "act break check cross cry cut dance dream drink drop fall fear feel fight fire fly force guess hit hope kick laugh let lift"
        " look love march move need press rest return ride roll run scratch set shake shout show sleep smile start step stick stretch"
        " swing talk touch turn twist type visit wait walk want work worry"
    ).split()
)
"""Verbs that may be nouns or pasts as well; alone they prove nothing."""

LEADS = frozenset("don’t never just please now then and or but so come go oh no yes well quick quickly always better".split())
"""Words that may stand before an imperative's verb."""

PAST = frozenset(
    (
        "was were had did said could would might wasn’t weren’t hadn’t didn’t couldn’t wouldn’t came went took saw knew thought felt"
        " found gave got made told left kept began stood sat ran turned heard held brought fell spoke rose lay grew drew threw"
    ).split()
)
"""Words that mark narration in the past."""

NOT_PAST = frozenset(
    "need indeed speed seed feed bleed breed weed deed bed red led instead ahead shed sled fed wed hundred sacred naked tired"
    " wicked scared damned blessed beloved wretched supposed tied afraid".split()
)
"""Words in -ed that are no pasts."""

PRESENT = frozenset(
    (
        "am is are isn’t aren’t i’m you’re we’re they’re he’s she’s it’s that’s there’s what’s who’s i’ll you’ll we’ll he’ll she’ll it’ll"
        " they’ll i’ve you’ve we’ve can can’t will won’t do don’t does doesn’t has hasn’t have haven’t must mustn’t shall may need"
    ).split()
)
"""Words that mark the present or the future."""

FIRST = frozenset("i me my mine myself i’m i’ll i’ve i’d we us our we’re we’ll we’ve we’d".split())
SECOND = frozenset("you your yours yourself you’re you’ll you’ve you’d".split())
THIRD = frozenset("he she they him her them his hers their it its".split())

"""Common words of abstracts, which do not explain why papers are related."""

from __future__ import annotations

_WORDS = frozenset(
    """
    able about above across act actual add additional address adjust adopt advance advancing against aim allow
    almost alone already also alternative although among analyze any apply approach approaches appropriate are art
    aspects assess authors automatic available average base based baseline basis beat because become before below
    benefit best better between beyond both brief bring broad broader build built but can capable case cause
    challenge challenging change choice choose clear close combination combine commercial common commonly comparable
    compare compared comparison complete complex comprehensive compute conduct consider considerable consist
    consistently contrast contribute contribution correct costly could count create critical current currently cut
    deal deeper demonstrate depend derive describe design despite detail develop developer devise differ difference
    different difficult directly discuss diverse does draw drive driven due during each earlier early easily easy
    effect effective effectively effectiveness effort either emerge empirical enable end enhance enough ensure
    entire equal especially essential establish even every evidence examine example exceed exhibit exist existing
    expensive experiment explore extend extensive extra fail fall fast faster few fewer field final finally find
    finding finely first five fixed focus follow forcing found four free frequently full fully further future gain
    gap general generally get give given goal good great greater growing guide guided handle hard heavy help high
    higher highly hold however identify illustrate impact imperfect implement important improve improved improvement
    include including increase increasing indicate individual inherent initial insight instead intermediate
    introduce investigate issue its itself just keep key kind know known lack large largely larger last later latter
    lead leading least leave less level leverage like likely limit limitation limited little long longer look low
    lower machine made main mainly maintain major make making manner many matter may means meet merely method might
    miss moderate modern more moreover most much multiple must near nearly necessary need never new newly next nor
    novel number numerous observe obtain occur offer often old once one only onto open operate ordinary original
    other otherwise our out outperform outside over overall own paper part partial particular particularly past pay
    per perform performance perhaps place play point poor poorly popular possible potential practical practice
    precise present previous previously primarily primary prior problem process produce promising proper propose
    proposed prove provide purpose quality quickly quite raise range rapid rapidly rather raw reach read real recent
    recently redesign reduce reduced reduction reference related relative relatively relevant rely remain remarkable
    replace report represent require required research researchers resource respect respectively result retain
    return reveal review right role run same save scenario second see seek seem select separate serve set settings
    several share shared shift short should show shown significant significantly similar simple simply
    simultaneously since single size slow slowly small smaller solution solve some source special specific
    specifically spend spending split stage standard start state step still stop strategy strong stronger struggle
    study substantial substantially succeed success such suffer sufficient suggest superior support surprisingly
    system take target task technique tell ten term test than that their them then there thereby therefore these
    they think this those though three through throughout thus time together too top total toward traditional true
    try turn two type typical typically under understand unlike unlikely until upon usage use used useful using
    usually valid valuable various vary very via view want waste way well were when where whereas whether which
    while whole whose wide widely will with within without work worse would write wrong yet yield
    """.split()
)
# Their forms as plurals, or as verbs of the third person.
COMMON = _WORDS | {f"{word}{end}" for word in _WORDS for end in ("s", "es")}

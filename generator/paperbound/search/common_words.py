"""Common words of abstracts, which do not explain why papers are related."""

from __future__ import annotations

COMMON = frozenset(
    """
    able about above across actual additional address adopt advance aim allow almost already also although among
    analyze any apply approach approaches appropriate are aspects assess available average based baseline
    baselines basis because become before below benefit best better between beyond both brief bring broad broader
    build built but can capable case cases cause challenge challenges challenging change choose clear close
    combination combine common commonly comparable compare compared comparison complete complex comprehensive
    compute conduct consider considerable consist consistently contrast contribute contribution costly could
    create critical current currently cut deal deeper demonstrate depend derive describe design despite detail
    develop devise differ difference different difficult directly discuss diverse does draw driven due during each
    earlier easily easy effect effective effectively effort either emerge empirical enable end enhance enough
    ensure entire equal especially essential establish even every evidence examine example exceed exhibit exist
    existing expensive experiment experiments explore extend extensive fail fast faster few field final finally
    find finding findings finely first fixed focus follow forcing found free frequently full fully further future
    gain gap general generally get give given goal good great greater growing guide guided handle hard help helps
    high higher highly hold however identify illustrate impact implement important improve improved improvement
    improves include including increase increasing indicate individual inherent initial insight insights instead
    intermediate introduce investigate issue its itself just keep keeps key kind know known lack large largely
    larger last later latter lead least less level leverage like likely limit limitation limited little long
    longer look low lower made main mainly maintain major make makes making manner many may means meet merely
    method methods might moderate modern more moreover most much multiple must near nearly necessary need needs
    never new newly next nor novel number numerous observe obtain occur offer often old once one only onto open
    operate original other others otherwise our out outperform outside over overall own paper part particular
    particularly past per perform performance perhaps place play poor popular possible potential practical
    practice precise present previous previously primarily primary prior problem problems process produce
    promising proper propose proposed prove provide purpose quality quickly quite raise range rapid rapidly rather
    real recent recently reduce reduced reduction related relative relatively rely remain remains remarkable
    replace report represent require required requires research researchers respect respectively result results
    retain return reveal review right role run same save saves scenario second see seek seem select separate serve
    set several share shift short should show shown shows significant significantly similar simple simply
    simultaneously since single size slow slowly small smaller solution solve some special specific specifically
    stage standard start step steps still stop strategy strong stronger study substantial substantially succeed
    such suffer sufficient suggest superior support surprisingly system systems take takes task tasks technique
    techniques tell ten term terms than that their them then there thereby therefore these they this those though
    three through throughout thus together too top toward towards traditional true try turn two type types typical
    typically under understand unlike until upon usage use used useful uses using usually valid valuable various
    vary very via view want way ways well were when where whereas whether which while whole whose wide widely will
    with within without work works worse would write yet yield yields
    """.split()
)

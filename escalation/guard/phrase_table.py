"""Which phrases are empty, and what makes a sentence more than its empty phrase? By language."""

import re

_ENGLISH = (
    (
        r"(?:please |pls |kindly |can you |could you |can someone |"
        r"could someone )(?:just )?"
        r"(?:investigate|check|look(?: into| at)?|assist|help|advise|fix|resolve|action|"
        r"review|handle)"
        r"(?: and (?:fix|resolve|advise|revert|assist))?(?: (?:this|it|the issue|"
        r"the problem|us|me))?(?: asap)?"
    ),
    r"do (?:the needful|what is (?:necessary|needed))",
    (
        r"(?:(?:is|are|was) )?(?:not|n[o']t) work(?:ing)?(?: (?:properly|correctly|"
        r"right|as expected|fine|anymore|any more|well|at all))?"
    ),
    (
        r"(?:does(?:n'?t| not)|do(?:n'?t| not)|is(?:n'?t|"
        r" not)) work(?:ing)?(?: (?:properly|correctly|anymore|any more|at all))?"
    ),
    r"(?:has |have )?stopped working",
    r"nothing works",
    (
        r"(?:the )?(?:user|users|customer|client|caller|they|she|he)s? (?:is |are |"
        r"keeps? )?(?:having|has|have|facing|experiencing)"
        r" (?:an? |some |several )?(?:issues?|problems?|trouble|difficult(?:y|ies))"
    ),
    (
        r"(?:having|has|have|facing|experiencing) (?:an? |some |several )?(?:issues?|"
        r"problems?|trouble)"
    ),
    r"^\W*(?:\w+ )?(?:problems?|issues?)\W*$",
    r"^\W*(?:issue|problem|trouble)s? with \w+\W*$",
    r"intermittent (?:issues?|problems?|errors?)",
    (
        r"as (?:discussed|agreed|mentioned|per (?:our )?(?:call|chat|conversation|"
        r"discussion|email))(?: (?:earlier|before|above))?"
    ),
    (
        r"see (?:above|below|ticket|the ticket|attached|attachment|notes?|history|"
        r"comments?)"
    ),
    r"(?:something|smth) (?:is |went |seems )?(?:wrong|off|broken)",
    r"(?:is|are|everything) (?:totally |completely )?broken",
    r"acting (?:weird|strange|up|funny)|(?:weird|strange|odd) behaviou?r",
    (
        r"(?:getting|gets|got|receiving|sees?|there is) (?:an? |some |"
        r"the )?errors?(?: messages?)?|errors? on (?:the )?(?:page|screen)"
    ),
    (
        r"tried (?:everything|all the usual(?: troubleshooting)?(?: steps)?|"
        r"all (?:basic|standard) (?:steps|troubleshooting))"
    ),
    (
        r"(?:basic|usual|standard) troubleshooting(?: (?:was )?(?:done|performed|"
        r"completed))?"
    ),
    (
        r"(?:the )?(?:usual|same) (?:problem|issue|error|thing)(?: as (?:before|"
        r"last time|always))?(?: again)?"
    ),
    r"\b(?:is|are|very|so) slow\b|\bis slow\b|^\W*(?:the )?\w+ is (?:very )?slow",
    r"^\W*(?:very )?(?:urgent|asap)(?: please)?\W*$|^\W*(?:fyi|help|any update)\W*$",
    r"no (?:further|more|other) (?:details?|info\w*)",
    r"needs? (?:fixing|looking at|investigation|attention)",
    (
        r"(?:escalating|assigning|forwarding|passing)(?: this| it)? to (?:l\d|your team|"
        r"the team|you|level \w+|tier \w+)"
    ),
)
_GERMAN = (
    (
        r"bitte (?:mal |um )?(?:prüfen|überprüfen|prüfung|anschauen|ansehen|untersuchen|"
        r"um hilfe|hilfe|bearbeiten|beheben|kümmern)"
    ),
    r"(?:funktioniert|geht|klappt|läuft|tut)(?: \w+)? nicht(?: mehr| richtig)?",
    (
        r"(?:der |die )?(?:anwender(?:in)?|benutzer(?:in)?|user|kund(?:e|in)) (?:hat|"
        r"haben|meldet) (?:ein )?probleme?"
    ),
    r"wie (?:besprochen|vereinbart|erwähnt|immer)",
    r"siehe (?:oben|unten|ticket|anhang|verlauf)",
    r"^\W*(?:sehr )?(?:dringend|eilig)\W*$",
    r"(?:etwas|irgendwas) stimmt nicht|alles (?:probiert|versucht)|(?:ist|alles) kaputt",
)
_FRENCH = (
    (
        r"(?:merci de|veuillez|svp|pouvez-vous) (?:bien vouloir )?(?:vérifier|regarder|"
        r"investiguer|analyser|traiter|corriger|faire le nécessaire)"
    ),
    r"(?:ne |n')(?:marche|fonctionne|va) (?:pas|plus)(?: bien| correctement)?",
    (
        r"(?:l'utilisateur|l'utilisatrice|le client|la cliente) (?:a|rencontre) (?:un|"
        r"des) (?:problèmes?|soucis?)"
    ),
    r"comme (?:convenu|discuté|vu ensemble|d'habitude)",
    r"voir (?:ci-dessus|ticket|le ticket|pièce jointe)",
    r"^\W*(?:très )?urgent\W*$|quelque chose ne va pas|tout essayé",
)
_SPANISH = (
    (
        r"(?:por favor|favor de|se ruega) (?:revisar|verificar|investigar|atender|"
        r"ayudar|resolver|comprobar)(?:lo)?"
    ),
    r"no (?:funciona|va|sirve|anda)(?: bien| correctamente)?",
    (
        r"(?:el usuario|la usuaria|el cliente|la clienta) (?:tiene|presenta|"
        r"reporta) (?:un |algunos )?(?:problemas?|inconvenientes?)"
    ),
    r"(?:como|según) (?:hablamos|lo hablado|acordamos|lo acordado|siempre)",
    r"ver (?:arriba|ticket|adjunto)",
    r"^\W*(?:muy )?urgente\W*$|algo (?:está|va) mal|probé todo|se intentó todo",
)
_JAPANESE = (
    r"(?:調査|確認|対応|ご確認|ご対応|ご調査)(?:を|の(?:ほど|程))?(?:よろしく)?(?:お願い(?:します|いたします|致します)|してください)",
    r"(?:動き|動作し|使え|繋がり|つながり)(?:ません|ない)",
    r"(?:ユーザー?|利用者|お客様)が?(?:困って(?:います|いる)|問題が(?:あります|発生しています))",
    r"(?:先ほど|先程|例|いつも)の(?:件|通り)|(?:上記|前述)の?(?:通り|とおり|参照)",
    r"^\W*(?:至急|緊急)(?:です|お願いします)?\W*$|おかしいです",
)
PHRASES: tuple[re.Pattern[str], ...] = tuple(
    # Every pattern that is not anchored starts and ends at a word's border; Japanese has none.
    re.compile(pattern if pattern.startswith("^") else rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
    for pattern in (*_ENGLISH, *_GERMAN, *_FRENCH, *_SPANISH)
) + tuple(re.compile(pattern) for pattern in _JAPANESE)

# A figure, a quotation, a name of a system, a time or a reason is something to work with.
SUBSTANCE = re.compile(
    r"(?<![lL])\d|[\"“”«»「『`]|\w\.\w{2,}|[A-Z]{2,}[-_]\w|\b(?:since|after|when|while|only|"
    r"because|due to|except|until|before (?!$)|between|"
    r"whether|why|if|seit|nach|wenn|weil|ob|warum|nur|depuis|après|quand|lorsque|"
    r"parce|si(?! possible)|seulement|desde|"
    r"después|cuando|porque|solo|al (?:abrir|iniciar|entrar))\b|以降|したところ|のみ|ため|すると",
    re.IGNORECASE,
)

WORDS_OF_GRAMMAR = frozenset(
    """
    a an the this that these those it its is are was were be been and or but so to of for from in on at
    with by as please pls kindly user users customer client caller she he they her his their we us our i
    my me you your again also just now very really still has have had do does did not no says said
    reports asap urgent thanks thank hi hello team system everything issue problem help today nothing
    there here unhappy sometimes der die das ein eine ist und oder mit von bitte wir uns ihr sie er es
    noch nicht mehr danke hallo auf zu im am le la les un une des est et ou avec de du bonjour merci
    nous vous il elle ça cela ne pas plus en au el los las una y o con por favor es de del al gracias
    hola nos usted que ya lo se en
    """.split()  # noqa: SIM905  a table is read in columns
)

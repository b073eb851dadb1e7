"""How else do people say where a problem stands, in the ways that have no word of the trade in them?

"On ice", "a nod from the manager", "that's why": ways of speaking, sorted by language and meaning, beside the
cues of each language's own module. They are weaker on purpose: where a plain cue stands, it leads.
"""

from escalation.translation.cues import (
    english_idioms,
    english_shoptalk,
    french_idioms,
    german_idioms,
    spanish_idioms,
)
from escalation.translation.cues.kinds import Cue, Meaning, cues

_JAPANESE: tuple[Cue, ...] = (
    *cues(Meaning.RECEIVED, 0.75, r"受け付け|受領|拝受|お預かり"),
    *cues(Meaning.CAUSE_FOUND, 0.8, r"原因は[^。]{1,40}(?:でした|です|と判明)"),
    *cues(Meaning.RESOLVED, 0.85, r"動作[^。]{0,8}(?:ご確認いただき|ご確認いただけ|確認でき)"),
    *cues(Meaning.FIXED_WATCHING, 0.7, r"様子を見|経過観察|再度お試し"),
    *cues(Meaning.BOUNCED, 0.85, r"の管轄|管轄外|転送(?:し|いた)", firm=True),
    *cues(Meaning.CAUSE_FOUND, 0.8, r"(?:原因が|原因を)(?:判明|特定|突き止)"),
    *cues(
        Meaning.FIX_IN_PROGRESS,
        0.8,
        r"(?:適用|リリース|反映|交換|切り替え)(?:します|いたします|を?予定|する予定|の予定)",
    ),
    *cues(
        Meaning.NEEDS_ANSWER, 0.8, r"(?:教えて|お知らせ|ご教示|ご提供)(?:ください|いただけ|下さい)", firm=True
    ),
    *cues(
        Meaning.WAITING_FOR_VENDOR,
        0.85,
        r"(?:メーカー|ベンダー|業者)[^。]{0,12}(?:問い合わせ|確認中|回答待ち)",
        firm=True,
    ),
    *cues(Meaning.PAUSED, 0.8, r"保留|延期", firm=True),
)

IDIOMS: dict[str, tuple[Cue, ...]] = {
    "en": (*english_idioms.IDIOMS, *english_shoptalk.SHOPTALK),
    "de": german_idioms.IDIOMS,
    "fr": french_idioms.IDIOMS,
    "es": spanish_idioms.IDIOMS,
    "ja": _JAPANESE,
}

"""What is said to a Japanese-speaking user?"""

from escalation.translation.cues.kinds import Cause, Meaning, Team
from escalation.translation.wording import Clockwork, Line, Phrases, Together

_TELL = "新しい情報が入り次第、お知らせします。"
_TRY = "もう一度お試しいただき、まだ問題がある場合はお知らせください。"

JAPANESE = Phrases(
    lines={
        Meaning.RECEIVED: Line(says="技術チームがお問い合わせを受け取りました。", next=_TELL),
        Meaning.BEING_WORKED: Line(
            says="技術チームが問題に対応しています。", next=_TELL, also="技術チームが引き続き対応しています。"
        ),
        Meaning.CAUSE_FOUND: Line(
            says="{cause}が見つかりました。",
            next="次の予定が分かり次第、お知らせします。",
            also="{cause}が見つかりました。",
        ),
        Meaning.WAITING_FOR_APPROVAL: Line(
            says="次の作業には、先に承認が必要です。",
            next="回答があり次第、お知らせします。",
            also="次の作業には、先に承認が必要です。",
        ),
        Meaning.WAITING_FOR_VENDOR: Line(
            says="社外の会社からの回答を待っています。",
            next="回答があり次第、お知らせします。",
            also="社外の会社からの回答も待っています。",
        ),
        Meaning.WAITING_FOR_USER: Line(
            says="技術チームがお客様からのお返事を待っています。",
            next="ご都合のよいときにお返事ください。ご不明な点はお尋ねください。",
            also="お客様からのお返事もお待ちしています。",
        ),
        Meaning.FIX_IN_PROGRESS: Line(
            says="修正の準備が進んでいます。",
            next="修正が終わりましたらお知らせします。",
            also="修正の準備が進んでいます。",
        ),
        Meaning.FIXED_WATCHING: Line(says="問題を直すための変更を行いました。", next=_TRY),
        Meaning.RESOLVED: Line(says="技術チームから、問題が解決したと連絡がありました。", next=_TRY),
        Meaning.NOT_FIXED: Line(
            says="技術チームは、修正を行わずにこの件を終了しました。",
            next="理由をご説明し、ほかの方法をご相談します。",
        ),
        Meaning.NEEDS_ANSWER: Line(
            says="技術チームが、もう少し詳しい情報を必要としています。",
            next="手元の情報を確認し、足りないものをお尋ねします。",
            also="もう少し詳しい情報も必要です。",
        ),
        Meaning.BOUNCED: Line(
            says="必要な情報をそろえて、適切な担当に届くようにしています。",
            next="担当が決まりましたらお知らせします。",
        ),
        Meaning.PAUSED: Line(says="作業は現在、一時止まっています。", next="再開しましたらお知らせします。"),
        Meaning.UNCLEAR: Line(
            says="技術チームから連絡がありました。", next="内容を確認のうえ、あらためてお知らせします。"
        ),
    },
    together={
        (Meaning.CAUSE_FOUND, Meaning.WAITING_FOR_APPROVAL): Together(
            says="{cause}が見つかりました。次の作業には、先に承認が必要です。",
            with_team="{cause}が見つかり、{team}と修正の準備をしています。先に承認が必要です。",
        ),
        (Meaning.CAUSE_FOUND, Meaning.FIX_IN_PROGRESS): Together(
            says="{cause}が見つかり、修正を進めています。",
            with_team="{cause}が見つかり、{team}と修正を進めています。",
        ),
        (Meaning.CAUSE_FOUND, Meaning.WAITING_FOR_VENDOR): Together(
            says="{cause}が見つかり、社外の会社からの回答を待っています。"
        ),
    },
    causes={
        None: "問題の原因",
        Cause.CONFIGURATION: "問題の原因となっている設定",
        Cause.CERTIFICATE: "問題の原因となっている証明書",
        Cause.ACCESS: "問題の原因となっている権限の設定",
        Cause.SOFTWARE: "問題の原因となっているソフトウェアの不具合",
        Cause.NETWORK: "問題の原因となっているネットワークの不具合",
        Cause.HARDWARE: "問題の原因となっている機器の不具合",
    },
    teams={
        None: "担当チーム",
        Team.INFRASTRUCTURE: "インフラチーム",
        Team.NETWORK: "ネットワークチーム",
        Team.SECURITY: "セキュリティチーム",
        Team.DATABASE: "データベースチーム",
    },
    expect_fix="{when}の予定です。",
    expect_news="{when}に詳しいことが分かる見込みです。",
    times=Clockwork(
        within="{amount}以内",
        clock="{day}{time}まで",
        day="{day}",
        today="本日",
        later_today="本日中",
        tomorrow="明日",
        date="{month}{number}日({weekday})",
        weekdays=("月", "火", "水", "木", "金", "土", "日"),
        months=("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"),
        units={
            "minute": ("分", "分"),
            "hour": ("時間", "時間"),
            "day": ("日", "日"),
            "week": ("週間", "週間"),
        },
    ),
    space="",
)

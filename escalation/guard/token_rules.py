"""How do the keys and tokens of known issuers look?

Shapes are the issuers' own published prefixes (their token format and secret scanning pages, read
2026-11). Order matters: where two rules find overlapping spans, the earlier one names the kind.
"""

from escalation.guard.rules import Rule, rule

_URL_END = r"[^\s\"'<>‹›]"

TOKEN_RULES: tuple[Rule, ...] = (
    rule(
        "private key",
        "-----begin",
        r"-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
        r"(?:(?:[^-‹]|-(?!----)){1,20000}+(?:-----END [A-Z0-9 ]{2,40}+-----)?)?",
    ),
    rule("private key", "putty-user-key-file", r"PuTTY-User-Key-File-\d:[^‹]{1,6000}+"),
    rule("age key", "age-secret-key-1", r"AGE-SECRET-KEY-1[0-9A-Z]{58}\b"),
    rule("AWS access key", "akia asia abia acca", r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b"),
    rule(
        "AWS secret key",
        "secret",
        r"(?i:aws_?|"
        r"secret_?)(?i:secret_?)?(?i:access_?)?(?i:key)[\"']?\s{0,3}[:=]\s{0,3}[\"']?"
        r"(?P<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])",
    ),
    rule("Google API key", "aiza", r"AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])"),
    rule("Google OAuth secret", "gocspx-", r"GOCSPX-[0-9A-Za-z_-]{28}"),
    rule("Google access token", "ya29.", r"\bya29\.[0-9A-Za-z_-]{20,400}+"),
    rule("Azure storage key", "accountkey=", r"(?i:AccountKey=)(?P<secret>[A-Za-z0-9+/]{40,88}={0,2})"),
    rule(
        "Azure access key", "sharedaccesskey=", r"(?i:SharedAccessKey=)(?P<secret>[A-Za-z0-9+/]{40,88}={0,2})"
    ),
    rule("Azure client secret", "q~", r"(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~-])"),
    rule("signed address", "sig=", r"[?&]sig=(?P<secret>[A-Za-z0-9%+/_-]{20,200}+=?)"),
    rule("signed address", "x-amz-signature=", r"(?i:X-Amz-Signature=)(?P<secret>[0-9a-fA-F]{64})"),
    rule("GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", r"gh[pousr]_[A-Za-z0-9]{36,255}+"),
    rule("GitHub token", "github_pat_", r"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    rule(
        "GitLab token",
        "glpat- gldt- glrt- glptt- glft- glsoat- glcbt- glimt- glagent-",
        r"\bgl(?:pat|dt|rt|ptt|ft|soat|cbt|imt|agent)-[0-9A-Za-z_.-]{20,100}+",
    ),
    rule("Slack token", "xox", r"xox[abeoprs]-[0-9A-Za-z-]{10,250}+"),
    rule("Slack token", "xapp-", r"xapp-\d-[0-9A-Za-z-]{10,250}+"),
    rule(
        "Slack webhook",
        "hooks.slack.com",
        r"hooks\.slack\.com/(?:services|workflows|"
        r"triggers)/(?P<secret>[A-Za-z0-9/_-]{20,120}+)",
    ),
    rule(
        "Teams webhook", "webhook.office.com", r"webhook\.office\.com/webhookb2/(?P<secret>[\w@/-]{30,250}+)"
    ),
    rule(
        "Discord webhook",
        "/api/webhooks/",
        r"discord(?:app)?\.com/api/webhooks/(?P<secret>\d{17,20}/[\w-]{60,80}+)",
    ),
    rule("Stripe key", "_live_ _test_", r"[srp]k_(?:live|test)_[0-9A-Za-z]{16,247}+"),
    rule("Stripe webhook secret", "whsec_", r"whsec_[0-9A-Za-z+/=]{24,100}+"),
    rule("SendGrid key", "sg.", r"\bSG\.[\w-]{16,32}\.[\w-]{16,64}+"),
    rule("Mailgun key", "key-", r"\bkey-[0-9a-f]{32}\b"),
    rule("Mailchimp key", "-us", r"\b[0-9a-f]{32}-us\d{1,2}\b"),
    rule("Twilio key", "sk", r"\bSK[0-9a-f]{32}\b"),
    rule("Square token", "sq0", r"sq0(?:atp|csp)-[\w-]{22,60}+"),
    rule("Shopify token", "shp", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b"),
    rule("npm token", "npm_", r"npm_[A-Za-z0-9]{36}\b"),
    rule("PyPI token", "pypi-ageicHlwas5vcmc".lower(), r"pypi-AgEIcHlwaS5vcmc[\w-]{50,400}+"),
    rule("RubyGems key", "rubygems_", r"rubygems_[0-9a-f]{48}\b"),
    rule("Docker token", "dckr_", r"dckr_(?:pat|oat)_[\w-]{20,60}+"),
    rule("DigitalOcean token", "_v1_", r"do[opr]_v1_[0-9a-f]{64}\b"),
    rule("Heroku key", "hrku-", r"\bHRKU-[\w-]{36,64}+"),
    rule("OpenAI key", "sk-", r"\bsk-(?:proj-|svcacct-|ant-|or-)?[\w-]{32,220}+"),
    rule("Hugging Face token", "hf_", r"\bhf_[A-Za-z]{34}\b"),
    rule("Databricks token", "dapi", r"\bdapi[0-9a-f]{32}\b"),
    rule("Vault token", "hvs. hvb.", r"\bhv[sb]\.[\w-]{24,200}+"),
    rule("Terraform token", ".atlasv1.", r"\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,80}+"),
    rule("Atlassian token", "atatt3", r"ATATT3[\w=-]{50,300}+"),
    rule(
        "Grafana token", "glsa_ glc_", r"\b(?:glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}|glc_[A-Za-z0-9+/=]{32,400}+)"
    ),
    rule("New Relic key", "nrak- nrjs-", r"\b(?:NRAK-[A-Z0-9]{27}|NRJS-[0-9a-f]{19})\b"),
    rule("Telegram token", ":aa", r"(?<!\d)\d{8,10}:AA[\w-]{32,34}(?![\w-])"),
    rule("Linear key", "lin_api_", r"lin_api_[A-Za-z0-9]{32,48}+"),
    rule("Postman key", "pmak-", r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}\b"),
    rule("Okta token", "ssws", r"\bSSWS\s{1,3}(?P<secret>00[\w-]{38,42})"),
    rule("signed token (JWT)", "eyj", r"eyJ[\w-]{8,4000}+\.[\w-]{8,8000}+\.[\w-]{8,2000}+"),
    rule(
        "SAML response",
        "samlresponse= samlassertion=",
        r"(?i:SAML(?:Response|Assertion)=)(?P<secret>[A-Za-z0-9%+/=]{40,20000}+)",
    ),
    rule(
        "password hash",
        "$2 $5$ $6$ $argon2",
        r"\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|"
        r"\$[56]\$[^\s$‹]{1,40}+\$[./A-Za-z0-9]{43,86}|\$argon2(?:id|i|"
        r"d)\$[^\s‹›]{20,200}+",
    ),
    rule("password hash", "aad3b435b51404ee", r"aad3b435b51404ee[0-9a-f]{16}:[0-9a-f]{32}\b"),
    rule(
        "password in an address",
        "://",
        r"\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^\s:/@‹›\"'<>]{0,100}+:(?P<secret>[^\s/@‹›\"'<>]{1,200}+)@",
    ),
    rule(
        "token in an address",
        "token= key= secret= signature= code= password= pwd=",
        r"(?i:[?&](?:access_token|auth_token|id_token|refresh_token|token|api_?key|"
        r"client_secret|secret|"
        r"signature|password|passwd|"
        rf"pwd)=)(?P<secret>(?![&#]){_URL_END[:-1]}&#]{{6,2000}}+)",
    ),
)

"""Texts with one secret each, put together at run time so that no scanner trips over this repository.

Every value is made up; none ever opened anything.
"""

from string import ascii_letters, digits, hexdigits

HEX = hexdigits.lower()[:16]
WORD = ascii_letters + digits


def made_up(length: int, alphabet: str = WORD) -> str:
    """The same value at every run, with letters and digits well mixed."""
    return "".join(alphabet[(place * 7 + place * place * 3 + 5) % len(alphabet)] for place in range(length))


UPPER = made_up(400, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
JWT = ".".join(["ey" + "J" + made_up(20), "ey" + "J" + made_up(40), made_up(43)])

# kind, text before the secret, the secret, text after it
SAMPLES: list[tuple[str, str, str, str]] = [
    (
        "private key",
        "key file:\n",
        "-----BEGIN RSA "
        "PRIVATE KEY-----\n" + made_up(64) + "\n" + made_up(20) + "\n-----END RSA PRIVATE KEY-----",
        "\nthat is all",
    ),
    ("age key", "", "AGE-SECRET-" + "KEY-1" + UPPER[:58], " here"),
    ("AWS access key", "profile uses ", "AKI" + "A" + UPPER[:16], " since May"),
    ("AWS secret key", "aws_secret_access_key = ", made_up(40), "\n"),
    ("Google API key", "maps key ", "AIz" + "a" + made_up(35), " in the page"),
    ("Google OAuth secret", "client ", "GOC" + "SPX-" + made_up(28), ""),
    ("Google access token", "got ", "ya2" + "9." + made_up(60), " back"),
    (
        "Azure storage key",
        "DefaultEndpointsProtocol=https;AccountName=fin;AccountKey=",
        made_up(86) + "==",
        ";x",
    ),
    ("Azure access key", "Endpoint=sb://q.example.net/;SharedAccessKey=", made_up(43) + "=", ""),
    ("Azure client secret", "app secret ", "ab1" + "8Q" + "~" + made_up(34), " expired"),
    (
        "signed address",
        "https://x.blob.example.net/a.zip?sv=2024-01-01&sig=",
        made_up(43) + "%3D",
        " link",
    ),
    ("signed address", "https://s3.example.com/a?X-Amz-Signature=", made_up(64, HEX), "&x=1"),
    ("GitHub token", "git used ", "gh" + "p_" + made_up(36), " for the clone"),
    ("GitHub token", "", "github" + "_pat_" + made_up(22) + "_" + made_up(59), ""),
    ("GitLab token", "runner ", "gl" + "pat-" + made_up(20), ""),
    ("Slack token", "bot token ", "xo" + "xb-" + "123456789012-" + made_up(24), " in the log"),
    ("Slack webhook", "posts to https://hooks.slack" + ".com/services/", "T0001/B0001/" + made_up(24), ""),
    ("Teams webhook", "https://x.webhook.office" + ".com/webhookb2/", made_up(36), " fails"),
    ("Discord webhook", "https://discord" + ".com/api/webhooks/", "123456789012345678/" + made_up(68), ""),
    ("Stripe key", "STRIPE=", "sk" + "_live_" + made_up(24), ""),
    ("Stripe webhook secret", "", "whs" + "ec_" + made_up(32), ""),
    ("SendGrid key", "mail key ", "S" + "G." + made_up(22) + "." + made_up(43), ""),
    ("Mailgun key", "", "ke" + "y-" + made_up(32, HEX), ""),
    ("Mailchimp key", "list ", made_up(32, HEX) + "-u" + "s14", ""),
    ("Twilio key", "sid ", "S" + "K" + made_up(32, HEX), ""),
    ("Square token", "", "sq" + "0atp-" + made_up(22), ""),
    ("Shopify token", "", "shp" + "at_" + made_up(32, HEX), ""),
    ("npm token", ".npmrc has ", "np" + "m_" + made_up(36), ""),
    ("PyPI token", "", "pyp" + "i-AgEIcHlwaS5vcmc" + made_up(60), ""),
    ("RubyGems key", "", "rubyg" + "ems_" + made_up(48, HEX), ""),
    ("Docker token", "docker login -p ", "dckr" + "_pat_" + made_up(27), ""),
    ("DigitalOcean token", "", "do" + "p_v1_" + made_up(64, HEX), ""),
    ("Heroku key", "", "HR" + "KU-" + made_up(36), ""),
    ("OpenAI key", "", "s" + "k-proj-" + made_up(48), ""),
    ("Hugging Face token", "", "h" + "f_" + made_up(34, ascii_letters), ""),
    ("Databricks token", "", "da" + "pi" + made_up(32, HEX), ""),
    ("Vault token", "VAULT ", "hv" + "s." + made_up(24), ""),
    ("Terraform token", "", made_up(14) + ".atl" + "asv1." + made_up(64), ""),
    ("Atlassian token", "", "ATA" + "TT3" + made_up(80), ""),
    ("Grafana token", "", "gl" + "sa_" + made_up(32) + "_" + made_up(8, HEX), ""),
    ("New Relic key", "", "NR" + "AK-" + UPPER[:27], ""),
    ("Telegram token", "bot ", "123456789:A" + "A" + made_up(33), ""),
    ("Linear key", "", "lin" + "_api_" + made_up(40), ""),
    ("Postman key", "", "PM" + "AK-" + made_up(24, HEX) + "-" + made_up(34, HEX), ""),
    ("Okta token", "Authorization: SSWS ", "0" + "0" + made_up(40), ""),
    ("signed token (JWT)", "the page sends ", JWT, " to the API"),
    ("SAML response", "POST SAMLResponse=", made_up(120), "&RelayState=x"),
    ("password hash", "root:", "$" + "6$" + made_up(12) + "$" + made_up(86), ":19000"),
    ("password hash", "", "aad3b435b5" + "1404ee" + made_up(16, HEX) + ":" + made_up(32, HEX), ""),
    ("password in an address", "postgres://app:", "s3cr" + "etPw", "@db-07.example.com/ledger"),
    ("token in an address", "https://x.example.com/cb?access_token=", made_up(20), "&state=1"),
    ("bearer token", "curl -H 'Authorization: Bearer ", made_up(32), "' https://x"),
    ("basic sign-in", "Authorization: Basic ", made_up(24) + "==", "\n"),
    ("basic sign-in", "curl -u svc_backup:", "hunt" + "er2!x", " https://x"),
    ("cookie", "Cookie: ", "auth=" + made_up(30) + "; theme=dark", "\nHost: x"),
    ("session id", "opened /app;jsessionid=", made_up(32), " twice"),
    ("password", "Password: ", "Summ" + "er2024!", " (please change)"),
    ("password", "pw for the kiosk\npassword: ", "hunt" + "er", "\nthanks"),
    ("password", "Passwort: ", "Geh" + "eim#99", ", bitte testen"),
    ("password", "Kennwort lautet ", "Winter" + "_77", " und geht nicht"),
    ("password", "mot de passe : ", "Sol" + "eil!42", ""),
    ("password", "contraseña: ", "Verano" + "$2024", ""),
    ("password", "パスワード：", "Sakura" + "#2024", ""),
    ("password", "my password is ", "Tr0ub" + "4dor&3", " and it fails"),
    ("password", "Server=db;Database=x;User Id=sa;Password=", "P@ss" + "w0rd99", ";Encrypt=true"),
    ("secret value", "client_secret: ", made_up(32), ""),
    ("secret value", '{"api_key": "', made_up(24), '"}'),
    ("one-time code", "my verification code is ", "482" + "913", ""),
    ("PIN", "PIN: ", "48" + "13", " for the badge"),
    ("recovery key", "BitLocker asks for ", "-".join(["123456"] * 8), ""),
    ("bank account (IBAN)", "pay to ", "DE89 3704 0044 " + "0532 0130 00", ", thanks"),
    ("bank account (IBAN)", "", "GB82WEST1234" + "5698765432", ""),
    ("card number", "charged ", "4111 1111 " + "1111 1111", " twice"),
    ("card number", "amex ", "3782 822463 " + "10005", ""),
    ("US social security number", "SSN ", "219-09" + "-9999", ""),
    ("UK national insurance number", "NI number: ", "AB 12 34" + " 56 C", ""),
    ("French social security number", "no. ", "1 85 05 78 006" + " 084 91", ""),
    ("Spanish identity number", "DNI: ", "12345678" + "Z", ""),
    ("German tax number", "Steuer-ID: ", "86 095" + " 742 719", ""),
    ("Japanese individual number", "マイナンバーは", "1234 5678" + " 9018", ""),
    ("date of birth", "Date of birth: ", "1984-" + "03-12", ""),
    ("passport number", "Passport number: ", "C01X0" + "0T47", ""),
]

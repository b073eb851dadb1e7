"""Which secrets have no shape of their own, only a label or a check digit?

Passwords, cookies, card and bank numbers, numbers of persons. A label alone proves nothing ("password:
expired"), so these ask more of the value.
"""

import re

from escalation.guard.checksums import french_nir, iban, japanese_my_number, luhn, spanish_dni
from escalation.guard.rules import Rule, rule

# What stands behind "password:" when people speak of one instead of telling it.
_NOT_A_PASSWORD = frozenset(
    """
    none null nil true false yes no unknown empty blank missing expired invalid incorrect wrong reset changed
    required optional hidden redacted removed masked secret same sent given shared correct valid working works
    failed fails rejected accepted updated temporary prompt field policy manager page link screen dialog
    verified confirmed checked locked unlocked disabled enabled entered saved forgotten test tested undefined
    abgelaufen zurückgesetzt falsch unbekannt geändert korrekt gesperrt leer vergessen siehe keine
    expiré réinitialisé incorrect inconnu oublié changé aucun vide correct
    caducada caducado restablecida incorrecta incorrecto desconocida olvidada cambiada ninguna vacía correcta
    string str text password passwort kennwort contraseña clave username user the this that they there when
    was were has have had not and but for with from will would should can could did does its his her our your
    """.split()  # noqa: SIM905  a table is read in columns
)
_LABEL = (
    r"(?:pass[ -]?(?:word|wd|code|phrase)s?|passw|pwd|psw|passwort|kennwort|"
    r"zugangscode|mot de passe|mdp|"
    r"contraseña|contrasena|clave(?: de acceso)?|senha|wachtwoord|パスワード|暗証番号|合言葉)"
)
_VALUE = r"[\"'`“„«]?(?P<secret>[^\s\"'`“”„«»<>‹›,;]{4,128}+)"


def _tells_password(match: re.Match[str]) -> bool:
    value = match["secret"].rstrip(".)!?:")
    plain = value.casefold().strip("*_-…()[]{}$%#")
    if len(value) < 4 or plain in _NOT_A_PASSWORD or len(set(plain)) < 3:
        return False
    if value.startswith(("$", "{", "%", "<", "[", "(", "http", "/", "=", "*")) or "***" in value:
        return False  # a variable, a placeholder, a path: not the password itself
    if re.match(r"[A-Za-z_][\w.]*[\[(]", value):
        return False  # code that handles a password: args[i], getPassword()
    mixed = any(sign.isdigit() for sign in value) or bool(re.search(r"[^\w.\-/]", value))
    if mixed:
        return True
    # A plain word counts only where nothing else follows on its line: "password: hunter" and not a sentence.
    rest = match.string[match.end() : match.end() + 200].split("\n", 1)[0].strip(" \"'`.")
    return not rest and value.isascii() and not match["link"].strip().isalpha()


def _strong(match: re.Match[str]) -> bool:
    value = match["secret"]
    return bool(re.search(r"\d", value)) and bool(re.search(r"[A-Za-z]", value)) and len(set(value)) > 6


def _session(match: re.Match[str]) -> bool:
    # ZooKeeper and its kin log connection numbers as "sessionid = 0x..."; they open nothing.
    return _strong(match) and not match["secret"].startswith("0x")


def _card(match: re.Match[str]) -> bool:
    number = re.sub(r"\D", "", match[0])
    if not luhn(number) or len(set(number)) < 2:
        return False
    named = re.search(
        r"(?i)(?:case|ticket|\bsr|order|\bid|ref\w*|number|incident|trace|#|no\.|"
        r"bestell\w*)\W{0,4}$",
        match.string[max(0, match.start() - 20) : match.start()],
    )
    grouped = not match[0].isdigit()
    return grouped or not named or bool(re.search(r"(?i)card", named.string))


def _iban(match: re.Match[str]) -> bool:
    return iban(match[0])


def _nir(match: re.Match[str]) -> bool:
    return french_nir(match["secret"])


def _dni(match: re.Match[str]) -> bool:
    return spanish_dni(match["secret"])


def _my_number(match: re.Match[str]) -> bool:
    return japanese_my_number(match["secret"])


_LABEL_CLUES = (
    "pass pwd psw kennwort zugangscode mdp contras clave senha wachtwoord パスワード 暗証番号 合言葉"
)

VALUE_RULES: tuple[Rule, ...] = (
    rule(
        "bearer token",
        "bearer",
        r"(?i:\bbearer)[ \t:=]{1,4}(?P<secret>[\w.~+/-]{16,4000}+=*)",
        proves=_strong,
    ),
    rule(
        "basic sign-in",
        "basic",
        r"(?i:\b(?:authorization|"
        r"auth)\b[\"']?\s{0,3}[:=]\s{0,3}[\"']?basic)\s{1,3}(?P<secret>[A-Za-z0-9+/]{8,500}+={0,2})",
    ),
    rule(
        "basic sign-in",
        "-u --user",
        r"(?:\s-u|\s--user)[ =][\"']?(?!https?:)[\w.@\\-]{1,80}+:(?P<secret>[^\s\"'‹›]{4,128}+)",
    ),
    rule(
        "cookie",
        "cookie:",
        r"(?i:\b(?:set-)?cookie:)[ \t]{0,3}(?P<secret>[\w!#$%&'*+.^`|"
        r"~-]{1,80}+=[^\r\n‹›]{8,4000}+)",
    ),
    rule(
        "session id",
        "sess sid= jsessionid",
        r"(?i:\b(?:JSESSIONID|PHPSESSID|ASP\.NET_SessionId|connect\.sid|sessionid|"
        r"session_id|session_token|sess_id|"
        r"sid)[\"']?\s?[=:]\s?[\"']?)(?P<secret>[\w%.:~+/-]{12,500}+)",
        proves=_session,
    ),
    rule(
        "password",
        _LABEL_CLUES,
        rf"(?i:(?<![A-Za-z]){_LABEL}(?![A-Za-z])[\"']?[ \t　]{{0,3}}(?P<link>[:=：]|is|ist|"
        rf"est|es|lautet|=>)[ \t　]{{0,3}}){_VALUE}",
        proves=_tells_password,
    ),
    rule(
        "password",
        "password= pwd= passwd=",
        r"(?i:[\w.-]{0,40}(?:password|passwd|"
        r"pwd)(?P<link>=))(?P<secret>[^\s;&\"'‹›<>]{4,128}+)",
        proves=_tells_password,
    ),
    rule(
        "secret value",
        "key token secret credential",
        r"(?i:\b[\w-]{0,30}(?:api[_-]?key|apikey|secret|token|access[_-]?key|"
        r"credential)s?[\"']?\s{0,3}(?:[:=]|=>)\s{0,3})"
        r"[\"'`]?(?P<secret>[\w.+/~=-]{16,512}+)",
        proves=_strong,
    ),
    rule(
        "one-time code",
        "code otp mfa 2fa コード",
        r"(?i:\b(?:one[- ]time (?:code|password|pin)|verification code|security code|"
        r"otp|mfa code|2fa code|"
        r"bestätigungscode|code de vérification|código de verificación)|認証コード)(?: is|"
        r" ist| est| es)?"
        r"[ \t]{0,3}[:：=]?[ \t]{0,3}(?P<secret>\d{3}[ -]?\d{3,5})(?!\d)",
    ),
    rule(
        "PIN",
        "pin",
        r"(?i:\bpin(?:[ -]?(?:code|nummer))?)\s{0,2}(?:[:=]|is|"
        r"ist)\s{0,2}(?P<secret>\d{4,8})(?![\d.])",
    ),
    rule("recovery key", "-", r"(?<![\d-])\d{6}(?:-\d{6}){7}(?![\d-])"),
    rule(
        "bank account (IBAN)",
        "",
        r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}[A-Z0-9]{11,27}+(?![A-Za-z0-9])",
        proves=_iban,
    ),
    rule(
        "bank account (IBAN)",
        "",
        r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -][A-Z0-9]{4}){2,6}+(?:[ -][A-Z0-9]{1,3})?(?![A-Za-z0-9])",
        proves=_iban,
    ),
    rule(
        "card number",
        "",
        r"(?<![\d.\-/])(?:4\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|(?:5[1-5]\d\d|"
        r"2[2-7]\d\d|6011|64[4-9]\d|65\d\d|"
        r"35[2-8]\d|62\d\d)([ -]?)\d{4}\2\d{4}\2\d{4}|3[47]\d\d([ -]?)\d{6}\3\d{5}|"
        r"3(?:0[0-5]|[68]\d)\d([ -]?)\d{6}\4\d{4})"
        r"(?![\d\-/]|\.\d)",
        proves=_card,
    ),
    rule(
        "US social security number", "-", r"(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])"
    ),
    rule(
        "UK national insurance number",
        "insurance ni",
        r"(?i:\b(?:national insurance|nino|ni)(?: number| no\.?)?)[ \t:=#.]{0,4}"
        r"(?P<secret>[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D])\b",
    ),
    rule(
        "French social security number",
        "",
        r"(?<!\d)(?P<secret>[12] ?\d\d ?(?:0[1-9]|1[0-2]|"
        r"[2-9]\d) ?\d\d ?\d{3} ?\d{3} ?\d\d)(?!\d)",
        proves=_nir,
    ),
    rule(
        "Spanish identity number",
        "dni nif",
        r"(?i:\b(?:dni|nif)\b[ \t:=#.]{0,4})(?P<secret>\d{8}-?[A-Za-z])\b",
        proves=_dni,
    ),
    rule(
        "German tax number",
        "steuer",
        r"(?i:\bsteuer(?:liche |[- ]?)?(?:id|identifikationsnummer|idnr|"
        r"nummer)\w{0,10}[ \t:=#.]{0,4})"
        r"(?P<secret>\d{2}[ ]?\d{3}[ ]?\d{3}[ ]?\d{3})(?!\d)",
    ),
    rule(
        "Japanese individual number",
        "マイナンバー 個人番号",
        r"(?:マイナンバー|個人番号)[ 　:：]{0,3}は?[ 　:：]{0,2}(?P<secret>\d{4}[ -]?\d{4}[ -]?\d{4})(?!\d)",
        proves=_my_number,
    ),
    rule(
        "date of birth",
        "birth dob geb naissance nacimiento 生年月日",
        r"(?i:\b(?:date of birth|birth ?date|dob|geburtsdatum|geb\.|date de naissance|"
        r"fecha de nacimiento)|生年月日)"
        r"[ \t:=#.]{0,4}(?P<secret>\d{1,4}[./年-]\d{1,2}[./月-]\d{1,4})(?!\d)",
    ),
    rule(
        "passport number",
        "passport reisepass passeport pasaporte",
        r"(?i:\b(?:passport|reisepass|passeport|pasaporte)(?:[- ]?(?:number|no\.?|nr\.?|"
        r"nummer|n°))?)\s?[:#]\s?"
        r"(?P<secret>(?=[A-Z]{0,3}\d)[A-Z0-9]{6,9})\b",
    ),
)

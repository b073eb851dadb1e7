"""Which words speak of a thing that goes by another name?

The start without history: an entry called "Docs" should be found by "typo in the tutorial". A line at the
margin holds words that stand in names of groups, services and components; the indented lines below it
what people write about them. General trade knowledge, written by hand: nothing of a customer or a data
set belongs here. A word may stand in several places. Two words joined by ``_`` must stand side by side.
"""

from functools import cache

from escalation.linking.words import words

TABLE = """
# how software is made and shipped
documentation docs doc manual guide wiki help knowledge tutorial
    javadoc readme typo tutorial howto example examples page faq describe description explain wording
    docstring spelling broken_link reference documented undocumented chapter
website site web homepage portal
    page link css html url homepage mirror download broken_link browser navigation footer logo
build packaging maven gradle ant make release
    compile compilation pom artifact jar dependency dependencies tarball classpath makefile plugin javac
    snapshot cmake version_bump upgrade bundle gradle maven ant configure linker checksum
release releases distribution publishing deployment deploy delivery
    tag changelog candidate publish zip tarball rollout deployed download artifact rpm deb package branch
ci tooling infrastructure devops pipeline automation tools tool
    jenkins travis pipeline github gitlab workflow script lint coverage eslint yarn npm gulp cli command
    generate compiler hook pre_commit
test tests testing qa quality verification validation
    junit flaky assert assertion mock fails_on unit coverage testcase timeout intermittent spec suite
    fixture regression failing hudson mocha integration_test
installer installation install setup update upgrade updater migration
    install uninstall upgrade wizard msi setup prerequisite reinstall update migrate installed
    missing_dependency package apt brew
samples sample examples example demo demos templates template tutorials
    sample demo example template scaffold tutorial starter boilerplate
util utils utilities utility common shared helper helpers library lib
    helper method class constant refactor string parse convert utility command_line merge split
core general engine kernel framework base main platform other misc backend runtime
    internal generic exception crash error null fails
i18n l10n internationalization localization language languages translation
    locale translate encoding unicode utf strings german french japanese chinese rtl timezone
    charset
# the faces of software
ui gui ux frontend interface swing desktop views view webui console dashboard usability
    button dialog window screen click layout menu icon color css widget panel tab scroll display dropdown
    tooltip page font popup render table header checkbox theme dark web_ui jsp html
widget widgets control controls component
    button picker listview scrollview tableview label slider popup calendar animation drawer toggle
theme themes styling style styles css skin appearance look
    style stylesheet class color font css selector theme background padding margin
cli command commands shell terminal console scripts script scripting
    command option argument flag stdout prompt usage help bash bin sh start stop daemon exit_code irb ruby
    env cygwin powershell
editor ide studio eclipse intellij plugin plugins
    editor autocomplete content_assist wizard project workspace debugger syntax highlight perspective
    outline
plot plotting chart charts graph graphs visualization graphics display rendering render drawing image images
    plot figure colorbar axis axes color image drawn draw visualize legend pixel font glyph blank bitmap
    png transparency black white shading pattern
print printing printer printers output
    print printer printed paper toner queue cartridge scan scanner page
search index indexing query queries finder
    search query lucene solr index results relevance filter elastic
report reports reporting analytics telemetry statistics bi insights
    report chart export dashboard analytics event tracking statistics excel tableau powerbi
notification notifications alerts alerting messaging push
    notify alert push email sms reminder subscription toast badge
accessibility a11y
    screen_reader aria contrast keyboard focus tab_order voiceover talkback
# data
database db sql storage store persistence data repository orm jdbc models model entity
    query table schema column transaction deadlock sql oracle postgres mysql sqlite migration collection
    insert select index row model fetch sync adapter constraint jdbc
io fileio files file filesystem import reader read writer write formats input
    read file format header load reading reader open path directory folder import export stream dataset
    loading hdfs save
export exporter writing writer save saving output
    save write saved saving export output stream
parser parsing xml json syntax compiler language grammar
    parse xml tag attribute node element token syntax malformed invalid json xpath namespace eof
    unexpected stream trailer
text extraction ocr
    extract text extracted extraction characters words spaces whitespace unicode
pdf document documents office
    pdf page docx word excel acrobat
font fonts truetype type
    glyph ttf truetype opentype cmap cid type1 encoding width otf
form forms fields field
    field checkbox textfield radio appearance form flatten fill value dropdown
signature signing sign certificate certificates pki
    sign signature signed certificate pkcs timestamp digest keystore expired trust ssl
crypto encryption cryptography security
    encrypt decrypt password cipher aes rsa key bouncycastle encrypted
metadata schema
    metadata schema property namespace dublin rdf
backup restore recovery snapshot snapshots archive dr
    backup restore snapshot recover archive clone tape veeam
replication sync synchronization cluster clustering mirror
    replicate replica peer lag sync sink source standby failover
cache caching memory memcache redis
    cache evict heap hit eviction ttl invalidate
scanner scanners scan cursor
    scan scanner next caching batch lease
metrics monitoring monitor observability jmx health status
    metric metrics jmx counter gauge grafana prometheus nagios alert monitor heartbeat latency histogram
log logging logger logs wal journal audit
    log log4j slf4j logger verbose debug stdout rolling append
workflow workflows process approval bpm
    workflow approval step transition task approve stage
balancer balance scheduler scheduling jobs job queue batch
    balance job queue cron schedule scheduled worker assign plan task batch distribution cluster
mapreduce hadoop spark yarn
    mapreduce job mapper reducer bulk hadoop split hdfs input_format
zookeeper coordination quorum
    zookeeper znode session quorum zk expired ephemeral
agent daemon service services
    daemon agent service start stop restart background process
admin administration management administrator
    admin administrator create_table disable_table alter table settings manage permissions
config configuration settings options preferences properties
    config configuration setting property default option parameter environment yaml ini override
# connections
api apis sdk rest integration integrations webservice webservices gateway endpoint connector connectors
    endpoint rest request response json http post get client webhook token soap wsdl swagger payload 404
    500 cors header
client clients driver connector
    client connection retry timeout pool api caller connect
server backend appserver middleware host hosts
    server crash shutdown abort memory oom heap thread restart tomcat nginx apache down unreachable
rpc ipc thrift grpc protobuf protocol transport messaging avro remoting
    rpc call handler socket connection protobuf proto thrift serialize message wire avro
http web request response webserver proxy httpd loadbalancer
    http https url cookie redirect header proxy ssl request response 502 503 gateway
network networking lan wan wifi wireless connectivity telecom firewall vpn remote
    wifi vpn network firewall switch router dns dhcp lan cable internet connection port packet ping ip
    slow ethernet vlan proxy tunnel access_point bandwidth latency anyconnect
streaming realtime real_time live video media audio camera
    buffer stream realtime latency video audio playback camera frame codec acquisition
mail email exchange outlook smtp messaging collaboration mailbox
    mail email outlook mailbox smtp inbox attachment spam calendar distribution_list exchange bounce
    recipient shared_mailbox meeting imap
voip telephony phone phones voice call unified
    phone call headset voicemail extension ringing dial softphone
chat teams slack skype conferencing meeting
    chat teams slack zoom webex meeting microphone camera join
# people's access and equipment
access identity iam authentication auth sign_in sign_on login account directory sso ldap security users
    login password locked reset unlock account mfa 2fa sso oauth saml token ldap permission denied role
    expired credentials sign_in user logon group_membership authenticate unauthorized 401 403
    authenticator
security vulnerability compliance privacy authorization acl permissions permission
    vulnerability cve xss injection csrf permission acl kerberos phishing malware virus antivirus breach
    owasp authorization token grant suspicious
hardware desktop workstation laptop equipment device devices endpoint computing asset
    laptop monitor keyboard mouse docking battery screen dock charger disk cable headset broken
    replacement hard_drive bios blue_screen boot order pc ram
mobile mdm smartphone handset
    iphone android ipad sim phone mobile intune app tablet
android
    android apk adb gradle emulator activity manifest nexus
ios iphone apple mac macos osx
    iphone ipad xcode simulator ios osx mac swift provisioning
windows win microsoft
    windows registry exe powershell win32 msbuild visual_studio dll win10
linux unix server servers
    linux ubuntu redhat centos kernel ssh bash systemd cron mount
javascript node nodejs js web
    node npm javascript require es6 v8 module commonjs promise
java jdk jvm
    java jdk jvm jre classloader oracle_jdk openjdk
dotnet net
    csharp .net nuget dll assembly
python
    python pip pypi virtualenv traceback wheel
matlab octave scripting
    octave matlab mex toolbox
cloud aws azure hosting virtualization vmware virtual
    vm virtual aws ec2 s3 azure vmware cloud instance bucket kubernetes docker container hypervisor citrix
    vdi
container docker kubernetes k8s
    docker container pod kubernetes helm image
storage disk san nas fileserver share shares
    disk quota share drive folder space full storage mapped network_drive nas permission file_server
sharepoint intranet onedrive content cms
    sharepoint onedrive site page library document intranet publish
application applications software business apps app
    application license install software version crash app
performance scalability scaling speed
    slow performance latency optimize faster benchmark throughput speed bottleneck memory leak cpu
    recovery
metering license licensing licences subscription
    license licence activation subscription expired seat renew
# the business
finance accounting erp billing invoice invoicing payment payments ledger sap
    invoice payment billing refund charge credit card ledger sap tax posting payable receivable close
    month_end vendor purchase cost checkout
order orders procurement purchasing sales crm shop store checkout ecommerce cart
    order purchase cart customer quote opportunity checkout basket salesforce supplier requisition
hr hcm payroll people workday recruiting onboarding personnel
    employee payroll salary leave onboarding starter leaver recruiter vacation timesheet hire contract
    holiday payslip new_joiner
warehouse logistics shipping inventory supply
    warehouse shipment stock inventory delivery tracking carrier barcode
facilities building office badge
    badge door room desk parking heating office building key_card
service servicedesk helpdesk support desk
    ticket helpdesk request question how_to support
change changes maintenance
    maintenance outage planned downtime change rollout
training education learning lms
    course training learning lesson moodle exam enrol
"""


@cache
def by_name() -> dict[str, tuple[int, ...]]:
    """Give the concepts (row numbers) that a word of a name stands for."""
    return _turned([names for names, _ in _rows()])


@cache
def by_text() -> dict[str, tuple[int, ...]]:
    """Give the concepts that a word or a joined pair of words in a text speaks of."""
    return _turned([f"{names} {spoken}" for names, spoken in _rows()])


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    rows: list[tuple[str, str]] = []
    for line in TABLE.splitlines():
        if line.startswith(" "):
            names, spoken = rows.pop()
            rows.append((names, f"{spoken} {line.strip()}"))
        elif line and not line.startswith("#"):
            rows.append((line, ""))
    return tuple(rows)


def _turned(rows: list[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for raw in row.split():
            key = "_".join(word for part in raw.split("_") for word in words(part)[:1])
            if number not in found.setdefault(key, []):
                found[key].append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}

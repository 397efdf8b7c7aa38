### English words of the pages. Every key stands in ar.ftl too; codes have their labels in the codebook.

## Frame
skip = Skip to the content
navigation = Main pages
language-switch = العربية
language-en = English
language-ar = Arabic
footer-desk = Review desk. Nothing on this page leaves this computer.
footer-site = Every number here can be opened down to the words that it rests on.
footer-position = As of { $n ->
        [one] { $n } entry
       *[other] { $n } entries
    } in the log.
footer-account = Working as { $account }.
contents = On this page
paging = Pages
paging-where = { $low } to { $high } of { $total }
paging-previous = Previous
paging-next = Next
list-separator = {", "}
clause-separator = {"; "}
yes = Yes
no = No
not-known = not known

## Sections
section-figures = Figures
section-aggregates = Claims about many incidents
section-review = Pairs to judge
section-sources = Sources
section-log = Log
section-search = Search
section-about = How this was made
section-verify = Check it yourself

## Numbers
interval-exact = { $n }
interval-range = { $low } to { $high }
interval-at-most = at most { $n }
interval-at-least = at least { $n }
interval-zero-or-more = 0 or more
interval-unknown = not known
interval-share-range = { $low } to { $high }
sum-none = no incident recorded
sum-open-end = the upper end is not known
sum-open-ends = the upper end is not known in { $n } of { $incidents ->
        [one] { $incidents } incident
       *[other] { $incidents } incidents
    }
sum-unknown = no number is known in { $n } of { $incidents ->
        [one] { $incidents } incident
       *[other] { $incidents } incidents
    }
quantity-more-than = more than { $n }
quantity-less-than = fewer than { $n }
quantity-about = about { $n }
quantity-few = a few
quantity-several = several
quantity-many = many
quantity-tens = tens
quantity-dozens = dozens
quantity-hundreds = hundreds
quantity-thousands = thousands
quantity-plural = more than one, number not said
quantity-family = a family, number not said
quantity-few-of = a few { $units }
quantity-several-of = several { $units }
quantity-many-of = many { $units }
quantity-tens-of = tens of { $units }
quantity-dozens-of = dozens of { $units }
quantity-hundreds-of = hundreds of { $units }
quantity-thousands-of = thousands of { $units }
quantity-plural-of = { $units }, number not said
quantity-share-of = { $share } of { $units }
age-years = { $n ->
        [0] under 1 year
        [one] { $n } year old
       *[other] { $n } years old
    }
age-months = { $n ->
        [0] under 1 month
        [one] { $n } month old
       *[other] { $n } months old
    }
size-bytes = { $n } bytes
size-kilobytes = { $n } kB
size-megabytes = { $n } MB

## Dates
date-unknown = date not known
date-unknown-not-before = date not known; not before { $start }
date-unknown-not-after = date not known; not after { $end }
date-unknown-between = date not known; between { $start } and { $end }
date-range = from { $start } to { $end }
date-from = from { $start } on
date-from-end-unknown = from { $start }; the end is not known
date-until = until { $end }
date-until-start-unknown = until { $end }; the beginning is not known
date-year-unknown = { $date }, year not known
date-approximate = about { $date }
date-uncertain = { $date }, uncertain
date-approximate-uncertain = about { $date }, uncertain
date-decade = the { $decade }s
date-with-time-of-day = { $date }, { $part }
date-with-clock = { $date }, { $clock } UTC
month = { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
        [12] December
        [21] spring
        [22] summer
        [23] autumn
        [24] winter
       *[other] { $month }
    }

## Questions
question = { question-who } { question-harm }
question-who = { $status ->
        [civilian] { question-civilians }
        [combatant] { question-combatants }
        [hors_de_combat] { question-everyone } hors de combat
        [undetermined] { question-everyone } of a status not established
       *[everyone] { question-everyone }
    }
question-civilians = { $class ->
        [men] Civilian men
        [women] Civilian women
        [children] Civilian children
        [boys] Civilian boys
        [girls] Civilian girls
        [infants] Civilian infants
        [older_persons] Civilian older people
        [persons_unspecified] Civilians not specified further
       *[total] Civilians
    }
question-combatants = { $class ->
        [men] Combatant men
        [women] Combatant women
        [children] Combatant children
        [boys] Combatant boys
        [girls] Combatant girls
        [infants] Combatant infants
        [older_persons] Combatant older people
        [persons_unspecified] Combatants not specified further
       *[total] Combatants
    }
question-everyone = { $class ->
        [men] Men
        [women] Women
        [children] Children
        [boys] Boys
        [girls] Girls
        [infants] Infants
        [older_persons] Older people
        [persons_unspecified] People not specified further
       *[total] People
    }
question-harm = { $harm ->
        [injured] injured
        [killed_or_injured] killed or injured
        [missing] missing
        [detained] detained
       *[killed] killed
    }
condition-places = In { $value }
condition-period = Time: { $value }
condition-actors = Attributed to { $value }
condition-means = By: { $value }
condition-site = Hit: { $value }
condition-per = Also as a rate, of: { $value }
condition-grading = Grade: { $value }
condition-described = Only those whom words, age or kin describe as civilians
condition-undated-include = Incidents that are possibly inside are added
condition-undated-exclude = Incidents that are possibly inside are left out
grading-or-better = { $grade } or better
ask = Ask the register
ask-do = Count
ask-any = Any
ask-harm = Harm
ask-class = Who
ask-status = Status
ask-status-everyone = Everyone
ask-status-civilian = Civilians (unless evidence says otherwise)
ask-status-described = Only described as civilians
ask-actor = Attributed to
ask-place = Place
ask-period = Time, such as 2031-10
ask-grading = Grade
ask-means = Means
ask-site = What was hit
ask-per = Also as a rate
ask-per-none = no rate
ask-per-of = per 100,000: { $class }
ask-by = Row by row
ask-by-none = One number
ask-undated = Possibly inside
ask-undated-separate = Shown apart
ask-undated-include = Added
ask-undated-exclude = Left out
ask-rules = Rule set
axis-month = Month
axis-year = Year
axis-week = Week
axis-district = District
axis-governorate = Governorate
axis-actor = Attributed to
axis-grading = Grade
axis-class = Who
axis-means = Means
axis-site = What was hit
axis-list = Source or document

## Figures
figures-lead = A figure is a question that was asked of the register and kept. Open one to see what it rests on.
figures-none = No figure is saved yet. Ask a question below, then save it under a name.
holdings = What the register holds
holdings-documents = { $n ->
        [one] { $n } document
       *[other] { $n } documents
    }
holdings-incidents = { $n ->
        [one] { $n } incident
       *[other] { $n } incidents
    }
holdings-people = { $n ->
        [one] { $n } person
       *[other] { $n } people
    }
figure-named = Figure { $name }
figure-unsaved = A question that is not saved
figure-today = This is the answer as of log position { $then }. The log is now at { $now }; today the answer is
figure-today-open = Open today’s answer
over-incidents = documented in { $n ->
        [one] { $n } incident
       *[other] { $n } incidents
    }
highest-reported = The numbers reported highest come to { $n }.
possibly-besides = Possibly inside besides, in { $incidents ->
        [one] { $incidents } incident
       *[other] { $incidents } incidents
    }:
as-one = { $incidents } incidents may be only { $strikes ->
        [one] one
       *[other] { $strikes }
    }, which nobody has judged
as-one-if = if so:
uncompared = { $incidents ->
        [one] 1 report of an incident was compared with no others yet and may be of one that is counted already
       *[other] { $incidents } reports of incidents were compared with no others yet and may be of ones that are counted already
    }. This compares them:
named-people = Known as people: { $n }
named-people-range = Known as people: { $low } to { $high }, most likely { $median }
rules = Rules in force
rules-named = Rule set { $name }
rule-for-each-of-several = the number that is told of each, times how many there were
rule-records = { $n ->
        [one] { $n } record
       *[other] { $n } records
    }
at-position = as of { $n ->
        [one] { $n } log entry
       *[other] { $n } log entries
    }
rows = Row by row
rows-number = Number
rows-picture = From 0 to { $n }
rows-legend = Dark: certain. Light: possible, up to the line. Dashes and an arrow: the upper end is not known. Dots: no number is known.
rows-lists = Each row is what that source or document says itself. Whoever is on three lists is in three rows, so the rows do not add up to the figure.
rate-per = per { $n } { $class ->
        [men] men
        [women] women
        [children] children
        [boys] boys
        [girls] girls
        [infants] infants
        [older_persons] older people
       *[other] people
    }
rate-none = No rate: no source is noted for the number of { $class ->
        [men] men
        [women] women
        [children] children
        [boys] boys
        [girls] girls
        [infants] infants
        [older_persons] older people
       *[other] people
    } in { $place } in { $period }. Note it with:
rate-made = { $number } divided by { $people }
rate-possibly = and of what is possibly inside
populations = Divided by
populations-hint = How many there were, as sources say. Where they differ the rate goes from the most to the fewest; nobody's number is guessed.
inside = Incidents inside
inside-none = No incident is certainly inside.
possibly-inside = Possibly inside
possibly-hint = Of these it cannot be told whether they lie inside. They are not in the number above unless it says so.
possibly-undated = no date
possibly-date-range = the date reaches over the border of the period
possibly-place = the place is not known or too coarse
possibly-actor = it is not certain who did it
excluded = Left out
excluded-none = No incident is left out.
contested = Contested
contested-hint = Here claims stand against each other, and nobody has decided between them. The figure is published with both sides.
contested-target = A stated target, and those who say that nothing military was there
contested-toll = Different numbers of different origins
contested-actor = Different parties held responsible
contested-stated = { $actor } states as its target:
contested-absence = Nothing military was there:
reconciled = Held against claims about many incidents
reconciled-hint = Totals that others give for many incidents at once. They are never added; each is held against what the register documents.
claimed = Claimed:
documented-inside = Documented, certainly inside ({ $incidents ->
        [one] { $incidents } incident
       *[other] { $incidents } incidents
    }):
documented-possibly = Documented, possibly inside ({ $incidents ->
        [one] { $incidents } incident
       *[other] { $incidents } incidents
    }):
documented-share = Share of the claim that is documented:
documented-no-share = No share can be computed.
people = People
people-none = Nobody is known by name or kin.
files = The same as data
downloads = To take away
save = Keep this question
save-name = Name (Latin letters, digits, hyphen)
save-title-en = Title in English (left empty: the question itself)
save-title-ar = Title in Arabic (left empty: the question itself)
save-do = Save
not-total = Documented is not total
not-total-why = This counts what was reported, found and read. What nobody reported, or what could not be watched, is not in it.
watched = What was watched
watched-dark = Dark:
watched-nothing = Nobody has noted what was watched.
default-civilian = civilian by the default rule
conflicting = two decisions say otherwise; nobody has decided between them
by-rule = by rule: { $rule }
rule-told = { $words } ({ $rule })

## Incidents
casualties = Who was harmed
casualties-who = Who
casualties-how = How this was read
casualties-none = No document says who was harmed.
of-them-named = known as people: { $n }
as-said = as said:
circumstances = When, where, by whom
when = When
where = Where
by-whom = Attributed to
positions = What parties say
positions-hint = What a party says of itself is its position, not evidence.
other-harms = Other harm
graded = Grade: { $grade }
grade-proposed = Its sources allow: { $grade }
grade-proposed-hint = This is proposed, not decided: of each grade the precondition is looked up in the incident's own sources, and a person decides.
grade-not = Not { $grade }:
place-unknown = place not known
reports = Reports
reports-none = No report is shown.
report-superseded = A later report of the same source replaced these numbers.
reposts = { $n ->
        [one] { $n } repost of the same words; counted once
       *[other] { $n } reposts of the same words; counted once
    }
decisions = Decisions
decisions-none = Nobody has decided anything here.
judgements = Judgements
judgements-none = Nobody has judged a pair here.
stands-in = Figures that count it
stands-in-none = No saved figure uses it.
because = Why:
set-aside = sets aside
standing-in-force = in force
standing-superseded = replaced by a later one
standing-conflicting = another says otherwise
standing-asks-again = asks again: the words are read differently now
standing-orphan = orphan: the words are no longer read as a claim

## People
person-unnamed = a person without a name
known-as = Known as
names = Names
relations = Kin and others
person-incidents = Harmed in
person-claims = What is said
links = Why these are one person
pair-lead = The linking could not tell for sure whether these are one person, or one incident. Those whose answer moves most come first. Nothing is judged by a program.
pair-none = No pair is in doubt.
pair-in-doubt = In doubt
pair-share = One person in { $share } of the draws
pair-strike = May be one incident: chance { $share }
pair-look-alike = Nearly the same name, not compared by the linking: chance { $share }
pair-one-record = one record now
pair-two-records = two records now
pair-moves = May move:
pair-moves-none = Moves no figure.
pair-why = in your words: which names, ages, days and places agree or do not
pair-why-strike = in your words: which days, places, events and numbers agree or do not
links-none = Only one claim speaks of this person.
linked-by-machine = linked by the program, rule { $rule }
linked-by-person = linked by { $account }
probability = probability
in-documents = in { $n ->
        [one] { $n } document
       *[other] { $n } documents
    }

## Documents and claims
document-words = The words
untitled = without a title
document-no-text = There is nothing to read in this document: it is a picture, or of a kind that has no reader. Its bytes are below.
document-claims = What was read
document-origin = Where it came from
published = published:
received = Received
file-name = File name
file-kind = Kind and size
captured-from = Captured from
read-by = Read by
document-files = The document itself
sha256 = SHA-256 of the bytes
text-sha256 = SHA-256 of the text
same-words = The same words
row = Row
in-its-document = in its document
claims-none = Nothing was read here.
claim-about = About
claim-records = Belongs to
claim-records-none = no record
rests-on = rests on
speaker = Speaker:
basis-stated = stated
basis-inferred = inferred by rule: { $rule }
rule-dateline = the date before an agency's first words
rule-day-of-the-report = the date that the text gives to today
rule-day-of-the-title = the date in the title
rule-day-told-before = the date told last before it
rule-day-counted-from-told = counted from the day of what was told before it
rule-name-beside-the-dead = a name that stands beside the dead
rule-page-date = a date on the page
rule-place-told-elsewhere = a place that the text tells elsewhere
rule-post-shown = the date of a post that the page shows
rule-post-time = the time on a post
rule-this-year = the year that the text calls this year
rule-without-the-dead = the number that is told, without those of them who died
rule-without-the-survivors = the number that is told, without those of them who survived
rule-year-by-weekday = the only year in which the date is that day of the week
basis-decided = decided by a person
basis-entered = entered by a person
basis-imputed = filled in by a statistical procedure
polarity-denied = denied
polarity-absence = said to be absent
rejected = Rejected as a misreading:
claim-kind-incident = Incident
claim-kind-casualty = Harm to people
claim-kind-person = Person
claim-kind-relation = Kin
claim-kind-kin-group = Family
claim-kind-time = Time
claim-kind-place = Place
claim-kind-attribution = Attribution
claim-kind-means = Means
claim-kind-site = What was hit
claim-kind-other-harm = Other harm
claim-kind-position = A party’s position
claim-kind-aggregate = Many incidents
claim-kind-source = Source
claim-kind-quote = Direct quote
claim-strikes = strikes: { $count }
claim-family = the { $name } family
claim-time-relative = counted from another time
claim-said = { $quantity } (“{ $words }”)
claim-of = of { $count }
proof = Proof in the log
proof-hint = From the leaf hash and the hashes of the path anybody can compute the root again. If it is the same, entry { $n } stands in the log (of size { $size }) and has not been changed since that checkpoint.
proof-entry = Entry
proof-origin = Log of
proof-index = Index in the log, from 0
proof-fingerprint = Fingerprint of the key
proof-leaf = Leaf hash
proof-path = Path
proof-path-empty = Empty: the log has one entry.
proof-root = Root of { $n ->
        [one] { $n } entry
       *[other] { $n } entries
    }
proof-checkpoint = Signed checkpoint

## Withheld
withheld = withheld: { $why }
withheld-protected-witness = a protected witness speaks
withheld-reporter = a reporter is protected
withheld-name-not-cleared = the name is not cleared for publication
withheld-family-objects = the family objects
withheld-living = the person may be alive and has not agreed
withheld-kin = kin of somebody who may be alive
withheld-place = a place that could be struck again
withheld-document = the document is not cleared for publication
withheld-not-cleared = not cleared for publication
withheld-contact = who wrote this, or how somebody can be reached
withheld-erased = erased at somebody’s request

## Forms
form-why = Why
form-field = What
form-value = Value
decide-open = Decide a value
decide-hint = A decision is written into the log with your reason. It can be replaced by a later one, never overwritten. Dates are written 2031-10-05, numbers 14, 10-14, or 4+ where the upper end is open.
decide-do = Decide
enter-open = Enter what was not read here
enter-hint = Copy the words that say it, and fill in what they say. It is written into the log under your account, counts like every other claim, and can be rejected. Dates are written 2031-10-05 or 5 October 2031; numbers 14, 10-14, or 4+ where the upper end is open.
enter-words = The words, as they stand in the document
enter-incident = Of which incident (leave empty for a new one)
enter-class = Whom the numbers count (everybody, if nothing is chosen)
enter-person-hint = Somebody who was harmed, if the words name or describe one person:
enter-person = Name
enter-do = Enter
note-open = Write down what a source told you
note-hint = What you write is kept as a document of that source, with the source’s release level; nobody changes it afterwards. Its page opens, and what it says can be entered there.
note-text = What was told, in the words in which it was told
note-when = When it was told
note-do = Keep it
judge-open = Judge: the same as another?
judge-hint = A judgement is written into the log with your reason. No program undoes it.
judge-other = The other one
judge-verdict = Your judgement
judge-do = Judge
reject-open = This is a misreading
reject-do = Reject the claim
reject-undo-open = It was read right after all
reject-undo-do = Take the rejection back
notice-saved = Saved.
moved-to = →
notice-none-moved = No saved figure moved.
field-published = Publication date
field-date = Date
field-place = Place
field-grading = Grade
field-workflow = Stage of work
field-attribution = Attribution
field-means = Means
field-source = Source
field-name = Name
field-sex = Sex
field-age = Age
field-fate = Fate
field-age-class = Age group
field-status = Civilian or combatant
field-incident = Incident
field-role = Role
field-title = Title
field-excluded = Left out
field-disputed = status disputed
field-min = lower end
field-max = upper end

## Log
log-lead = Everything that was received, read and decided, newest first. Nothing is overwritten.
log-none = The log is empty.
entry-number = Entry { $n }
entry-by = By
entry-about = About
entry-body = What the entry says
entry-body-hint = Kept apart from the log and sealed with a salt, so that it can be erased without breaking a proof.
entry-leaf = What the log commits to
entry-leaf-hint = These bytes are hashed. They tell nobody’s name.
entry-before = Entry before
entry-after = Entry after
entry-origin-made = Register made
entry-settings-changed = Settings changed
entry-rules-adopted = Rule set adopted
entry-document-added = Document added
entry-evidence-kept = Evidence kept
entry-text-read = Text read
entry-text-redacted = Text redacted
entry-extraction-run = Claims extracted
entry-extraction-adopted = Extraction adopted
entry-placing-run = Places looked up
entry-placing-adopted = Places adopted
entry-link-run = Claims linked
entry-link-adopted = Links adopted
entry-claim-made = Claim made by a person
entry-claim-rejected = Claim rejected
entry-claim-restored = Rejection taken back
entry-judgement-made = Pair judged
entry-decision-made = Value decided
entry-figure-defined = Figure saved
entry-monitoring-noted = Watch noted
entry-population-noted = Number of people noted
entry-cleared = Cleared for publication
entry-signed = Signed off
entry-objection-made = Objection of a family
entry-body-erased = Body erased
entry-release-made = Release made
entry-log-seen = Another log seen
entry-source = Source described
entry-key = Key
entry-account = Account
entry-custody = Custody

## Search, sources, lists
search-for = Words
search-hint = Spellings meet: hamza, diacritics, case and digits make no difference, and a name is found in the other script too.
search-none = Nothing holds all of these words: { $query }
found-document = Document
found-person = Person
found-incident = Incident
found-claim = Claim
found-figure = Figure
aggregates-none = No document makes a claim about many incidents at once.
sources-lead = Who said it. Independence is not known until it is shown, and then counts as dependent.
sources-none = No source is described yet.
source-kind = Kind
source-reliability = Reliability
source-independent = Independent
source-level = How far the name may go
source-documents = Documents
independent-unknown = not known
list-document = Documents
list-incident = Incidents
list-person = People
list-none = Nothing here.

## Trouble
error = This did not work
error-home = To the figures
trouble-not-found = There is nothing under { $thing }.
trouble-not-found-cause = The address is misspelt, or the record was joined to another.
trouble-not-found-next = Search for it, or go back to the figures.
trouble-erased = { $thing } was erased.
trouble-erased-cause = Somebody had the right to have it erased. The log shows when.
trouble-erased-next = The counts keep the person without a name.
trouble-reason = No reason was given for { $thing }.
trouble-reason-cause = Whoever reads the log later must be able to understand the decision.
trouble-reason-next = Write in one sentence what you saw, then send again.
trouble-value = { $thing } cannot be used as a value here.
trouble-value-cause = It does not fit the field that was chosen.
trouble-value-next = Correct it and send again. Dates are written 2031-10-05, open numbers 4+ and ranges 4-6.
trouble-question = The question cannot be answered as asked.
trouble-question-cause = One of its parts is not known to this register.
trouble-question-next = Change that part and count again.
trouble-busy = Somebody else is writing to the register.
trouble-busy-cause = Only one can write at a time. Your { $thing } was not saved.
trouble-busy-next = Wait a moment and send again.
trouble-stale = Your { $thing } was not saved.
trouble-stale-cause = The form is too old, or was not sent from this desk.
trouble-stale-next = Open the page again and repeat it.
trouble-not-allowed = You may not do this: { $thing }.
trouble-not-allowed-cause = Your account does not have the role for it, or you may not sign off your own work.
trouble-not-allowed-next = Ask somebody who has the role.
trouble-register = The register cannot be read or written: { $thing }.
trouble-register-cause = A file is missing, damaged or not yours to change.
trouble-register-next = Run sijil verify in the register’s folder; it names the file and what to do.
trouble-internal = The program failed at { $thing }.
trouble-internal-cause = This is a mistake in the program, not in your work. Nothing was saved.
trouble-internal-next = Try again; if it happens twice, report what you did.
sign-in = Open the desk
link-used-up = This link is used up
link-used-up-cause = Each link opens the desk once, in one browser, so that nobody else can use it after you.
link-needed = A link is needed to open the desk
link-needed-cause = The desk opens only with the link that the terminal printed.
link-next = Start the desk again in the terminal; it prints a new link:

## Site
site-lead = Each figure is the answer to a question, with every incident, claim and sentence that it rests on.
site-none = This release holds no figure.
release = This release
release-holds = It holds { $incidents ->
        [one] { $incidents } incident
       *[other] { $incidents } incidents
    } and { $claims ->
        [one] { $claims } claim
       *[other] { $claims } claims
    }.
release-made = Made
release-withheld = Withheld from it
about-figure = What a figure is
about-figure-words = A figure is a question asked of a register of claims. A claim is one thing that a document says, tied to the words that say it. A document is bytes that cannot change unseen. Every step can be walked back by opening it.
about-interval = Why a number has two ends
about-interval-words = Reports say “at least”, “dozens” or “several”. The lower end is what the reports support; the upper end is a number only where every report gives one. Where one does not, the end stays open and is never filled in. Not known is never zero.
about-civilian = Who counts as a civilian
about-civilian-words = People count as civilians unless evidence says otherwise; where that is only the default, the record says so. What an accused party says of its own strike is shown as its position and is no evidence.
about-withheld = What is withheld
about-withheld-words = Names, words and places that could endanger somebody are withheld, and the page says where and of what kind. The counts keep the people.
about-programs = What read, placed and linked
verify-lead = You need not trust this site or the program that made it. The folder holds a script that recomputes everything from the published claims.
verify-download = Download the whole folder.
verify-run = Run the script. It needs Python and one package for signatures:
verify-compare = Compare the fingerprint of the key with one that you got another way, for example on paper.
verify-key = Fingerprint of the key
verify-checks = What it checks
verify-check-intervals = Every interval, recomputed from the published claims by the rules in force.
verify-check-quotes = Every quote, read again from the published text.
verify-check-proofs = Every proof and the signature of the checkpoint.
verify-not = What it cannot prove
verify-not-words = That what a document says is true, and that nothing else happened. It proves that what is shown is what the register holds, and that it has not been changed since the checkpoint.

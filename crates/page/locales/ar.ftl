### كلمات الصفحات بالعربية. كل مفتاح هنا موجود في en.ftl؛ أما الرموز فتسمياتها في دليل الترميز.

## Frame
skip = انتقل إلى المحتوى
navigation = الصفحات الرئيسية
language-switch = English
language-en = الإنجليزية
language-ar = العربية
footer-desk = مكتب المراجعة. لا شيء في هذه الصفحة يغادر هذا الحاسوب.
footer-site = كل رقم هنا يمكن فتحه نزولاً إلى الكلمات التي يستند إليها.
footer-position = بحسب { $n ->
        [zero] سجل بلا قيود
        [one] قيد واحد
        [two] قيدين
        [few] { $n } قيود
        [many] { $n } قيداً
       *[other] { $n } قيد
    } في السجل.
footer-account = الحساب: { $account }.
contents = في هذه الصفحة
paging = صفحات
paging-where = من { $low } إلى { $high } من أصل { $total }
paging-previous = السابق
paging-next = التالي
list-separator = {"، "}
clause-separator = {"؛ "}
yes = نعم
no = لا
not-known = غير معروف

## Sections
section-figures = الأرقام
section-aggregates = ادعاءات عن حوادث كثيرة
section-review = أزواج للحكم
section-sources = المصادر
section-log = السجل
section-search = البحث
section-about = كيف أُعدّ هذا
section-verify = تحقق بنفسك

## Numbers
interval-exact = { $n }
interval-range = من { $low } إلى { $high }
interval-at-most = { $n } على الأكثر
interval-at-least = { $n } على الأقل
interval-zero-or-more = 0 أو أكثر
interval-unknown = غير معروف
interval-share-range = من { $low } إلى { $high }
sum-none = لا حادثة مسجّلة
sum-open-end = الحد الأعلى غير معروف
sum-open-ends = الحد الأعلى غير معروف في { $n } من أصل { $incidents ->
        [zero] { $incidents } حادثة
        [one] حادثة واحدة
        [two] حادثتين
        [few] { $incidents } حوادث
        [many] { $incidents } حادثة
       *[other] { $incidents } حادثة
    }
sum-unknown = لا رقم معروفاً في { $n } من أصل { $incidents ->
        [zero] { $incidents } حادثة
        [one] حادثة واحدة
        [two] حادثتين
        [few] { $incidents } حوادث
        [many] { $incidents } حادثة
       *[other] { $incidents } حادثة
    }
quantity-more-than = أكثر من { $n }
quantity-less-than = أقل من { $n }
quantity-about = نحو { $n }
quantity-few = بضعة
quantity-several = عدة
quantity-many = كثيرون
quantity-tens = عشرات
quantity-dozens = عشرات (dozens، أي 12 ومضاعفاتها)
quantity-hundreds = مئات
quantity-thousands = آلاف
quantity-plural = أكثر من واحد، والعدد غير مذكور
quantity-family = عائلة، والعدد غير مذكور
quantity-few-of = بضعة { $units }
quantity-several-of = عدة { $units }
quantity-many-of = كثير من { $units }
quantity-tens-of = عشرات { $units }
quantity-dozens-of = عشرات { $units } (dozens، أي 12 ومضاعفاتها)
quantity-hundreds-of = مئات { $units }
quantity-thousands-of = آلاف { $units }
quantity-plural-of = { $units }، والعدد غير مذكور
quantity-share-of = { $share } من { $units }
age-years = { $n ->
        [zero] أقل من سنة
        [one] سنة واحدة
        [two] سنتان
        [few] { $n } سنوات
        [many] { $n } سنة
       *[other] { $n } سنة
    }
age-months = { $n ->
        [zero] أقل من شهر
        [one] شهر واحد
        [two] شهران
        [few] { $n } أشهر
        [many] { $n } شهراً
       *[other] { $n } شهر
    }
size-bytes = { $n } بايت
size-kilobytes = { $n } كيلوبايت
size-megabytes = { $n } ميغابايت

## Dates
date-unknown = التاريخ غير معروف
date-unknown-not-before = التاريخ غير معروف؛ ليس قبل { $start }
date-unknown-not-after = التاريخ غير معروف؛ ليس بعد { $end }
date-unknown-between = التاريخ غير معروف؛ بين { $start } و{ $end }
date-range = من { $start } إلى { $end }
date-from = منذ { $start }
date-from-end-unknown = من { $start }؛ النهاية غير معروفة
date-until = حتى { $end }
date-until-start-unknown = حتى { $end }؛ البداية غير معروفة
date-year-unknown = { $date }، السنة غير معروفة
date-approximate = نحو { $date }
date-uncertain = { $date }، غير مؤكد
date-approximate-uncertain = نحو { $date }، غير مؤكد
date-decade = عقد { $decade }
date-with-time-of-day = { $date }، { $part }
date-with-clock = { $date }، الساعة { $clock } بالتوقيت العالمي
month = { $month ->
        [1] كانون الثاني/يناير
        [2] شباط/فبراير
        [3] آذار/مارس
        [4] نيسان/أبريل
        [5] أيار/مايو
        [6] حزيران/يونيو
        [7] تموز/يوليو
        [8] آب/أغسطس
        [9] أيلول/سبتمبر
        [10] تشرين الأول/أكتوبر
        [11] تشرين الثاني/نوفمبر
        [12] كانون الأول/ديسمبر
        [21] ربيع
        [22] صيف
        [23] خريف
        [24] شتاء
       *[other] { $month }
    }

## Questions
question = { question-harm }{ question-who }{ question-everyone }
question-harm = { $harm ->
        [injured] الجرحى
        [killed_or_injured] القتلى أو الجرحى
        [missing] المفقودون
        [detained] المحتجزون
       *[killed] القتلى
    }
question-who = { $status ->
        [civilian] { question-civilians }
        [combatant] { question-combatants }
        [hors_de_combat] {" "}العاجزون عن القتال
        [undetermined] {" "}غير المحددة صفتهم
       *[everyone] {""}
    }
question-civilians = {" "}المدنيون
question-combatants = {" "}المقاتلون
question-everyone = { $class ->
        [men] {" "}من الرجال
        [women] {" "}من النساء
        [children] {" "}من الأطفال
        [boys] {" "}من الأطفال الذكور
        [girls] {" "}من الطفلات
        [infants] {" "}من الرضّع
        [older_persons] {" "}من كبار السن
        [persons_unspecified] {" "}من أشخاص لم تُحدَّد فئتهم
       *[total] {""}
    }
condition-places = في { $value }
condition-period = الزمن: { $value }
condition-actors = منسوب إلى { $value }
condition-means = الوسيلة: { $value }
condition-site = الهدف: { $value }
condition-per = وأيضاً كمعدّل، من: { $value }
condition-grading = الدرجة: { $value }
condition-described = فقط من تصفهم الكلمات أو الأعمار أو القرابة بأنهم مدنيون
condition-undated-include = الحوادث التي قد تكون ضمن السؤال مضافة
condition-undated-exclude = الحوادث التي قد تكون ضمن السؤال مستبعدة
grading-or-better = { $grade } فما فوق
ask = اسأل السجل
ask-do = احسب
ask-any = أيّ
ask-harm = الأذى
ask-class = من
ask-status = الصفة
ask-status-everyone = الجميع
ask-status-civilian = المدنيون (ما لم يدل دليل على غير ذلك)
ask-status-described = الموصوفون بأنهم مدنيون فقط
ask-actor = منسوب إلى
ask-place = المكان
ask-period = الزمن، مثل 2031-10
ask-grading = الدرجة
ask-means = الوسيلة
ask-site = ما أُصيب
ask-per = وأيضاً كمعدّل
ask-per-none = بلا معدّل
ask-per-of = لكل 100,000: { $class }
ask-by = سطراً سطراً
ask-by-none = رقم واحد
ask-undated = ما قد يكون ضمن السؤال
ask-undated-separate = يُعرض على حدة
ask-undated-include = يُضاف
ask-undated-exclude = يُستبعد
ask-rules = مجموعة القواعد
axis-month = الشهر
axis-year = السنة
axis-week = الأسبوع
axis-district = المنطقة
axis-governorate = المحافظة
axis-actor = منسوب إلى
axis-grading = الدرجة
axis-class = من
axis-means = الوسيلة
axis-site = ما أُصيب
axis-list = المصدر أو الوثيقة

## Figures
figures-lead = الرقم سؤال طُرح على السجل وحُفظ. افتح رقماً لترى ما يستند إليه.
figures-none = لم يُحفظ رقم بعد. اطرح سؤالاً في الأسفل ثم احفظه باسم.
holdings = ما في السجل
holdings-documents = { $n ->
        [zero] لا وثائق
        [one] وثيقة واحدة
        [two] وثيقتان
        [few] { $n } وثائق
        [many] { $n } وثيقة
       *[other] { $n } وثيقة
    }
holdings-incidents = { $n ->
        [zero] لا حوادث
        [one] حادثة واحدة
        [two] حادثتان
        [few] { $n } حوادث
        [many] { $n } حادثة
       *[other] { $n } حادثة
    }
holdings-people = { $n ->
        [zero] لا أحد
        [one] شخص واحد
        [two] شخصان
        [few] { $n } أشخاص
        [many] { $n } شخصاً
       *[other] { $n } شخص
    }
figure-named = الرقم { $name }
figure-unsaved = سؤال غير محفوظ
figure-today = هذا هو الجواب حين كانت قيود السجل { $then }. وهي الآن { $now }، وجواب اليوم
figure-today-open = افتح جواب اليوم
over-incidents = موثّق في { $n ->
        [zero] { $n } حادثة
        [one] حادثة واحدة
        [two] حادثتين
        [few] { $n } حوادث
        [many] { $n } حادثة
       *[other] { $n } حادثة
    }
highest-reported = مجموع أعلى الأرقام المذكورة { $n }.
possibly-besides = وقد يكون ضمنه أيضاً، في { $incidents ->
        [zero] { $incidents } حادثة
        [one] حادثة واحدة
        [two] حادثتين
        [few] { $incidents } حوادث
        [many] { $incidents } حادثة
       *[other] { $incidents } حادثة
    }:
as-one = قد تكون { $incidents ->
        [zero] { $incidents } حادثة
        [one] حادثة واحدة
        [two] حادثتان
        [few] { $incidents } حوادث
        [many] { $incidents } حادثة
       *[other] { $incidents } حادثة
    } في حقيقتها { $strikes ->
        [zero] { $strikes } حادثة
        [one] حادثة واحدة
        [two] حادثتين
        [few] { $strikes } حوادث
        [many] { $strikes } حادثة
       *[other] { $strikes } حادثة
    } فقط، ولم يحكم في ذلك أحد
as-one-if = فإن كان كذلك:
uncompared = تقارير عن حوادث لم تُقارن بغيرها بعد وقد تكون عن حوادث معدودة: { $incidents }. وهذا الأمر يقارنها:
named-people = المعروفون كأشخاص: { $n }
named-people-range = المعروفون كأشخاص: من { $low } إلى { $high }، والأرجح { $median }
rules = القواعد المعمول بها
rules-named = مجموعة القواعد { $name }
rule-for-each-of-several = العدد المذكور لكل واحد مضروباً في عددها
rule-records = { $n ->
        [zero] لا سجلات
        [one] سجل واحد
        [two] سجلان
        [few] { $n } سجلات
        [many] { $n } سجلاً
       *[other] { $n } سجل
    }
at-position = بحسب { $n ->
        [zero] سجل بلا قيود
        [one] قيد واحد
        [two] قيدين
        [few] { $n } قيود
        [many] { $n } قيداً
       *[other] { $n } قيد
    } في السجل
rows = سطراً سطراً
rows-number = العدد
rows-picture = من 0 إلى { $n }
rows-legend = الداكن: مؤكد. الفاتح: ممكن، حتى الخط. الشرطات والسهم: الحد الأعلى غير معروف. النقاط: لا رقم معروفاً.
rows-lists = كل سطر هو ما يقوله ذلك المصدر أو تلك الوثيقة وحدها. ومن كان في ثلاث قوائم فهو في ثلاثة أسطر، فلا يساوي مجموع الأسطر الرقم.
rate-per = لكل { $n } { $class ->
        [men] رجل
        [women] امرأة
        [children] طفل
        [boys] طفل ذكر
        [girls] طفلة
        [infants] رضيع
        [older_persons] مسنّ
       *[other] شخص
    }
rate-none = لا معدّل: لم يُسجَّل مصدر لعدد { $class ->
        [men] الرجال
        [women] النساء
        [children] الأطفال
        [boys] الأولاد
        [girls] البنات
        [infants] الرضّع
        [older_persons] المسنّين
       *[other] السكان
    } في { $place } في { $period }. ولتسجيله:
rate-made = { $number } مقسوماً على { $people }
rate-possibly = ومما قد يكون داخلاً
populations = المقسوم عليه
populations-hint = عدد الناس كما تقوله المصادر. وحيث تختلف يمتد المعدّل من الأكثر إلى الأقل، ولا يُخمَّن عدد لأحد.
inside = الحوادث الداخلة
inside-none = لا حادثة داخلة على وجه اليقين.
possibly-inside = ما قد يكون داخلاً
possibly-hint = لا يمكن القطع بأن هذه الحوادث داخلة. وهي ليست في الرقم أعلاه ما لم يُذكر ذلك.
possibly-undated = بلا تاريخ
possibly-date-range = التاريخ يتجاوز حدود المدة
possibly-place = المكان غير معروف أو غير دقيق
possibly-actor = الفاعل غير مؤكد
excluded = المستبعدة
excluded-none = لم تُستبعد أي حادثة.
contested = متنازع عليه
contested-hint = هنا ادعاءات يقف بعضها في وجه بعض ولم يفصل فيها أحد. يُنشر الرقم مع الطرفين.
contested-target = هدف معلن، ومن يقول إنه لم يكن هناك شيء عسكري
contested-toll = أرقام مختلفة من أصول مختلفة
contested-actor = أطراف مختلفة تُحمَّل المسؤولية
contested-stated = هدف أعلنته جهة { $actor }:
contested-absence = لم يكن هناك شيء عسكري:
reconciled = مقارنة بادعاءات عن حوادث كثيرة
reconciled-hint = مجاميع يذكرها آخرون عن حوادث كثيرة معاً. لا تُضاف أبداً، بل يُقارن كل منها بما يوثّقه السجل.
claimed = المذكور:
documented-inside = الموثّق الداخل يقيناً ({ $incidents ->
        [zero] لا حوادث
        [one] حادثة واحدة
        [two] حادثتان
        [few] { $incidents } حوادث
        [many] { $incidents } حادثة
       *[other] { $incidents } حادثة
    }):
documented-possibly = الموثّق الذي قد يكون داخلاً ({ $incidents ->
        [zero] لا حوادث
        [one] حادثة واحدة
        [two] حادثتان
        [few] { $incidents } حوادث
        [many] { $incidents } حادثة
       *[other] { $incidents } حادثة
    }):
documented-share = نسبة الموثّق من المذكور:
documented-no-share = لا يمكن حساب نسبة.
people = الأشخاص
people-none = لا أحد معروف بالاسم أو القرابة.
files = الشيء نفسه كبيانات
downloads = للتنزيل
save = احفظ هذا السؤال
save-name = الاسم (أحرف لاتينية وأرقام وشرطة)
save-title-en = العنوان بالإنجليزية (إن تُرك فارغًا فالسؤال نفسه)
save-title-ar = العنوان بالعربية (إن تُرك فارغًا فالسؤال نفسه)
save-do = احفظ
not-total = الموثّق ليس الكل
not-total-why = هذا عدد ما أُبلغ عنه وعُثر عليه وقُرئ. أما ما لم يبلّغ عنه أحد، أو تعذّرت متابعته، فليس فيه.
watched = ما جرت متابعته
watched-dark = المنقطع:
watched-nothing = لم يدوّن أحد ما جرت متابعته.
default-civilian = مدني بحسب القاعدة الافتراضية
conflicting = قراران متعارضان لم يُفصل بينهما
by-rule = بالقاعدة: { $rule }
rule-told = { $words } ({ $rule })

## Incidents
casualties = من أصابهم الأذى
casualties-who = من
casualties-how = كيف قُرئ
casualties-none = لا وثيقة تذكر من أصابهم الأذى.
of-them-named = المعروفون كأشخاص: { $n }
as-said = كما قيل:
circumstances = متى وأين ومن الفاعل
when = متى
where = أين
by-whom = منسوب إلى
positions = ما تقوله الأطراف
positions-hint = ما يقوله طرف عن نفسه موقف منه، وليس دليلاً.
other-harms = أذى آخر
graded = الدرجة: { $grade }
grade-proposed = تسمح مصادرها بالدرجة: { $grade }
grade-proposed-hint = هذا اقتراح لا قرار. يتحقق في كل درجة شرطها من مصادر الحادث نفسه، والقرار لمن يراجع.
grade-not = ليست { $grade }:
place-unknown = المكان غير معروف
reports = البلاغات
reports-none = لا بلاغ معروضاً.
report-superseded = بلاغ لاحق من المصدر نفسه حلّ محل هذه الأرقام.
reposts = { $n ->
        [zero] لا إعادة نشر
        [one] إعادة نشر واحدة للكلمات نفسها؛ تُحسب مرة واحدة
        [two] إعادتا نشر للكلمات نفسها؛ تُحسبان مرة واحدة
        [few] { $n } إعادات نشر للكلمات نفسها؛ تُحسب مرة واحدة
        [many] { $n } إعادة نشر للكلمات نفسها؛ تُحسب مرة واحدة
       *[other] { $n } إعادة نشر للكلمات نفسها؛ تُحسب مرة واحدة
    }
decisions = القرارات
decisions-none = لم يقرر أحد شيئاً هنا.
judgements = الأحكام
judgements-none = لم يحكم أحد على زوج هنا.
stands-in = الأرقام التي تحسبه
stands-in-none = لا رقم محفوظاً يستخدمه.
because = السبب:
set-aside = يستبعد
standing-in-force = ساري
standing-superseded = حلّ محله لاحق
standing-conflicting = يعارضه آخر
standing-asks-again = يُسأل عنه من جديد: الكلمات تُقرأ الآن قراءة أخرى
standing-orphan = بلا سند: الكلمات لم تعد تُقرأ ادعاءً

## People
person-unnamed = شخص لم يُذكر اسمه
known-as = يُعرف بـ
names = الأسماء
relations = الأقارب وغيرهم
person-incidents = أصابه الأذى في
person-claims = ما يقال
links = لماذا هؤلاء شخص واحد
pair-lead = لم يستطع الربط أن يقطع: أهؤلاء شخص واحد أم اثنان، أو أهي حادثة واحدة أم اثنتان؟ يتقدّم ما يغيّر جوابه الأرقام أكثر. لا يحكم برنامج في شيء.
pair-none = لا زوج محل شك.
pair-in-doubt = محل شك
pair-share = شخص واحد في { $share } من السحوبات
pair-strike = قد تكونان حادثة واحدة: الاحتمال { $share }
pair-look-alike = اسمان متقاربان لم يقارن الربط بينهما: الاحتمال { $share }
pair-one-record = سجل واحد الآن
pair-two-records = سجلان الآن
pair-moves = قد يغيّر:
pair-moves-none = لا يغيّر أي رقم.
pair-why = بكلماتك: ما الذي يتفق أو يختلف من الأسماء والأعمار والأيام والأماكن
pair-why-strike = بكلماتك: ما الذي يتفق أو يختلف من الأيام والأماكن وما جرى وعدد من أصاب
links-none = ادعاء واحد فقط يتحدث عن هذا الشخص.
linked-by-machine = ربطه البرنامج بالقاعدة { $rule }
linked-by-person = ربطه { $account }
probability = الاحتمال
in-documents = في { $n ->
        [zero] { $n } وثيقة
        [one] وثيقة واحدة
        [two] وثيقتين
        [few] { $n } وثائق
        [many] { $n } وثيقة
       *[other] { $n } وثيقة
    }

## Documents and claims
document-words = النص
untitled = بلا عنوان
document-no-text = لا شيء يُقرأ في هذه الوثيقة: هي صورة، أو من نوع لا قارئ له. ملفها الأصلي في الأسفل.
document-claims = ما قُرئ منها
document-origin = من أين جاءت
published = النشر:
received = وردت
file-name = اسم الملف
file-kind = النوع والحجم
captured-from = التُقطت من
read-by = قرأها
document-files = الوثيقة نفسها
sha256 = بصمة SHA-256 للملف
text-sha256 = بصمة SHA-256 للنص
same-words = الكلمات نفسها
row = السطر
in-its-document = في وثيقته
claims-none = لم يُقرأ شيء هنا.
claim-about = عن
claim-records = يعود إلى
claim-records-none = لا سجل
rests-on = يستند إلى
speaker = المتحدث:
basis-stated = مذكور صراحة
basis-inferred = مستنتج بالقاعدة: { $rule }
rule-dateline = التاريخ الذي قبل أول كلمات الوكالة
rule-day-of-the-report = التاريخ الذي يعطيه النص لكلمة «اليوم»
rule-day-of-the-title = التاريخ الذي في العنوان
rule-day-told-before = آخر تاريخ ذُكر قبله
rule-day-counted-from-told = محسوب من يوم ما ذُكر قبله
rule-name-beside-the-dead = اسم يقف بجانب القتلى
rule-page-date = تاريخ على الصفحة
rule-place-told-elsewhere = مكان يذكره النص في موضع آخر
rule-post-shown = تاريخ منشور تعرضه الصفحة
rule-post-time = الوقت الذي على المنشور
rule-this-year = السنة التي يسميها النص هذا العام
rule-without-the-dead = العدد المذكور من دون من توفوا منهم
rule-without-the-survivors = العدد المذكور من دون من نجوا منهم
rule-year-by-weekday = السنة الوحيدة التي يقع فيها التاريخ في ذلك اليوم من الأسبوع
basis-decided = قرره شخص
basis-entered = أدخله شخص
basis-imputed = قُدّر بطريقة إحصائية
polarity-denied = منفي
polarity-absence = يُقال إنه غير موجود
rejected = رُفض لأنه قراءة خاطئة:
claim-kind-incident = حادثة
claim-kind-casualty = أذى للناس
claim-kind-person = شخص
claim-kind-relation = قرابة
claim-kind-kin-group = عائلة
claim-kind-time = زمن
claim-kind-place = مكان
claim-kind-attribution = نسبة إلى فاعل
claim-kind-means = وسيلة
claim-kind-site = ما أُصيب
claim-kind-other-harm = أذى آخر
claim-kind-position = موقف طرف
claim-kind-aggregate = حوادث كثيرة
claim-kind-source = مصدر
claim-kind-quote = اقتباس مباشر
claim-strikes = الضربات: { $count }
claim-family = عائلة { $name }
claim-time-relative = محسوب من وقت آخر
claim-said = { $quantity } («{ $words }»)
claim-of = من أصل { $count }
proof = الإثبات في السجل
proof-hint = من بصمة الورقة وبصمات المسار يستطيع أي أحد أن يحسب الجذر من جديد. فإن تطابق، فالقيد { $n } موجود في السجل (عدد قيوده { $size }) ولم يتغير منذ نقطة التحقق تلك.
proof-entry = القيد
proof-origin = سجل
proof-index = الترتيب في السجل (من الصفر)
proof-fingerprint = بصمة المفتاح
proof-leaf = بصمة الورقة
proof-path = المسار
proof-path-empty = فارغ: في السجل قيد واحد.
proof-root = جذر { $n ->
        [zero] سجل بلا قيود
        [one] قيد واحد
        [two] قيدين
        [few] { $n } قيود
        [many] { $n } قيداً
       *[other] { $n } قيد
    }
proof-checkpoint = نقطة التحقق الموقّعة

## Withheld
withheld = محجوب: { $why }
withheld-protected-witness = يتحدث شاهد محمي
withheld-reporter = مراسل محمي
withheld-name-not-cleared = الاسم غير مُجاز للنشر
withheld-family-objects = العائلة تعترض
withheld-living = قد يكون الشخص حياً ولم يوافق
withheld-kin = قريب لمن قد يكون حياً
withheld-place = مكان قد يُستهدف مرة أخرى
withheld-document = الوثيقة غير مُجازة للنشر
withheld-not-cleared = غير مُجاز للنشر
withheld-contact = من كتب هذا أو كيف يُوصَل إلى أحد
withheld-erased = مُحي بطلب من صاحب الحق

## Forms
form-why = السبب
form-field = ماذا
form-value = القيمة
decide-open = قرر قيمة
decide-hint = يُكتب القرار في السجل مع سببك. يمكن أن يحل محله قرار لاحق، ولا يُكتب فوقه أبداً. تُكتب التواريخ ‎2031-10-05‎، والأعداد 14 أو ‎10-14‎، أو ‎4+‎ حيث الحد الأعلى مفتوح.
decide-do = قرر
enter-open = أدخل ما لم يُقرأ هنا
enter-hint = انسخ الكلمات التي تقول ذلك، واملأ ما تقوله. يُكتب في السجل باسم حسابك، ويُحسب كسائر الادعاءات، ويمكن رفضه. تُكتب التواريخ ‎2031-10-05‎ أو 5 تشرين الأول 2031، والأعداد 14 أو ‎10-14‎، أو ‎4+‎ حيث الحد الأعلى مفتوح.
enter-words = الكلمات كما هي في الوثيقة
enter-incident = من أي حادثة (اتركه فارغاً لحادثة جديدة)
enter-class = من تعدّهم الأرقام (الجميع إن لم يُختر شيء)
enter-person-hint = شخص أصابه ضرر، إن كانت الكلمات تسمي شخصاً واحداً أو تصفه:
enter-person = الاسم
enter-do = أدخل
note-open = اكتب ما أخبرك به مصدر
note-hint = يُحفظ ما تكتبه وثيقةً لذلك المصدر بمستوى نشره، ولا يغيّره أحد بعد ذلك. تُفتح صفحتها، ويمكن إدخال ما تقوله هناك.
note-text = ما قيل، بالكلمات التي قيل بها
note-when = متى قيل
note-do = احفظه
judge-open = احكم: هل هو نفسه؟
judge-hint = يُكتب الحكم في السجل مع سببك. ولا ينقضه أي برنامج.
judge-other = الآخر
judge-verdict = حكمك
judge-do = احكم
reject-open = هذه قراءة خاطئة
reject-do = ارفض الادعاء
reject-undo-open = القراءة صحيحة
reject-undo-do = اسحب الرفض
notice-saved = حُفظ.
moved-to = ←
notice-none-moved = لم يتغير أي رقم محفوظ.
field-published = تاريخ النشر
field-date = التاريخ
field-place = المكان
field-grading = الدرجة
field-workflow = مرحلة العمل
field-attribution = النسبة إلى فاعل
field-means = الوسيلة
field-source = المصدر
field-name = الاسم
field-sex = الجنس
field-age = العمر
field-fate = المصير
field-age-class = الفئة العمرية
field-status = مدني أو مقاتل
field-incident = الحادثة
field-role = الدور
field-title = العنوان
field-excluded = الاستبعاد
field-disputed = صفة محل خلاف
field-min = الحد الأدنى
field-max = الحد الأعلى

## Log
log-lead = كل ما ورد وقُرئ وقُرر، الأحدث أولاً. لا شيء يُكتب فوقه.
log-none = السجل فارغ.
entry-number = القيد { $n }
entry-by = من
entry-about = عن
entry-body = ما يقوله القيد
entry-body-hint = محفوظ خارج السجل ومختوم بملح عشوائي، فيمكن محوه دون أن ينكسر أي إثبات.
entry-leaf = ما يلتزم به السجل
entry-leaf-hint = هذه البايتات هي التي تُبصم. لا تذكر اسم أحد.
entry-before = القيد السابق
entry-after = القيد التالي
entry-origin-made = إنشاء السجل
entry-settings-changed = تغيير الإعدادات
entry-rules-adopted = اعتماد مجموعة قواعد
entry-document-added = إضافة وثيقة
entry-evidence-kept = حفظ مواد الأدلة
entry-text-read = قراءة نص
entry-text-redacted = حجب في نص
entry-extraction-run = استخراج ادعاءات
entry-extraction-adopted = اعتماد استخراج
entry-placing-run = بحث عن أماكن
entry-placing-adopted = اعتماد أماكن
entry-link-run = ربط ادعاءات
entry-link-adopted = اعتماد روابط
entry-claim-made = ادعاء أضافه شخص
entry-claim-rejected = رفض ادعاء
entry-claim-restored = سحب رفض
entry-judgement-made = حكم على زوج
entry-decision-made = قرار قيمة
entry-figure-defined = حفظ رقم
entry-monitoring-noted = تدوين متابعة
entry-population-noted = تدوين عدد الناس
entry-cleared = إجازة للنشر
entry-signed = اعتماد نهائي
entry-objection-made = اعتراض عائلة
entry-body-erased = محو محتوى قيد
entry-release-made = إصدار
entry-log-seen = الاطلاع على سجل آخر
entry-source = وصف مصدر
entry-key = مفتاح
entry-account = حساب
entry-custody = حيازة

## Search, sources, lists
search-for = كلمات
search-hint = تلتقي الكتابات: لا فرق بين الهمزات ولا التشكيل ولا أشكال الأرقام، ويُعثر على الاسم مكتوباً بالحروف الأخرى أيضاً.
search-none = لا شيء يحوي كل هذه الكلمات: { $query }
found-document = وثيقة
found-person = شخص
found-incident = حادثة
found-claim = ادعاء
found-figure = رقم
aggregates-none = لا وثيقة تدّعي شيئاً عن حوادث كثيرة معاً.
sources-lead = من قال ذلك. الاستقلال غير معروف حتى يثبت، وإلى ذلك الحين يُعدّ المصدر تابعاً.
sources-none = لم يوصف مصدر بعد.
source-kind = النوع
source-reliability = الموثوقية
source-independent = مستقل
source-level = إلى أين يصل الاسم
source-documents = الوثائق
independent-unknown = غير معروف
list-document = الوثائق
list-incident = الحوادث
list-person = الأشخاص
list-none = لا شيء هنا.

## Trouble
error = لم ينجح هذا
error-home = إلى الأرقام
trouble-not-found = لا شيء تحت { $thing }.
trouble-not-found-cause = العنوان مكتوب خطأً، أو ضُمّ السجل إلى آخر.
trouble-not-found-next = ابحث عنه، أو عد إلى الأرقام.
trouble-erased = مُحي { $thing }.
trouble-erased-cause = كان لشخص الحق في محوه. والسجل يبيّن متى.
trouble-erased-next = تبقى الأعداد تحتسب الشخص بلا اسم.
trouble-reason = لم يُذكر سبب لـ { $thing }.
trouble-reason-cause = من يقرأ السجل لاحقاً يجب أن يفهم القرار.
trouble-reason-next = اكتب في جملة واحدة ما رأيت، ثم أرسل من جديد.
trouble-value = لا يمكن استعمال { $thing } قيمةً هنا.
trouble-value-cause = لا تناسب الحقل المختار.
trouble-value-next = صحّحها وأرسل من جديد. تُكتب التواريخ ‎2031-10-05‎، والأعداد المفتوحة ‎4+‎ والمدى ‎4-6‎.
trouble-question = لا يمكن الجواب عن السؤال كما طُرح.
trouble-question-cause = جزء منه غير معروف في هذا السجل.
trouble-question-next = غيّر ذلك الجزء واحسب من جديد.
trouble-busy = شخص آخر يكتب في السجل.
trouble-busy-cause = لا يكتب إلا واحد في كل مرة. لم يُحفظ { $thing }.
trouble-busy-next = انتظر لحظة وأرسل من جديد.
trouble-stale = لم يُحفظ { $thing }.
trouble-stale-cause = النموذج قديم، أو لم يُرسل من هذا المكتب.
trouble-stale-next = افتح الصفحة من جديد وكرّره.
trouble-not-allowed = ليس لك أن تفعل هذا: { $thing }.
trouble-not-allowed-cause = ليس لحسابك الدور اللازم، أو لا يحق لك اعتماد عملك بنفسك.
trouble-not-allowed-next = اطلب ممن له هذا الدور.
trouble-register = لا يمكن قراءة السجل أو الكتابة فيه: { $thing }.
trouble-register-cause = ملف مفقود أو تالف أو ليس لك أن تغيّره.
trouble-register-next = شغّل الأمر sijil verify في مجلد السجل؛ فهو يسمّي الملف وما ينبغي فعله.
trouble-internal = أخفق البرنامج عند { $thing }.
trouble-internal-cause = هذا خطأ في البرنامج لا في عملك. لم يُحفظ شيء.
trouble-internal-next = حاول من جديد؛ فإن تكرر فأبلغ عما فعلت.
sign-in = افتح المكتب
link-used-up = هذا الرابط استُعمل من قبل
link-used-up-cause = كل رابط يفتح المكتب مرة واحدة في متصفح واحد، كي لا يستعمله أحد بعدك.
link-needed = يلزم رابط لفتح المكتب
link-needed-cause = لا يُفتح المكتب إلا بالرابط الذي طبعته نافذة الأوامر.
link-next = شغّل المكتب من جديد في نافذة الأوامر؛ فيطبع رابطاً جديداً:

## Site
site-lead = كل رقم جواب عن سؤال، ومعه كل حادثة وادعاء وجملة يستند إليها.
site-none = لا رقم في هذا الإصدار.
release = هذا الإصدار
release-holds = فيه { $incidents ->
        [zero] صفر من الحوادث
        [one] حادثة واحدة
        [two] حادثتان
        [few] { $incidents } حوادث
        [many] { $incidents } حادثة
       *[other] { $incidents } حادثة
    } و{ $claims ->
        [zero] صفر من الادعاءات
        [one] ادعاء واحد
        [two] ادعاءان
        [few] { $claims } ادعاءات
        [many] { $claims } ادعاءً
       *[other] { $claims } ادعاء
    }.
release-made = أُعدّ في
release-withheld = ما حُجب منه
about-figure = ما الرقم
about-figure-words = الرقم سؤال يُطرح على سجل من الادعاءات. والادعاء شيء واحد تقوله وثيقة، مربوط بالكلمات التي تقوله. والوثيقة بايتات لا يمكن أن تتغير خفية. وكل خطوة يمكن الرجوع فيها بفتحها.
about-interval = لماذا للعدد حدّان
about-interval-words = تقول البلاغات «على الأقل» أو «عشرات» أو «عدة». الحد الأدنى هو ما تسنده البلاغات، والحد الأعلى رقم فقط حيث يذكر كل بلاغ رقماً. وحيث لا يُذكر يبقى الحد مفتوحاً ولا يُملأ أبداً. غير المعروف ليس صفراً.
about-civilian = من يُعدّ مدنياً
about-civilian-words = يُعدّ الناس مدنيين ما لم يدل دليل على غير ذلك، وحيث لا يكون ذلك إلا بالقاعدة الافتراضية يُذكر. وما يقوله طرف متهم عن ضربته يُعرض موقفاً منه، وليس دليلاً.
about-withheld = ما المحجوب
about-withheld-words = تُحجب الأسماء والكلمات والأماكن التي قد تعرّض أحداً للخطر، وتبيّن الصفحة أين حُجبت ومن أي نوع. وتبقى الأعداد تحتسب الأشخاص.
about-programs = ما قرأ وحدّد الأماكن وربط
verify-lead = لا حاجة بك إلى أن تثق بهذا الموقع ولا بالبرنامج الذي أعدّه. في المجلد نص برمجي يعيد حساب كل شيء من الادعاءات المنشورة.
verify-download = نزّل المجلد كله.
verify-run = شغّل النص البرمجي. يحتاج إلى بايثون وحزمة واحدة للتواقيع:
verify-compare = قارن بصمة المفتاح ببصمة حصلت عليها من طريق آخر، على ورق مثلاً.
verify-key = بصمة المفتاح
verify-checks = ما الذي يتحقق منه
verify-check-intervals = كل مدى، يُعاد حسابه من الادعاءات المنشورة بالقواعد المعمول بها.
verify-check-quotes = كل اقتباس، يُقرأ من جديد من النص المنشور.
verify-check-proofs = كل إثبات، وتوقيع نقطة التحقق.
verify-not = ما لا يستطيع إثباته
verify-not-words = أن ما تقوله وثيقة صحيح، وأن شيئاً آخر لم يحدث. يثبت أن المعروض هو ما في السجل، وأنه لم يتغير منذ نقطة التحقق.

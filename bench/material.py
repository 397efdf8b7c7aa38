"""Made-up reports, lists and texts about Marjan, a country that does not exist: the same for the same number, as many as wanted."""

import random

TOWNS = [("Port Amal", "ميناء الأمل"), ("Qasr Nahr", "قصر النهر"), ("Tell Zaytun", "تل الزيتون"), ("Jisr Sanabil", "جسر السنابل"), ("Umm Kahraman", "أم كهرمان")]
DEAD = [("Three people", "ثلاثة أشخاص"), ("Four people", "أربعة أشخاص"), ("Five people", "خمسة أشخاص"), ("Six people", "ستة أشخاص"), ("Eleven people", "أحد عشر شخصا")]
MONTHS = [("January", "كانون الثاني/يناير"), ("March", "آذار/مارس"), ("April", "نيسان/أبريل"), ("May", "أيار/مايو"), ("June", "حزيران/يونيو"), ("October", "تشرين الأول/أكتوبر")]
TARGETS = [("a market", "سوقا"), ("a school", "مدرسة"), ("a bakery", "مخبزا"), ("a residential building", "مبنى سكنيا"), ("a farm", "مزرعة")]

BACKGROUND_EN = [
    "Residents said the shelling had begun before dawn and that the roads out of the district were closed for most of the day.",
    "The duty officer of the town council told the agency that water had not reached the upper quarters since the beginning of the week.",
    "In the evening the bakeries opened again, and long queues formed in front of the two that still had flour.",
    "A teacher from the eastern quarter described how the pupils were sent home along the river because the bridge could not be used.",
    "The hospital's generator failed twice during the night, and the staff carried patients down to the ground floor.",
    "Prices of diesel have doubled since last month, traders said, and most shops now close in the early afternoon.",
    "Nobody has claimed responsibility, and the spokesman of the coalition did not answer questions that were sent in writing.",
    "Volunteers of the civil defence worked through the rubble with their hands, because the only digger in the town had no fuel.",
    "The harvest of olives, on which half of the families of the valley live, has been left on the trees for the second year.",
    "Telephone lines were interrupted for several hours, which made it hard to confirm what people wrote on social networks.",
]
BACKGROUND_AR = [
    "وقال سكان إن القصف بدأ قبل الفجر وإن الطرق المؤدية إلى خارج المنطقة بقيت مغلقة معظم ساعات النهار.",
    "وأوضح مسؤول في المجلس المحلي أن المياه لم تصل إلى الأحياء العليا منذ بداية الأسبوع.",
    "وفي المساء فتحت الأفران أبوابها من جديد، واصطفت طوابير طويلة أمام فرنين بقي لديهما طحين.",
    "وروت معلمة من الحي الشرقي كيف أعيد التلاميذ إلى بيوتهم بمحاذاة النهر لأن الجسر لم يعد صالحا للعبور.",
    "وتعطل مولد المشفى مرتين خلال الليل، فنقل العاملون المرضى إلى الطابق الأرضي.",
    "وتضاعف سعر المازوت منذ الشهر الماضي بحسب تجار، وصارت معظم المحال تغلق بعد الظهر مبكرا.",
    "ولم تعلن أي جهة مسؤوليتها، ولم يجب المتحدث باسم التحالف عن أسئلة أرسلت إليه كتابة.",
    "وعمل متطوعو الدفاع المدني في الأنقاض بأيديهم، إذ لم يكن في الجرافة الوحيدة في البلدة وقود.",
    "وبقي موسم الزيتون الذي تعيش منه نصف عائلات الوادي على الأشجار للسنة الثانية.",
    "وانقطعت خطوط الهاتف ساعات عدة، مما جعل التحقق مما يكتبه الناس في وسائل التواصل صعبا.",
]

GIVEN = "نديم كريم سليم رائد عادل باسم حسان زياد طارق فادي مازن وائل ياسر أنور بلال جلال خالد سامر عماد غسان هدى سلمى ريم لينا مريم نور دانا هالة سعاد عبير".split()
FAMILY = "القصار اللؤلؤ الصيرفي المرجاني الزيتوني السنابلي النحاس الحداد البستاني الصياد الملاح الخباز النجار العطار الدباغ السمان الفاخوري الكيال الوراق الغزال الشماع القناديل المرفأي الساحلي الجبلي النهري البحري الينبوع الرمان التفاح".split()


def report(number, size=4000):
    """One report of about `size` bytes: an incident with its day, place and dead, and what else such reports tell."""
    choose = random.Random(number)
    (town, town_ar), (dead, dead_ar), (month, month_ar), (target, target_ar) = map(choose.choice, (TOWNS, DEAD, MONTHS, TARGETS))
    day = choose.randint(1, 28)
    arabic = number % 2 == 1
    if arabic:
        text = f"قُتل {dead_ar} في غارة جوية استهدفت {target_ar} في مدينة {town_ar} يوم {day} {month_ar} 2031.\n\nوسُجّل البلاغ برقم {number} لدى غرفة المتابعة.\n\n"
    else:
        text = f"{dead} were killed on {day} {month} 2031 when aircraft of the Southern Coalition bombed {target} in {town}, medics said.\n\nThe report was noted down as number {number} by the duty desk.\n\n"
    background = BACKGROUND_AR if arabic else BACKGROUND_EN
    length = len(text.encode())
    while length < size:
        paragraph = " ".join(choose.sample(background, 3)) + "\n\n"
        text += paragraph
        length += len(paragraph.encode())
    return text


def write_reports(folder, count):
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:06}.txt").write_text(report(number), encoding="utf-8")


def write_list(path, rows):
    """A list of the dead in Arabic: name, age, sex, date, place."""
    choose = random.Random(1)
    with open(path, "w", encoding="utf-8") as out:
        out.write("الاسم,العمر,الجنس,التاريخ,المكان\n")
        for _ in range(rows):
            name = " ".join([choose.choice(GIVEN), choose.choice(GIVEN), choose.choice(GIVEN), choose.choice(FAMILY)])
            day = f"2031-{choose.randint(1, 12):02}-{choose.randint(1, 28):02}"
            out.write(f"{name},{choose.randint(0, 90)},{choose.choice(['ذكر', 'أنثى'])},{day},{choose.choice(TOWNS)[1]}\n")


def write_incidents(path, rows):
    """A sheet of incidents of ten years, seven claims a row: that it happened, when, where, by whom, with what, and how many."""
    choose = random.Random(2)
    with open(path, "w", encoding="utf-8") as out:
        out.write("code,date,place_en,belligerent,strike_type,civ_killed_min,civ_killed_max,children_killed_min,children_killed_max\n")
        for row in range(rows):
            least, children = choose.randint(1, 20), choose.randint(0, 1)
            day = f"{choose.randint(2022, 2031)}-{choose.randint(1, 12):02}-{choose.randint(1, 28):02}"
            out.write(f"K{row},{day},{choose.choice(TOWNS)[0]},{choose.choice(['Northern Front', 'Coral Guard'])},Airstrike,{least},{least + choose.randint(0, 5)},{children},{children}\n")


def write_text(path, size):
    """One text of `size` bytes: report after report."""
    with open(path, "w", encoding="utf-8") as out:
        written, number = 0, 0
        while written < size:
            text = report(number)
            out.write(text)
            written += len(text.encode())
            number += 2

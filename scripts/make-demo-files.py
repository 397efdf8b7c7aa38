#!/usr/bin/env python3
"""Makes the demo documents that cannot be typed by hand: XLSX, CSV in windows-1256, UTF-16 text, DOCX and PDF.

Standard library only; the same bytes out on every machine (fixed times in ZIP members, no
compression level that a zlib version could change: members are stored). Everything in it is made
up: the country Marjan (XM), its places, parties and people. Run from anywhere:

    python3 scripts/make-demo-files.py            writes into crates/sijil/demo/documents
    python3 scripts/make-demo-files.py --check    exits 1 if a file there differs
"""

import datetime
import io
import pathlib
import sys
import zipfile
from xml.sax.saxutils import escape

DOCUMENTS = pathlib.Path(__file__).resolve().parent.parent / "crates" / "sijil" / "demo" / "documents"

# The Arabic list of the dead: name, age, sex, date of death, place, governorate.
ARABIC_LIST_TITLE = "قائمة بأسماء القتلى الموثقين في محافظات الساحل والنهر والجبل حتى 31 تشرين الأول 2031"
ARABIC_LIST_COLUMNS = ["الاسم", "العمر", "الجنس", "تاريخ الوفاة", "المكان", "المحافظة"]
ARABIC_LIST = [
    ("سامر يحيى السنبلي", 41, "ذكر", "2031-09-08", "جسر السنابل", "النهر"),
    ("ليلى نعيم السنبلي", 36, "أنثى", "2031-09-08", "جسر السنابل", "النهر"),
    ("كريم سامر السنبلي", 9, "ذكر", "2031-09-08", "جسر السنابل", "النهر"),
    ("أحمد رشاد القرمزي", 52, "ذكر", "2031-09-08", "جسر السنابل", "النهر"),
    ("فاطمة رشاد القرمزي", 12, "أنثى", "2031-09-08", "جسر السنابل", "النهر"),
    ("عبد الرؤوف جميل البلّوري", 63, "ذكر", "2031-09-08", "جسر السنابل", "النهر"),
    ("إياد منذر الزنبقي", 28, "ذكر", "2031-09-08", "جسر السنابل", "النهر"),
    ("هدى شاكر الكهرماني", 47, "أنثى", "2031-09-09", "جسر السنابل", "النهر"),
    ("طارق وليد الياقوتي", 38, "ذكر", "2031-09-19", "عين الفيروز", "الجبل"),
    ("سعاد حسيب مرزوق", 34, "أنثى", "2031-09-19", "عين الفيروز", "الجبل"),
    ("أنس طارق الياقوتي", 11, "ذكر", "2031-09-19", "عين الفيروز", "الجبل"),
    ("جنى طارق الياقوتي", 7, "أنثى", "2031-09-19", "عين الفيروز", "الجبل"),
    ("رامي طارق الياقوتي", 3, "ذكر", "2031-09-19", "عين الفيروز", "الجبل"),
    ("عمران ثابت البلّوري", 70, "ذكر", "2031-09-30", "خربة البلّور", "النهر"),
    ("سهير زكي الصدفي", 35, "أنثى", "2031-10-11", "قصر النهر - الصفصافة", "النهر"),
    ("يوسف مالك المرمري", 10, "ذكر", "2031-10-11", "قصر النهر - الصفصافة", "النهر"),
    ("رنا مالك المرمري", 8, "أنثى", "2031-10-11", "قصر النهر - الصفصافة", "النهر"),
    ("نبيل حمدان النورس", 55, "ذكر", "2031-10-14", "كفر لؤلؤ", "النهر"),
    ("أمينة صبحي النورس", 50, "أنثى", "2031-10-14", "كفر لؤلؤ", "النهر"),
    ("زياد نبيل النورس", 24, "ذكر", "2031-10-14", "كفر لؤلؤ", "النهر"),
    ("لمى نبيل النورس", 15, "أنثى", "2031-10-14", "كفر لؤلؤ", "النهر"),
    ("سلوى مراد الصدفي", 29, "أنثى", "2031-10-19", "ميناء الأمل", "الساحل"),
    ("مصطفى أيوب الشراعي", 44, "ذكر", "2031-10-22", "أم كهرمان", "النهر"),
    ("رئيفة سليم الطواحني", 39, "أنثى", "2031-10-22", "أم كهرمان", "النهر"),
]

# The list in Latin letters, kept by somebody else with another spelling of the same people.
LATIN_LIST_COLUMNS = ["No", "Full name", "Sex", "Age", "Date of death", "Place", "Governorate"]
LATIN_LIST = [
    ("Samer Yahya Al-Sunbuli", "M", "41", "08/09/2031", "Jisr Sanabil", "Nahr"),
    ("Kareem Samir Al Sonboli", "M", "9", "08/09/2031", "Jisr Sanabil", "Nahr"),
    ("Abdel Raouf Jamil al-Billouri", "M", "63", "08/09/2031", "Jisr Sanabil", "Nahr"),
    ("Nada Iyad Al-Zanbaqi", "F", "6", "08/09/2031", "Jisr Sanabil", "Nahr"),
    ("Bassem Fawzi al-Shahdi", "M", "33", "08/09/2031", "Jisr Sanabil", "Nahr"),
    ("Munir Adib al-Mirsawi", "M", "58", "27/09/2031", "Port Amal, Al-Shira", "Sahel"),
    ("Suhair Zaki Al-Sadafi", "F", "35", "11/10/2031", "Qasr Nahr, Al-Safsafa", "Nahr"),
    ("Yusuf Malik Al-Marmari", "M", "10", "11/10/2031", "Qasr Nahr, Al-Safsafa", "Nahr"),
    ("Rana Malik Al-Marmari", "F", "8", "11/10/2031", "Qasr Nahr, Al-Safsafa", "Nahr"),
    ("Adel Malik Al-Marmari", "M", "5", "11/10/2031", "Qasr Nahr, Al-Safsafa", "Nahr"),
    ("Nabil Hamdan Al Nawras", "M", "55", "14/10/2031", "Kafr Lulu", "Nahr"),
    ("Amina Subhi Al Nawras", "F", "50", "14/10/2031", "Kafr Lulu", "Nahr"),
    ("Maha Ziyad Al Nawras", "F", "2", "14/10/2031", "Kafr Lulu", "Nahr"),
    ("Hatim Salih al-Zumurrudi", "M", "45", "03/11/2031", "Bir Zumurrud", "Sahel"),
    ("Rabab Idris al-Zumurrudi", "F", "40", "03/11/2031", "Bir Zumurrud", "Sahel"),
    ("Jalal Munif al-Shabaki", "M", "42", "21/11/2031", "Ras Yaqut", "Sahel"),
    ("Shadi Jalal al-Shabaki", "M", "16", "21/11/2031", "Ras Yaqut", "Sahel"),
    ("Ismail Farid al-Mawji", "M", "51", "21/11/2031", "Ras Yaqut", "Sahel"),
]

# The second Arabic list: typed in a hurry, without hamzas, with ه for ة and ى for ي, one name stretched.
SECOND_LIST_COLUMNS = ["م", "الاسم الكامل", "الجنس", "العمر", "تاريخ الوفاة", "مكان الوفاة", "المحافظة"]
SECOND_LIST = [
    ("سامر يحيى السنبلي", "ذكر", "41", "08/09/2031", "جسر السنابل", "النهر"),
    ("ليلى نعيم السنبلى", "انثى", "36", "08/09/2031", "جسر السنابل", "النهر"),
    ("فاطمه رشاد القرمزي", "انثى", "12", "08/09/2031", "جسر السنابل", "النهر"),
    ("إيــاد منذر الزنبقي", "ذكر", "28", "08/09/2031", "جسر السنابل", "النهر"),
    ("ندى إياد الزنبقي", "انثى", "6", "08/09/2031", "جسر السنابل", "النهر"),
    ("طارق وليد الياقوتي", "ذكر", "38", "19/09/2031", "عين الفيروز", "الجبل"),
    ("انس طارق الياقوتي", "ذكر", "11", "19/09/2031", "عين الفيروز", "الجبل"),
    ("سهير زكي الصدفي", "انثى", "35", "11/10/2031", "قصر النهر", "النهر"),
    ("نبيل حمدان النورس", "ذكر", "55", "14/10/2031", "كفر لؤلؤ", "النهر"),
    ("زياد نبيل النورس", "ذكر", "24", "14/10/2031", "كفر لؤلؤ", "النهر"),
    ("غسان نبيل النورس", "ذكر", "19", "14/10/2031", "كفر لؤلؤ", "النهر"),
    ("مصطفي ايوب الشراعي", "ذكر", "44", "22/10/2031", "أم كهرمان", "النهر"),
    ("إسراء هلال الشراعي", "انثى", "17", "22/10/2031", "أم كهرمان", "النهر"),
    ("خليل إبراهيم السوسني", "ذكر", "60", "05/11/2031", "كفر سوسن", "الجبل"),
    ("وداد خليل السوسني", "انثى", "22", "05/11/2031", "كفر سوسن", "الجبل"),
    ("نسرين عوض القنديلي", "انثى", "31", "09/11/2031", "تل الزيتون", "الجبل"),
]

TESTIMONY = [
    "شهادة – سوق الخضار",
    "كنت أعمل في السوق منذ سبع سنوات. في صباح ذلك الاثنين كنت أرتّب الصناديق عند البوابة الشرقية حين سمعت صوت الطائرة، ثم وقع الانفجار الأول في وسط السوق والثاني بعده بدقيقة واحدة.",
    "لم يكن في سوق جسر السنابل مقاتلون ولا سلاح ولا مستودع. أقرب حاجز للجبهة الشمالية يبعد عن السوق أكثر من عشرة كيلومترات. من يقول غير ذلك لم يدخل السوق في حياته.",
    "قُتل ابن خالي باسم فوزي الشهدي بجانب بسطته. حملناه إلى السيارة وكان قد فارق الحياة. لا أعرف كم عدد الذين قُتلوا في ذلك اليوم، ولم أبقَ لأعدّ أحداً.",
    "أوافق على حفظ هذه الشهادة على ألا يُذكر اسمي ولا عملي.",
]

BULLETIN = [
    "موجز النهر والساحل – أبرز أحداث شهر تشرين الأول",
    "السبت 1 تشرين الثاني 2031",
    "",
    "كفر لؤلؤ: في 14 تشرين الأول/أكتوبر استهدفت غارة لطيران التحالف الجنوبي منزل عائلة النورس في قرية كفر لؤلؤ بريف جسر السنابل في محافظة النهر، ما أدى إلى مقتل سبعة أشخاص بينهم طفلتان، وإصابة أربعة آخرين.",
    "",
    "أم كهرمان: في 22 تشرين الأول سقطت قذائف هاون أطلقها حرس المرجان على مدرسة تؤوي نازحين في بلدة أم كهرمان بمحافظة النهر، ما أسفر عن مقتل خمسة أشخاص بينهم امرأتان وطفلة، وجرح ثلاثة عشر آخرين.",
    "",
    "بركة الزجل: في الثاني من تشرين الأول قُتل طفل وأصيب طفلان بانفجار لغم زرعته كتيبة الفانوس في قرية بركة الزجل بريف رأس الياقوت في محافظة الساحل.",
    "",
    "وبلغ عدد العائلات التي غادرت أم كهرمان خلال الشهر مئات العائلات، بحسب لجنة الإيواء في البلدة.",
]

REPORT = [
    ("title", "Tidewater Relief - Situation report 7: Nahr governorate, Marjan"),
    ("line", "4 November 2031. Covers 1 to 31 October 2031."),
    ("head", "Qasr Nahr"),
    ("text", "On 11 October an air raid on Al-Safsafa neighbourhood in Qasr Nahr killed a woman and her three"),
    ("text", "children, aged five to ten. Nine people were injured. Residents said that the aircraft belonged to"),
    ("text", "the Southern Coalition."),
    ("head", "Kafr Lulu"),
    ("text", "On 14 October an air strike by the Southern Coalition destroyed a family house in Kafr Lulu, a"),
    ("text", "village in the countryside of Jisr Sanabil, killing eight people, including two girls, and injuring"),
    ("text", "at least four. Our team saw no military position within two kilometres of the house."),
    ("head", "Umm Kahraman"),
    ("text", "On 22 October mortar rounds struck a school used as a shelter in Umm Kahraman. Five people were"),
    ("text", "killed, two of them women, and between 13 and 15 were injured. The school had housed 140 displaced"),
    ("text", "families. It has been closed since."),
    ("head", "Needs"),
    ("text", "About 1,200 families left Umm Kahraman and its villages in October. Tidewater Relief reached 430 of"),
    ("text", "them with blankets and water filters before the road was cut on 25 October."),
]


def zip_bytes(members):
    """A ZIP whose bytes depend on nothing but its members: stored, all dated 1980-01-01."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in members:
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, text.encode("utf-8"))
    return buffer.getvalue()


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def text_cell(reference, text):
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def excel_day(iso):
    """The serial number by which a spreadsheet stores a day (1 = 1900-01-01, with its 1900 leap-day error)."""
    return (datetime.date.fromisoformat(iso) - datetime.date(1899, 12, 30)).days


def make_xlsx():
    """The Arabic list: a title row over a merged cell, a header row, 24 rows, real dates, right to left."""
    rows = [f'<row r="1">{text_cell("A1", ARABIC_LIST_TITLE)}</row>']
    header = "".join(text_cell(f"{'ABCDEF'[i]}2", name) for i, name in enumerate(ARABIC_LIST_COLUMNS))
    rows.append(f'<row r="2">{header}</row>')
    for number, (name, age, sex, day, place, governorate) in enumerate(ARABIC_LIST, start=3):
        cells = [
            text_cell(f"A{number}", name),
            f'<c r="B{number}"><v>{age}</v></c>',
            text_cell(f"C{number}", sex),
            f'<c r="D{number}" s="1"><v>{excel_day(day)}</v></c>',
            text_cell(f"E{number}", place),
            text_cell(f"F{number}", governorate),
        ]
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    sheet = (
        f'{XML}<worksheet xmlns="{SHEET}"><sheetViews><sheetView rightToLeft="1" workbookViewId="0"/></sheetViews>'
        f'<sheetData>{"".join(rows)}</sheetData><mergeCells count="1"><mergeCell ref="A1:F1"/></mergeCells></worksheet>'
    )
    styles = (
        f'{XML}<styleSheet xmlns="{SHEET}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zip_bytes([
        ("[Content_Types].xml",
         f'{XML}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/>'
         f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
         f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/>'
         f'<Override PartName="/xl/styles.xml" ContentType="{main}.styles+xml"/></Types>'),
        ("_rels/.rels", f'{XML}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
        ("xl/workbook.xml", f'{XML}<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets><sheet name="القتلى" sheetId="1" r:id="rId1"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels",
         f'{XML}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
         f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'),
        ("xl/styles.xml", styles),
        ("xl/worksheets/sheet1.xml", sheet),
    ])


def make_docx():
    """The testimony: right-to-left paragraphs, no date, no author in the properties."""
    paragraphs = "".join(
        f'<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for text in TESTIMONY
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zip_bytes([
        ("[Content_Types].xml",
         f'{XML}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'),
        ("_rels/.rels", f'{XML}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'),
        ("word/document.xml", f'{XML}<w:document xmlns:w="{WORD}"><w:body>{paragraphs}<w:sectPr/></w:body></w:document>'),
    ])


def make_pdf():
    """One A4 page of Helvetica, uncompressed, with a correct cross-reference table."""
    operators = ["BT"]
    height = 780
    for kind, text in REPORT:
        size = {"title": 14, "head": 12}.get(kind, 10)
        height -= 26 if kind == "head" else 16
        safe = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        operators.append(f"/F{2 if kind in ('title', 'head') else 1} {size} Tf 1 0 0 1 60 {height} Tm ({safe}) Tj")
    operators.append("ET")
    stream = "\n".join(operators).encode("ascii")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def quoted(field):
    """A field of comma-separated text, in quotation marks where it holds a comma."""
    return f'"{field}"' if "," in field else field


def make_latin_csv():
    lines = [",".join(LATIN_LIST_COLUMNS)]
    lines += [",".join([str(number), *map(quoted, row)]) for number, row in enumerate(LATIN_LIST, start=1)]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def make_second_csv():
    lines = [";".join(SECOND_LIST_COLUMNS)]
    lines += [";".join([str(number), *row]) for number, row in enumerate(SECOND_LIST, start=1)]
    return ("\r\n".join(lines) + "\r\n").encode("cp1256")


def make_bulletin():
    return b"\xff\xfe" + ("\r\n".join(BULLETIN) + "\r\n").encode("utf-16-le")


FILES = {
    "09-qaimat-al-qatla-2031-11-01.xlsx": make_xlsx,
    "10-wardah-centre-names-2031-11-28.csv": make_latin_csv,
    "11-maktab-tell-zaytun-2031-11-15.csv": make_second_csv,
    "15-shahada-souq.docx": make_docx,
    "18-mujaz-al-nahr-wal-sahel-2031-11-01.txt": make_bulletin,
    "19-tidewater-relief-sitrep-07-2031-11-04.pdf": make_pdf,
}


def main():
    differing = []
    for name, make in FILES.items():
        path, content = DOCUMENTS / name, make()
        if "--check" in sys.argv[1:]:
            if not path.is_file() or path.read_bytes() != content:
                differing.append(name)
        else:
            path.write_bytes(content)
            print(f"{name}: {len(content)} bytes")
    for name in differing:
        print(f"{name}: differs from what this script makes; run it without --check", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())

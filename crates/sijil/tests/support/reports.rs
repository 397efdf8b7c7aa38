//! Made-up reports about Marjan, a country that does not exist: by number, so that as many as wanted can be had.

use std::io::{Cursor, Write};

/// Towns of Marjan in English and Arabic.
const TOWNS: [(&str, &str); 4] = [
    ("Port Amal", "ميناء الأمل"),
    ("Qasr Nahr", "قصر النهر"),
    ("Tell Zaytun", "تل الزيتون"),
    ("Jisr Sanabil", "جسر السنابل"),
];
const NUMBERS: [(&str, &str); 4] = [
    ("Three people", "ثلاثة أشخاص"),
    ("Four people", "أربعة أشخاص"),
    ("Five people", "خمسة أشخاص"),
    ("Six people", "ستة أشخاص"),
];
const MONTHS: [(&str, &str); 4] =
    [("March", "آذار/مارس"), ("April", "نيسان/أبريل"), ("May", "أيار/مايو"), ("June", "حزيران/يونيو")];

/// The report of this number: one incident with its day, its place and its dead; odd ones in Arabic. No two are alike.
pub fn report(number: usize) -> String {
    let ((town, town_ar), (dead, dead_ar)) = (TOWNS[number / 2 % 4], NUMBERS[number / 8 % 4]);
    let ((month, month_ar), day) = (MONTHS[number / 3 % 4], number % 28 + 1);
    if number.is_multiple_of(2) {
        format!(
            "{dead} were killed on {day} {month} 2031 when aircraft of the Southern Coalition bombed a market in {town}, medics said.\n\n\
             The report was noted down as number {number} by the duty desk.\n"
        )
    } else {
        format!(
            "قُتل {dead_ar} في غارة جوية استهدفت سوقا في مدينة {town_ar} يوم {day} {month_ar} 2031.\n\n\
             وسُجّل البلاغ برقم {number} لدى غرفة المتابعة.\n"
        )
    }
}

/// A ZIP of these members.
pub fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in members {
        out.start_file(*name, options).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A DOCX with one paragraph a line.
pub fn docx_of(text: &str) -> Vec<u8> {
    let paragraphs: String =
        text.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{paragraphs}</w:body></w:document>"
    );
    zip_of(&[
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";

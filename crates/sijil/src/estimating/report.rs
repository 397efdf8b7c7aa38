//! The report of an estimate: verdict, assumption, methods, overlaps, what the number depends on, and where it is from.

use serde::Serialize;
use serde_json::Value;
use sijil_estimate::CaptureTable;
use sijil_estimate::methods::{Found, Method};
use sijil_estimate::verdict::{Estimate, Reason, Status};

use super::picture::{Row, intervals, lines};
use super::pictured;
use super::sheet::{Block, Sheet};
use crate::terminal::counted;

/// A report's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    English,
    Arabic,
}

impl Tongue {
    pub fn code(self) -> &'static str {
        self.pick("en", "ar")
    }

    /// One of two, by the language.
    pub fn pick<T>(self, english: T, arabic: T) -> T {
        match self {
            Tongue::English => english,
            Tongue::Arabic => arabic,
        }
    }
}

/// The word that stands for a value in JSON.
pub fn code(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(String::from)).unwrap_or_default()
}

/// The report of one file.
pub fn report(name: &str, found: &Estimate, table: &CaptureTable, json: &Value, tongue: Tongue) -> Sheet {
    let mut blocks = vec![Block::Text(verdict(found, tongue))];
    blocks.extend(points(tongue.pick("Why there is no number", "لماذا لا عدد"), &found.reasons, tongue));
    blocks.push(Block::Heading(tongue.pick("What it assumes", "ما يفترضه").to_owned()));
    blocks.push(Block::Text(tongue.pick(&found.assumption, &found.assumption_ar).clone()));
    blocks.extend(points(tongue.pick("To be read beside it", "يُقرأ معه"), &found.warnings, tongue));
    blocks.extend(methods(found, tongue));
    blocks.extend(pictured::posteriors(found, tongue));
    blocks.extend(pictured::histories(table, tongue));
    blocks.extend(pictured::overlaps(found, tongue));
    blocks.extend(pairs(found, tongue));
    blocks.extend(sensitivity(found, tongue));
    blocks.extend(traces(found, tongue));
    blocks.push(Block::Heading(tongue.pick("Where it is from", "من أين هو").to_owned()));
    blocks.push(Block::Points(origins(&json["inputs"], tongue)));
    Sheet {
        title: format!("{}: {name}", tongue.pick("Estimate", "تقدير")),
        language: tongue.code(),
        right_to_left: tongue == Tongue::Arabic,
        blocks,
    }
}

fn verdict(found: &Estimate, tongue: Tongue) -> String {
    let (seen, lists) = (found.observed, found.lists);
    let start = tongue.pick(
        format!("On at least one of {}: {}.", counted(lists, "list"), counted(seen, "person")),
        format!("عدد من هم في قائمة واحدة على الأقل (عدد القوائم {lists}): {seen}."),
    );
    let end = match (&found.headline, found.status) {
        (Some(headline), _) => {
            let (middle, low, high) = (headline.median, headline.low, headline.high);
            tongue.pick(
                format!("With those on none there are about {middle:.0} (95 %: {low:.0} to {high:.0}). This is an estimate under an assumption, and is never added to a count."),
                format!("ومع من ليسوا في أيّ منها نحو {middle:.0} (95 %: من {low:.0} إلى {high:.0}). هذا تقدير قائم على افتراض، ولا يُجمع أبدًا إلى عدد موثّق."),
            )
        }
        (None, Status::NoHeadline) => tongue
            .pick(
                "How many are on none cannot be said with one number.",
                "لا يمكن قول عدد من ليسوا في أيّ منها برقم واحد.",
            )
            .to_owned(),
        (None, _) => tongue
            .pick(
                "How many are on none cannot be said from these lists.",
                "لا يمكن معرفة عدد من ليسوا في أيّ منها من هذه القوائم.",
            )
            .to_owned(),
    };
    format!("{start} {end}")
}

fn points(heading: &'static str, reasons: &[Reason], tongue: Tongue) -> Vec<Block> {
    if reasons.is_empty() {
        return Vec::new();
    }
    let text = |reason: &Reason| tongue.pick(&reason.text, &reason.text_ar).clone();
    vec![Block::Heading(heading.to_owned()), Block::Points(reasons.iter().map(text).collect())]
}

/// A method's name on a page.
pub fn method_name(method: Method, tongue: Tongue) -> &'static str {
    match method {
        Method::Loglinear => tongue.pick("log-linear models", "نماذج لوغاريتمية خطية"),
        Method::Sparse => tongue.pick("sparse stepwise model", "نموذج متدرّج مخفّف"),
        Method::Chao => tongue.pick("lower bound (Chao)", "حدّ أدنى (تشاو)"),
        Method::Dga => tongue.pick("decomposable graphs", "مخططات قابلة للتفكيك"),
        Method::Lcmcr => tongue.pick("latent classes", "فئات كامنة"),
    }
}

fn status_name(found: &Found, tongue: Tongue) -> &'static str {
    match code(&found.status).as_str() {
        "estimated" => tongue.pick("in order", "سليمة"),
        "lower_bound" => tongue.pick("a bound", "حدّ"),
        "refused" => tongue.pick("refused", "مرفوضة"),
        _ => tongue.pick("not run", "لم تُشغَّل"),
    }
}

fn methods(found: &Estimate, tongue: Tongue) -> Vec<Block> {
    if found.methods.is_empty() {
        return Vec::new();
    }
    let whole = |number: Option<f64>| number.map_or("–".to_owned(), |number| format!("{number:.0}"));
    let row = |method: &Found| {
        vec![
            method_name(method.method, tongue).to_owned(),
            status_name(method, tongue).to_owned(),
            whole(method.median),
            whole(method.low),
            whole(method.high),
        ]
    };
    let drawn = found.methods.iter().filter_map(|method| {
        let numbers = [method.low?, method.median?, method.high?];
        Some(Row { name: method_name(method.method, tongue).to_owned(), numbers, dark: method.trusted() })
    });
    let header = tongue.pick(
        vec!["method", "verdict", "middle", "2.5 %", "97.5 %"],
        vec!["الطريقة", "الحكم", "الوسط", "2.5 %", "97.5 %"],
    );
    let told = tongue.pick(
        "The interval of each method, from the people seen on a logarithmic scale; grey where it may not be quoted",
        "فترة كلّ طريقة، من عدد المرصودين على مقياس لوغاريتمي؛ بالرمادي ما لا يُستشهد به",
    );
    vec![
        Block::Heading(tongue.pick("Every method", "كلّ الطرق").to_owned()),
        Block::Picture(intervals(&drawn.collect::<Vec<_>>(), found.observed as f64, told)),
        Block::Table(header, found.methods.iter().map(row).collect()),
    ]
}

/// What the figure is from, in the reader's words.
fn origins(inputs: &Value, tongue: Tongue) -> Vec<String> {
    let words = |key: &str| match key {
        "sha256" => tongue.pick("SHA-256 of the file", "بصمة الملف SHA-256"),
        "table_sha256" => tongue.pick("SHA-256 of its table", "بصمة جدوله SHA-256"),
        "log_position" => tongue.pick("position in the log", "الموضع في السجل"),
        "lists" => tongue.pick("lists", "القوائم"),
        "draws" => tongue.pick("answers to who is who", "الأجوبة لمن هو من"),
        "different_tables" => tongue.pick("different tables among them", "الجداول المختلفة بينها"),
        "people" => tongue.pick("people on the lists", "الناس في القوائم"),
        "records_without_name" => tongue.pick("records without a name", "سجلات بلا اسم"),
        "possibly_inside" => tongue.pick("people possibly inside the question", "من قد يكونون ضمن السؤال"),
        "seed" => tongue.pick("seed", "البذرة"),
        "chains" => tongue.pick("chains", "السلاسل"),
        "version" => tongue.pick("version of the program", "إصدار البرنامج"),
        _ => "",
    };
    let line = |(key, value): (&String, &Value)| {
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join(tongue.pick(", ", "، ")),
            other => other.to_string(),
        };
        match words(key) {
            "" => format!("{key}: {value}"),
            words => format!("{words}: {value}"),
        }
    };
    let found = inputs["found"].as_object().into_iter().flatten();
    let own = inputs.as_object().into_iter().flatten().filter(|(key, _)| *key != "found");
    own.chain(found).map(line).collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Number(number) => number.as_f64().map_or(String::new(), |number| {
            if number < 10.0 && number.fract() != 0.0 { format!("{number}") } else { format!("{number:.0}") }
        }),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join(" + "),
        _ => "–".to_owned(),
    }
}

/// A table of rows of JSON; nothing where there are none.
fn table(rows: &Value, keys: &[&str], heading: &'static str, header: Vec<&'static str>) -> Vec<Block> {
    let rows: Vec<Vec<String>> = rows
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| keys.iter().map(|key| cell(&row[*key])).collect())
        .collect();
    if rows.is_empty() {
        Vec::new()
    } else {
        vec![Block::Heading(heading.to_owned()), Block::Table(header, rows)]
    }
}

fn pairs(found: &Estimate, tongue: Tongue) -> Vec<Block> {
    let heading = tongue.pick("Lists two at a time", "القوائم اثنتين اثنتين");
    let header = tongue.pick(
        vec!["lists", "on both", "Lincoln–Petersen", "Chapman"],
        vec!["القائمتان", "في كلتيهما", "لينكولن–بيترسن", "تشابمان"],
    );
    let pairs = found.sensitivity.get("pairs").unwrap_or(&Value::Null);
    table(pairs, &["lists", "both", "lincoln_petersen", "chapman"], heading, header)
}

fn sensitivity(found: &Estimate, tongue: Tongue) -> Vec<Block> {
    let of = |key: &str| found.sensitivity.get(key).unwrap_or(&Value::Null);
    let heading = tongue.pick("Without each list", "من دون كلّ قائمة");
    let header =
        tongue.pick(vec!["without", "middle", "2.5 %", "97.5 %"], vec!["من دون", "الوسط", "2.5 %", "97.5 %"]);
    let mut blocks = table(of("leave_one_list_out"), &["without", "median", "low", "high"], heading, header);
    let missing = &of("leave_one_list_out_missing")[tongue.pick("text", "text_ar")];
    if let Some(why) = missing.as_str() {
        blocks.extend([Block::Heading(heading.to_owned()), Block::Text(format!("{why}."))]);
    }
    let heading = tongue.pick(
        "If the dependence among all lists at once is ξ (1: none)",
        "إن كان الترابط بين القوائم كلها دفعة واحدة ξ (‏1: لا ترابط)",
    );
    let header = tongue.pick(vec!["ξ", "people"], vec!["ξ", "الناس"]);
    let sweep = of("highest_order");
    blocks.extend(table(sweep, &["xi", "population"], heading, header));
    let curve: Vec<(f64, f64)> = sweep
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|row| Some((row["xi"].as_f64()?, row["population"].as_f64()?)))
        .collect();
    if curve.len() > 1 {
        let told = tongue.pick("People for ξ from ½ to 2", "عدد الناس لكلّ ξ من ½ إلى 2");
        blocks.push(Block::Picture(lines(&[curve], told)));
    }
    blocks
}

/// Chains as they went, at most 300 points each.
fn traces(found: &Estimate, tongue: Tongue) -> Vec<Block> {
    let chains = found.methods.iter().find(|method| method.draws.len() > 1);
    let Some(chains) = chains else { return Vec::new() };
    let thinned = |draws: &Vec<f64>| {
        let step = draws.len().div_ceil(300).max(1);
        draws.iter().enumerate().step_by(step).map(|(at, draw)| (at as f64, *draw)).collect()
    };
    let told = tongue.pick("The draws of each chain in their order", "سحبات كلّ سلسلة على ترتيبها");
    vec![
        Block::Heading(tongue.pick("Chains of latent classes", "سلاسل الفئات الكامنة").to_owned()),
        Block::Picture(lines(&chains.draws.iter().map(thinned).collect::<Vec<_>>(), told)),
    ]
}

//! The verdict on a file: an estimate under a stated assumption, or a refusal with its reasons.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::assumption;
use crate::left_out;
use crate::methods::{self, ClassSettings, Found, Method};
use crate::sensitivity;
use crate::{CaptureTable, EstimateError, Result, Step, Watch, Weighted};

/// Something to know of an estimate, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// A code for programs: `too_few_lists`, `no_mle`, `chains_disagree`, …
    pub code: &'static str,
    /// The same for people, in English.
    pub text: String,
    /// The same in Arabic.
    pub text_ar: String,
}

impl Reason {
    /// A reason in both languages.
    pub fn new(code: &'static str, text: &str, arabic: &str) -> Self {
        Reason { code, text: text.to_owned(), text_ar: arabic.to_owned() }
    }
}

/// What to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Every method; the headline by the rule of [`estimate`].
    Auto,
    /// One method, and its own interval as the headline.
    One(Method),
}

/// How to run it.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Which methods.
    pub asked: Asked,
    /// How latent classes are sampled; the seed is also that of bootstraps.
    pub classes: ClassSettings,
    /// The weight of each cell in the prior of graphs; 2 to the power of minus the number of lists where none is given.
    pub delta: Option<f64>,
    /// The share of true links between two lists that were found, where somebody has audited it.
    pub linking_recall: Option<f64>,
    /// Odds ratios of the highest order to show the missing for; some from ½ to 2 where none is given.
    pub xi: Vec<f64>,
}

impl Settings {
    /// The usual settings of what is asked.
    pub fn usual(asked: Asked) -> Self {
        Settings {
            asked,
            classes: ClassSettings::default(),
            delta: None,
            linking_recall: None,
            xi: Vec::new(),
        }
    }

    fn checked(&self) -> Result<()> {
        let positive = |setting, value: f64| match value.is_finite() && value > 0.0 {
            true => Ok(()),
            false => {
                Err(EstimateError::Setting { setting, value: value.to_string(), allowed: "a number above 0" })
            }
        };
        self.classes.checked()?;
        self.xi.iter().try_for_each(|xi| positive("xi", *xi))?;
        self.delta.map_or(Ok(()), |delta| positive("delta", delta))?;
        match self.linking_recall.filter(|recall| !(*recall > 0.0 && *recall <= 1.0)) {
            Some(recall) => Err(EstimateError::Setting {
                setting: "linking-recall",
                value: recall.to_string(),
                allowed: "a number above 0 and at most 1",
            }),
            None => Ok(()),
        }
    }
}

/// Whether there is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// There is.
    Estimated,
    /// There is none: the table cannot carry it.
    Refused,
    /// Methods that are each in order differ too much for one of them to be the answer.
    NoHeadline,
}

/// The number to be quoted, with the assumption beside it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Headline {
    /// The method, or `envelope`.
    pub method: Value,
    /// The middle.
    pub median: f64,
    /// The lower end, 2.5 %.
    pub low: f64,
    /// The upper end, 97.5 %.
    pub high: f64,
}

/// An estimate, or why there is none.
#[derive(Debug, Clone, Serialize)]
pub struct Estimate {
    /// People on any list, by the likeliest answer to who is who.
    pub observed: u64,
    /// How many lists.
    pub lists: usize,
    /// The verdict.
    pub status: Status,
    /// Why it is not `estimated`.
    pub reasons: Vec<Reason>,
    /// What to print beside the number.
    pub warnings: Vec<Reason>,
    /// Each method.
    pub methods: Vec<Found>,
    /// The number; none unless `estimated`.
    pub headline: Option<Headline>,
    /// What must be true for the number to be, in English.
    pub assumption: String,
    /// The same in Arabic.
    pub assumption_ar: String,
    /// What the number depends on.
    pub sensitivity: Map<String, Value>,
}

impl Estimate {
    /// Whether somebody stopped the run, so that what stands here is not what the same command gives when it is let go on.
    pub fn stopped(&self) -> bool {
        self.methods.iter().flat_map(|method| &method.reasons).any(|reason| reason.code == "stopped")
            || left_out::stopped(&self.sensitivity)
    }

    /// The same, with what is known besides of the lists: a reason against them leaves no headline.
    pub fn with(mut self, against: Vec<Reason>, beside: Vec<Reason>) -> Self {
        if !against.is_empty() {
            (self.status, self.headline) = (Status::Refused, None);
        }
        self.reasons.splice(0..0, against);
        self.warnings.splice(0..0, beside);
        self
    }
}

/// Fewer people than this on two lists or more say too little of how lists overlap.
pub const FEWEST_OVERLAPPING: u64 = 25;
/// Methods whose middles are further apart than this, as a ratio, give no headline.
pub const MOST_APART: f64 = 2.0;

/// Estimates from a file's tables. Under [`Asked::Auto`] the headline is the envelope of the methods
/// that average over models and are in order: from their lowest to their highest end, its middle the median of their
/// middles. No single model's interval holds the doubt about which model is right; the sparse stepwise model, which is
/// one model but has stood behind published figures, takes part in the comparison and not in the envelope.
///
/// # Errors
/// A setting out of its range.
pub fn estimate(tables: &Weighted, settings: &Settings, watch: &dyn Watch) -> Result<Estimate> {
    settings.checked()?;
    let table = tables.first();
    let mut reasons = table_reasons(tables);
    let (mut methods, mut warnings) = (Vec::new(), Vec::new());
    if table.width() >= 3 {
        methods = run(tables, settings, watch)?;
    }
    let by_name = matches!(settings.asked, Asked::One(_));
    for found in &methods {
        warnings.extend(found.warnings.iter().cloned());
        let (against, beside) = weighed(found, by_name);
        reasons.extend(against);
        warnings.extend(beside);
    }
    let trusted: Vec<&Found> = methods.iter().filter(|found| by_name_or_average(found, by_name)).collect();
    let compared: Vec<&Found> = methods.iter().filter(|found| found.trusted()).collect();
    let apart = apart(&compared);
    let mut headline = None;
    let mut status = match (&apart, reasons.is_empty()) {
        (_, false) => Status::Refused,
        (Some(_), true) => Status::NoHeadline,
        (None, true) => {
            headline = envelope(&trusted);
            Status::Estimated
        }
    };
    reasons.extend(apart);
    if headline.is_none() && reasons.is_empty() {
        status = Status::Refused;
        reasons.push(Reason::new(
            "not_run",
            "no method that averages over models can be run on these lists",
            "لا تعمل على هذه القوائم أي طريقة تأخذ متوسط نماذج عدة",
        ));
    }
    warnings.extend(disjoint(&compared));
    let mut sensitivity = sensitivity::of_table(tables, settings);
    sensitivity.insert("between_methods".into(), between(&compared));
    sensitivity.extend(left_out::without_each(table, settings, headline.is_some(), watch));
    if let Some(headline) = headline.as_ref().filter(|_| !by_name) {
        warnings.extend(left_out::moved(&sensitivity, headline.low, headline.high));
    }
    warnings.extend(sensitivity::linkage_decides(&sensitivity));
    warnings.extend(sensitivity::recall_unused(&sensitivity));
    reasons.dedup();
    Ok(Estimate {
        observed: table.observed(),
        lists: table.width(),
        status,
        reasons,
        warnings,
        headline,
        assumption: assumption::in_english(settings.asked),
        assumption_ar: assumption::in_arabic(settings.asked),
        methods,
        sensitivity,
    })
}

/// Runs what is asked for; a method that is not begun because the run was stopped is refused for that.
fn run(tables: &Weighted, settings: &Settings, watch: &dyn Watch) -> Result<Vec<Found>> {
    const ALL: [Method; 5] = [Method::Chao, Method::Loglinear, Method::Sparse, Method::Dga, Method::Lcmcr];
    let asked = match settings.asked {
        Asked::One(method) => vec![method],
        Asked::Auto => ALL.to_vec(),
    };
    let of = |method: Method| {
        if !watch.goes_on(&Step::Begins(method)) {
            return Ok(Found::stopped(method));
        }
        Ok(match method {
            Method::Chao => methods::chao(tables),
            Method::Loglinear => methods::log_linear(tables),
            Method::Sparse => methods::sparse(tables, settings.classes.seed),
            Method::Dga => methods::decomposable(tables, settings.delta),
            Method::Lcmcr => methods::latent_classes(tables, &settings.classes, watch)?,
        })
    };
    asked.into_iter().map(of).collect()
}

/// What a method's own refusal means for the whole: a method asked for by name decides. Otherwise a method without an
/// estimate says something of the table and decides too, except for chains that are merely slow: where they end near
/// each other the method is left out, and that is said.
fn weighed(found: &Found, by_name: bool) -> (Vec<Reason>, Vec<Reason>) {
    let (mut against, mut beside) = (Vec::new(), Vec::new());
    for reason in found.reasons.iter().cloned() {
        match reason.code {
            _ if by_name => against.push(reason),
            "not_run" => {}
            "chains_disagree" if found.chains_near() => beside.push(reason),
            _ => against.push(reason),
        }
    }
    (against, beside)
}

fn by_name_or_average(found: &Found, by_name: bool) -> bool {
    if by_name {
        found.median.is_some() && found.reasons.is_empty()
    } else {
        found.trusted() && found.averages()
    }
}

/// What the table itself says against any estimate from it.
fn table_reasons(tables: &Weighted) -> Vec<Reason> {
    let table = tables.first();
    let mut reasons = Vec::new();
    if table.width() < 3 {
        let text = format!(
            "there are {} lists, and with fewer than three how many are missing rests on their being independent, which they cannot show",
            table.width()
        );
        let arabic = format!(
            "عدد القوائم {}، ومع أقلّ من ثلاث لا يقوم عدد الغائبين إلا على افتراض أنها مستقلة، وهذا ما لا تستطيع هي إثباته",
            table.width()
        );
        return vec![Reason::new("too_few_lists", &text, &arabic)];
    }
    let overlapping = tables.tables().iter().map(|(table, _)| table.overlapping()).min().unwrap_or(0);
    if overlapping < FEWEST_OVERLAPPING {
        let text = format!(
            "{overlapping} people are on two lists or more; fewer than {FEWEST_OVERLAPPING} say too little of how lists overlap"
        );
        let arabic = format!(
            "عدد من هم في قائمتين أو أكثر {overlapping}؛ وما دون {FEWEST_OVERLAPPING} لا يكفي لمعرفة كيف تتقاطع القوائم"
        );
        reasons.push(Reason::new("too_sparse", &text, &arabic));
    }
    let (empty, pairs) = table.empty_pairs();
    if 2 * empty > pairs {
        let text = format!("{empty} of {pairs} pairs of lists share nobody");
        let arabic = format!("من {pairs} أزواج القوائم {empty} لا يشترك فيها أحد");
        reasons.push(Reason::new("too_sparse", &text, &arabic));
    }
    reasons.extend(chosen_without_estimate(table));
    reasons
}

/// With three lists the model of all three pairs is the largest that there is; a table on which it has no estimate is
/// too thin to tell dependent lists from independent ones, whatever smaller model a criterion prefers.
fn chosen_without_estimate(table: &CaptureTable) -> Option<Reason> {
    use crate::loglinear::{CellCounts, Model, existence};
    let pairs = [0b011, 0b101, 0b110];
    let full = Model::generated(3, &pairs);
    (table.width() == 3 && !existence(&CellCounts::new(table), &full, false).holds()).then(|| {
        let text = "the log-linear model in which every pair of lists may depend has no maximum likelihood estimate on this table";
        Reason::new("no_mle", text, "ليس للنموذج الذي قد تترابط فيه كل قائمتين تقدير أرجحية عظمى على هذا الجدول")
    })
}

/// Methods too far apart.
fn apart(trusted: &[&Found]) -> Option<Reason> {
    let (least, most) = ends(trusted)?;
    (most > MOST_APART * least).then(|| {
        let text = format!(
            "methods that are each in order say {least:.0} and {most:.0}: which assumption is right decides, and the lists cannot say"
        );
        let arabic = format!(
            "طرق سليمة كلّ منها على حدة تقول {least:.0} و{most:.0}: الجواب رهن بأيّ الافتراضات صحيح، والقوائم لا تقول ذلك"
        );
        Reason::new("methods_disagree", &text, &arabic)
    })
}

fn ends(trusted: &[&Found]) -> Option<(f64, f64)> {
    let medians: Vec<f64> = trusted.iter().filter_map(|found| found.median).collect();
    let least = medians.iter().copied().reduce(f64::min)?;
    Some((least, medians.iter().copied().reduce(f64::max)?))
}

fn between(trusted: &[&Found]) -> Value {
    ends(trusted).map_or(Value::Null, |(least, most)| json!({ "lowest": least, "highest": most }))
}

fn disjoint(trusted: &[&Found]) -> Option<Reason> {
    let low = trusted.iter().filter_map(|found| found.low).reduce(f64::max)?;
    let high = trusted.iter().filter_map(|found| found.high).reduce(f64::min)?;
    (low > high).then(|| {
        Reason::new(
            "intervals_disjoint",
            "the intervals of two methods have nothing in common",
            "لا تشترك فترتا طريقتين في شيء",
        )
    })
}

fn envelope(trusted: &[&Found]) -> Option<Headline> {
    let mut medians: Vec<f64> = trusted.iter().filter_map(|found| found.median).collect();
    medians.sort_by(f64::total_cmp);
    let method = match trusted {
        [] => return None,
        [only] => json!(only.method),
        _ => json!("envelope"),
    };
    Some(Headline {
        method,
        median: crate::summary::quantile(&medians, 0.5),
        low: trusted.iter().filter_map(|found| found.low).reduce(f64::min)?,
        high: trusted.iter().filter_map(|found| found.high).reduce(f64::max)?,
    })
}

//! What stands in a report: a figure with its rows, its picture, what stands beside it, its method and its incidents.
//!
//! No words of a document and no name of a person stand in it: whoever may see those opens the incident.

use std::collections::BTreeMap;

use sijil_count::contested::Contested;
use sijil_count::reconcile::Reconciled;
use sijil_count::{Figure, Printed, Rate, Record, Row as FigureRow, RuleSet, Tally, per_in_words, rule_text};
use sijil_model::codebook::{AggregateKind, Harm};
use sijil_model::date::Membership;
use sijil_model::{Bounds, Interval, Language, Upper};
use sijil_publish::small::{self, KeptBack, is_small};
use sijil_register::View;
use sijil_register::ask::IncidentRow;

use super::words::Words;
use super::{Block, Picture, Piece, Report, Row};
use crate::asking;
use crate::failure::Failure;
use crate::stages::Stages;

/// A report of figures in one language. Each comes with the title that a person gave it, where there is one.
///
/// # Errors
/// Those of the register.
pub fn compose(
    view: &View,
    stages: &Stages,
    figures: &[(Option<String>, Figure)],
    language: Language,
    title: Option<&str>,
) -> Result<Report, Failure> {
    let words = Words(language);
    let uncompared = view.uncompared_incidents()?;
    let mut blocks = Vec::new();
    for (place, (given, figure)) in figures.iter().enumerate() {
        let name = format!("{}-{}", language.code(), place + 1);
        let at = figure.log_position.unwrap_or_default();
        let mut incidents = BTreeMap::new();
        for record in &figure.records {
            incidents.insert(record.id.as_str(), view.incident(record.id.as_str(), at)?);
        }
        let rules = RuleSet::named(&figure.question.rules)?;
        let told = Told { words: &words, view, stages, figure, rules, incidents, uncompared, name };
        blocks.extend(told.blocks(given.as_deref()));
    }
    let title = title.map_or_else(|| words.report().to_owned(), str::to_owned);
    Ok(Report { language, title, blocks })
}

struct Told<'a> {
    words: &'a Words,
    view: &'a View,
    stages: &'a Stages,
    figure: &'a Figure,
    rules: RuleSet,
    incidents: BTreeMap<&'a str, IncidentRow>,
    /// How many reports of incidents were compared with no others yet.
    uncompared: u64,
    /// The beginning of every anchor of this figure.
    name: String,
}

impl Told<'_> {
    fn language(&self) -> Language {
        self.words.0
    }

    fn blocks(&self, given: Option<&str>) -> Vec<Block> {
        let question = &self.figure.question;
        let in_words = question.in_words(self.language());
        let heading = given.map_or_else(|| in_words.clone(), str::to_owned);
        let mut blocks = vec![self.heading(2, None, heading)];
        if given.is_some() {
            blocks.push(Block::Text(vec![Piece::Said(in_words)]));
        }
        blocks.push(Block::Points(self.headline()));
        blocks.extend(self.rows());
        blocks.extend(self.beside());
        blocks.extend(self.contested());
        blocks.extend(self.left_out());
        blocks.extend(self.methods());
        blocks.extend(self.records());
        blocks
    }

    fn heading(&self, level: u8, anchor: Option<&str>, text: impl Into<String>) -> Block {
        Block::Heading { level, anchor: anchor.map(|anchor| self.anchor(anchor)), text: text.into() }
    }

    fn anchor(&self, part: &str) -> String {
        format!("{}-{part}", self.name)
    }

    /// A sum as a number that opens; of the living none so small that it points at somebody.
    fn number(&self, tally: &Tally, opens: &str) -> Piece {
        self.number_or_withheld(tally, opens, is_small(self.figure.question.harm, tally))
    }

    fn number_or_withheld(&self, tally: &Tally, opens: &str, withheld: bool) -> Piece {
        if withheld {
            return Piece::words(self.words.withheld());
        }
        Piece::Number { text: asking::in_words(tally, self.language()), opens: self.anchor(opens) }
    }

    fn headline(&self) -> Vec<Vec<Piece>> {
        let (words, figure) = (self.words, self.figure);
        let mut points = vec![vec![Piece::words(words.certainly()), self.number(&figure.inside, "inside")]];
        if figure.possibly_inside.incidents > 0 {
            points
                .push(vec![Piece::words(words.possibly()), self.number(&figure.possibly_inside, "possibly")]);
        }
        if let Some(as_one) = &figure.as_one {
            let sum = self.number(&as_one.inside, "inside");
            points.push(vec![Piece::words(words.as_one(as_one)), sum]);
        }
        if self.uncompared > 0 {
            points.push(vec![Piece::words(words.uncompared())]);
        }
        if let Some(highest) =
            figure.inside.highest_reported.filter(|highest| Some(*highest) > figure.inside.min)
            && !is_small(figure.question.harm, &figure.inside)
        {
            let number = Piece::Number { text: highest.to_string(), opens: self.anchor("inside") };
            points.push(vec![Piece::words(words.highest()), number]);
        }
        if let Some(rate) = &figure.rate {
            points.extend(self.rate(rate));
        }
        if let Some(why) = &figure.no_rate {
            let place = asking::place_in_words(self.stages, &why.place);
            points.push(vec![Piece::words(words.no_rate()), Piece::Said(format!("{place}, {}", why.period))]);
        }
        let named = figure.inside.named;
        if named.high > 0 && figure.question.harm == Harm::Killed {
            let text = if named.low == named.high {
                named.low.to_string()
            } else {
                format!("{}–{}", named.low, named.high)
            };
            points.push(vec![
                Piece::words(words.named()),
                Piece::Number { text, opens: self.anchor("inside") },
            ]);
        }
        for place in &figure.question.places {
            points.push(vec![
                Piece::words(words.asked_place()),
                Piece::Said(asking::place_in_words(self.stages, place)),
            ]);
        }
        if let Some(period) = &figure.question.period {
            points.push(vec![Piece::words(words.period()), Piece::Code(period.to_string())]);
        }
        let at = figure.log_position.unwrap_or_default();
        let command = format!("sijil count{} --at {at}", figure.question.options());
        points.push(vec![Piece::words(words.command()), Piece::Code(command)]);
        points
    }

    /// A rate and what it is divided by; of the living none where the number itself is withheld.
    fn rate(&self, rate: &Rate) -> Vec<Vec<Piece>> {
        let (language, figure) = (self.language(), self.figure);
        let per = format!("{}: ", per_in_words(rate.of, language));
        let number = |ends: &sijil_count::rate::Ends, tally: &Tally, opens: &str| {
            if is_small(figure.question.harm, tally) {
                return Piece::words(self.words.withheld());
            }
            Piece::Number { text: ends.text(language), opens: self.anchor(opens) }
        };
        let mut points = vec![vec![Piece::Said(per.clone()), number(&rate.inside, &figure.inside, "inside")]];
        if figure.possibly_inside.incidents > 0 {
            let ends = number(&rate.possibly_inside, &figure.possibly_inside, "possibly");
            points.push(vec![Piece::words(self.words.possibly()), Piece::Said(per), ends]);
        }
        for one in &rate.populations {
            let people = Printed::of_interval(one.people).text(language);
            let place = asking::place_in_words(self.stages, &one.place);
            let source = asking::list_name(self.view, &one.source, language);
            let mut point = vec![
                Piece::words(self.words.divided_by()),
                Piece::Said(format!("{people} · {place} · {} · {source}", one.period)),
            ];
            point.extend(one.cited.iter().flat_map(|cited| [self.words.and(), Piece::Said(cited.clone())]));
            point.extend([self.words.and(), Piece::Code(format!("sijil show {}", one.id))]);
            points.push(point);
        }
        points
    }

    /// The breakdown as a table and as a picture; what each number is made of follows in lists.
    fn rows(&self) -> Vec<Block> {
        let figure = self.figure;
        if figure.rows.is_empty() {
            return Vec::new();
        }
        let label = |row: &FigureRow| {
            let keys = row.key.iter().map(|(by, key)| {
                asking::row_label(*by, key.as_deref(), (self.view, self.stages), self.language())
            });
            keys.map(|key| key.unwrap_or_else(|| self.words.not_known().to_owned())).collect::<Vec<_>>()
        };
        let mut header: Vec<String> =
            figure.question.by.iter().map(|by| by.label(self.language()).to_owned()).collect();
        header
            .sort_by_key(|label| figure.rows[0].key.keys().position(|by| by.label(self.language()) == label));
        header.extend(self.words.rows().map(str::to_owned));
        let withheld = small::rows_kept_back(figure);
        let row = |(place, row): (usize, &FigureRow)| {
            let opens = format!("row-{place}");
            let mut cells: Vec<Vec<Piece>> =
                label(row).into_iter().map(|key| vec![Piece::Said(key)]).collect();
            cells.push(vec![self.number_or_withheld(&row.inside, &opens, withheld[place])]);
            let possibly = (row.possibly_inside.incidents > 0)
                .then(|| self.number_or_withheld(&row.possibly_inside, &opens, withheld[place]));
            cells.push(possibly.into_iter().collect());
            Row { anchor: None, cells }
        };
        let mut blocks = vec![Block::Table(header, figure.rows.iter().enumerate().map(row).collect())];
        if figure.rows_overlap {
            let by_list = figure.question.by.contains(&sijil_count::By::List);
            let words = if by_list { self.words.overlap_of_lists() } else { self.words.overlap() };
            blocks.push(Block::Text(vec![Piece::words(words)]));
        }
        let drawn: Vec<&FigureRow> = figure
            .rows
            .iter()
            .zip(&withheld)
            .filter(|(_, withheld)| !**withheld)
            .map(|(row, _)| row)
            .collect();
        blocks.push(Block::Picture(Picture {
            told: self.words.picture().to_owned(),
            rows: drawn.iter().map(|row| (isolated(&label(row)), row.inside.clone())).collect(),
            right_to_left: self.language() == Language::Ar,
        }));
        blocks
    }

    /// Claims about many incidents, with what is documented of them and the question that says so.
    fn beside(&self) -> Vec<Block> {
        let claims: Vec<&Reconciled> =
            self.figure.reconciled.iter().filter(|claim| claim.kind == AggregateKind::Total).collect();
        if claims.is_empty() {
            return Vec::new();
        }
        let [claimed, inside, possibly, asked] = self.words.claimed();
        let mut points = Vec::new();
        for claim in claims {
            let mut point = vec![
                Piece::words(claimed),
                Piece::Said(range(claim.claimed)),
                Piece::words(" ("),
                Piece::Code(format!("sijil show {}", claim.aggregate)),
                Piece::words(")"),
            ];
            if let (Some(certain), Some(perhaps), Some(question)) =
                (&claim.inside, &claim.possibly_inside, &claim.asks)
            {
                let said = |tally: &Tally| match is_small(question.harm, tally) {
                    true => Piece::words(self.words.withheld()),
                    false => Piece::Said(asking::in_words(tally, self.language())),
                };
                point.extend([
                    self.words.and(),
                    Piece::words(inside),
                    said(certain),
                    self.words.and(),
                    Piece::words(possibly),
                    said(perhaps),
                ]);
                point.extend([
                    self.words.and(),
                    Piece::words(asked),
                    Piece::Code(format!("sijil count{}", question.options())),
                ]);
            }
            let why = if self.language() == Language::En { &claim.why } else { &claim.why_ar };
            point.extend(why.iter().flat_map(|why| [self.words.and(), Piece::Said(why.clone())]));
            points.push(point);
        }
        vec![self.heading(3, None, self.words.beside()), Block::Points(points)]
    }

    fn contested(&self) -> Vec<Block> {
        if self.figure.contested.is_empty() {
            return Vec::new();
        }
        let point = |one: &Contested| {
            let mut point = vec![Piece::words(one.kind.label(self.language()))];
            if let Some(incident) = &one.incident {
                point.extend([Piece::words(": "), Piece::Code(format!("sijil show {incident}"))]);
            }
            point
        };
        vec![
            self.heading(3, None, self.words.contested()),
            Block::Points(self.figure.contested.iter().map(point).collect()),
        ]
    }

    fn left_out(&self) -> Vec<Block> {
        if self.figure.excluded.is_empty() {
            return Vec::new();
        }
        let points = self.figure.excluded.iter().map(|out| {
            vec![
                Piece::Code(out.id.to_string()),
                Piece::words(": "),
                Piece::words(self.words.why_left_out(out.code)),
            ]
        });
        vec![self.heading(3, None, self.words.left_out()), Block::Points(points.collect())]
    }

    fn methods(&self) -> Vec<Block> {
        let (words, figure) = (self.words, self.figure);
        let mut blocks = vec![self.heading(3, None, words.methods())];
        blocks.push(Block::Text(vec![Piece::words(words.method(&figure.question).join(" "))]));
        let at = format!("{}, {}", figure.rules, figure.log_position.unwrap_or_default());
        blocks.push(Block::Text(vec![Piece::words(words.rule_set()), Piece::Code(at)]));
        let mut used: BTreeMap<&str, u64> = BTreeMap::new();
        for rule in figure.records.iter().filter_map(|record| record.rule.as_ref()) {
            *used.entry(rule.as_str()).or_default() += 1;
        }
        let rules = used.into_iter().map(|(rule, incidents)| {
            let text = rule_text(rule, self.language()).unwrap_or_default();
            let number = Piece::Number { text: words.incidents(incidents), opens: self.anchor("inside") };
            vec![
                number,
                Piece::words(words.by_rule()),
                Piece::Code(rule.to_owned()),
                Piece::words(": "),
                Piece::Said(text.to_owned()),
            ]
        });
        blocks.push(Block::Points(rules.collect()));
        let note = |note: &sijil_count::Watched| {
            let mut point = vec![
                Piece::words(words.watched()),
                Piece::Said(note.when_and_where()),
                Piece::words(": "),
                Piece::Said(note.searched.clone()),
                Piece::words(" "),
                Piece::Code(note.id.clone()),
            ];
            if !note.dark.is_empty() {
                point.extend([Piece::words(words.dark()), Piece::Said(note.dark.join(", "))]);
            }
            point
        };
        let mut watched: Vec<Vec<Piece>> = figure.watched.iter().map(note).collect();
        if watched.is_empty() {
            watched.push(vec![Piece::words(words.nobody_watched())]);
        }
        blocks.push(Block::Points(watched));
        blocks
    }

    /// What every number is made of: the incidents inside, those possibly inside, and those of each row.
    fn records(&self) -> Vec<Block> {
        let withheld = small::records_kept_back(self.figure, self.kept_by_incidents());
        let part = |membership: Membership| {
            let records = self.figure.records.iter().zip(&withheld);
            let apart = membership == Membership::PossiblyInside;
            let is_here = move |record: &Record| self.figure.question.keeps_apart(record.membership) == apart;
            let records = records.filter(move |(record, _)| is_here(record));
            records.map(|(record, withheld)| self.record(record, *withheld)).collect::<Vec<Row>>()
        };
        let header = || self.words.record_header().map(str::to_owned).to_vec();
        let mut blocks = vec![self.heading(3, Some("inside"), self.words.records())];
        for (membership, anchor) in
            [(Membership::Inside, None), (Membership::PossiblyInside, Some("possibly"))]
        {
            let rows = part(membership);
            if let Some(anchor) = anchor.filter(|_| !rows.is_empty()) {
                blocks.push(self.heading(3, Some(anchor), self.words.rows()[1]));
            }
            if !rows.is_empty() {
                blocks.push(Block::Table(header(), rows));
            } else if membership == Membership::Inside {
                blocks.push(Block::Text(vec![Piece::words(self.words.none())]));
            }
        }
        for (place, row) in self.figure.rows.iter().enumerate() {
            let keys = row.key.iter().map(|(by, key)| {
                asking::row_label(*by, key.as_deref(), (self.view, self.stages), self.language())
            });
            let title: Vec<String> =
                keys.map(|key| key.unwrap_or_else(|| self.words.not_known().to_owned())).collect();
            blocks.push(self.heading(3, Some(&format!("row-{place}")), title.join(" · ")));
            let mut line = Vec::new();
            for id in &row.records {
                line.extend([
                    Piece::Number { text: id.to_string(), opens: self.anchor(id.as_str()) },
                    Piece::words(" "),
                ]);
            }
            blocks.push(Block::Text(line));
        }
        blocks
    }

    /// Of each record whether its incident keeps that number back beside its others.
    fn kept_by_incidents(&self) -> Vec<bool> {
        let asked = &self.figure.question;
        let of = (asked.harm, asked.class, asked.status.map(sijil_count::Standing::status));
        let kept = |record: &Record| {
            let row = self.incidents.get(record.id.as_str());
            row.is_some_and(|row| KeptBack::of_rows(&row.incident.casualties(&self.rules)).holds(of))
        };
        self.figure.records.iter().map(kept).collect()
    }

    fn record(&self, record: &Record, withheld: bool) -> Row {
        let row = self.incidents.get(record.id.as_str());
        let place = row.map(|row| asking::where_it_was(self.stages, row, self.language()));
        let interval =
            Interval::new(record.min, record.highest_reported, record.max).unwrap_or(Interval::UNKNOWN);
        let number = if withheld {
            self.words.withheld().to_owned()
        } else {
            Printed::of_interval(interval).text(self.language())
        };
        let rule = record.rule.as_ref().map(|rule| Piece::Code(rule.to_string()));
        let claims =
            record.claims.iter().flat_map(|claim| [Piece::words(" "), Piece::Code(claim.to_string())]);
        Row {
            anchor: Some(self.anchor(record.id.as_str())),
            cells: vec![
                vec![Piece::Said(row.map(|row| days(row.incident.when)).unwrap_or_default())],
                vec![Piece::Said(place.unwrap_or_default())],
                vec![Piece::Said(number)],
                rule.into_iter().collect(),
                vec![Piece::Code(record.id.to_string())],
                claims.skip(1).collect(),
            ],
        }
    }
}

/// The keys of a row in one line, each in its own direction: a month beside an Arabic name is else read backwards.
fn isolated(keys: &[String]) -> String {
    keys.iter().map(|key| format!("\u{2068}{key}\u{2069}")).collect::<Vec<_>>().join(" · ")
}

/// The days between which something was, as EDTF writes them.
fn days(when: Bounds) -> String {
    match (when.earliest, when.latest) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (None, None) => String::new(),
        (first, last) => {
            let end =
                |day: Option<sijil_model::Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
            format!("{}/{}", end(first), end(last))
        }
    }
}

/// A claimed number, from its lower to its upper end.
fn range((low, high): (Option<u64>, Upper)) -> String {
    match (low, high) {
        (Some(low), Upper::Known(high)) if low == high => low.to_string(),
        (Some(low), Upper::Known(high)) => format!("{low}–{high}"),
        (Some(low), Upper::Open | Upper::Unknown) => format!("{low}+"),
        (None, Upper::Known(high)) => format!("≤ {high}"),
        (None, Upper::Open | Upper::Unknown) => "?".to_owned(),
    }
}

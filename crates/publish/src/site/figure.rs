//! A figure's page.

use sijil_count::{By, Question, RuleSet, Tally, rule_text};
use sijil_model::{Coded, Edtf, IncidentId, Interval, Language, PlaceId, Sum};
use sijil_page::view::{
    Act, AsOneLine, ExcludedLine, FigurePage, Link, Named, Part, PersonLine, PopulationLine,
    Question as Asked, RateEnds, RateLine, ReconciledLine, RecordLine, RowKey, RowLine, RuleLine, Rules,
    Shown, Withheld,
};

use super::{Room, is_empty};
use crate::figures::{ReleasedFigure, ReleasedRecord, ReleasedRow, WITHHELD, sum_of};
use crate::incidents::ReleasedPerson;
use crate::rates::{ReleasedPopulation, ReleasedRate};

/// Whom a sum names.
fn named(tally: &Tally) -> Named {
    let sijil_count::Named { low, median, high } = tally.named;
    Named { low, median, high }
}

impl Room<'_> {
    pub(super) fn figure(&self, figure: &ReleasedFigure) -> FigurePage {
        let by_id = |suffix: &str| self.file(&format!("data/{suffix}"));
        let named = named(&figure.inside);
        FigurePage {
            id: Some(figure.id.clone()),
            title: self.given_title(figure),
            question: self.question(&figure.question),
            sum: sum_of(&figure.inside),
            possibly: sum_of(&figure.possibly_inside),
            // No release is made while any is.
            uncompared: 0,
            as_one: figure.as_one.as_ref().map(|one| AsOneLine {
                incidents: one.incidents,
                strikes: one.strikes,
                sum: one.inside.as_ref().map(sum_of),
                possibly: one.possibly_inside.as_ref().map(sum_of).filter(|sum| sum.incidents > 0),
                href: None,
            }),
            rate: figure.rate.as_ref().map(|rate| self.rate(rate, sum_of(&figure.inside))),
            no_rate: None,
            named: (named.high > 0).then_some(named),
            position: figure.log_position.unwrap_or_default(),
            rules: self.rules(figure),
            watched: self.watched(&figure.watched),
            paging: None,
            inside: self.records(figure, false),
            possibly_inside: self.records(figure, true),
            excluded: self.excluded(figure),
            reconciled: self.reconciled(figure),
            contested: self.contested(figure),
            people: self.people(figure),
            by: figure.question.by.iter().map(|by| by.code().to_owned()).collect(),
            rows: self.rows(figure),
            downloads: ["figures.json", "figures.csv", "claims.json", "rules.json"].map(by_id).to_vec(),
            today: None,
            save: None,
            reject: None,
            notice: None,
        }
    }

    pub(super) fn question(&self, question: &Question) -> Asked {
        Asked::naming(
            question,
            question.actors.iter().map(|actor| self.actor(actor.as_str())).collect(),
            question.places.iter().map(|place| self.place_of_question(place)).collect(),
        )
    }

    /// A rate with who says how many people there were; the entries of the log are not on the site.
    fn rate(&self, rate: &ReleasedRate, divided: Sum) -> RateLine {
        let ends = |ends: &sijil_count::rate::Ends| {
            let (low, high) = ends.printed();
            RateEnds { low, high }
        };
        let population = |one: &ReleasedPopulation| PopulationLine {
            people: one.people,
            place: self.place_of_question(&one.place),
            period: one.period.clone(),
            source: Link {
                text: match &one.source {
                    Shown::Open(names) => Shown::Open(names[self.language as usize].get().clone()),
                    Shown::Withheld(why) => Shown::Withheld(*why),
                },
                href: None,
            },
            cited: one.cited.as_ref().map(|cited| Shown::Open(cited.get().clone())),
            act: Act { entry: None, by: None, at: one.noted.clone() },
        };
        RateLine {
            of: rate.of,
            inside: ends(&rate.inside),
            possibly: ends(&rate.possibly_inside),
            divided,
            people: rate.people,
            populations: rate.populations.iter().map(population).collect(),
        }
    }

    fn place_of_question(&self, place: &PlaceId) -> String {
        let named = self.site.around.place(place);
        named
            .and_then(|named| self.either(named.en.as_ref(), named.ar.as_ref()))
            .unwrap_or_else(|| place.to_string())
    }

    pub(super) fn rules(&self, figure: &ReleasedFigure) -> Rules {
        let mut used: std::collections::BTreeMap<_, u64> = std::collections::BTreeMap::new();
        for rule in figure.records.iter().filter_map(|record| record.rule.clone()) {
            *used.entry(rule).or_default() += 1;
        }
        let about =
            RuleSet::named(&figure.question.rules).ok().map(|set| set.title(self.language).to_owned());
        let line = |(id, records): (sijil_model::RuleId, u64)| RuleLine {
            about: rule_text(id.as_str(), self.language).map(str::to_owned),
            id,
            records,
        };
        Rules { name: figure.rules.clone(), about, used: used.into_iter().map(line).collect() }
    }

    fn records(&self, figure: &ReleasedFigure, possibly: bool) -> Vec<RecordLine> {
        let is_here = |record: &&ReleasedRecord| figure.question.keeps_apart(record.membership) == possibly;
        let mut lines: Vec<RecordLine> =
            figure.records.iter().filter(is_here).filter_map(|record| self.record(record)).collect();
        let pool = if possibly { figure.pooled.possibly_inside } else { figure.pooled.inside };
        lines.extend(pool.and_then(|pool| self.pool(&pool)));
        lines
    }

    fn record(&self, record: &ReleasedRecord) -> Option<RecordLine> {
        let interval = record.interval?;
        let claims = record.claims.iter().filter_map(|id| self.site.index.claims.get(id));
        Some(RecordLine {
            incident: self.title(&record.key, &record.record)?,
            interval,
            rule: record.rule.clone(),
            default_civilian: record.rule.as_ref().is_some_and(|rule| rule.as_str() == "civilian-by-default"),
            conflicting: matches!(
                record.contradiction,
                Some(sijil_count::Contradiction::ConflictingDecisions { .. })
            ),
            why_possibly: record.why_possibly,
            claims: claims.map(|claim| self.claim(claim, true)).collect(),
        })
    }

    /// What is added up because its parts are too small, as one record without a name.
    fn pool(&self, sum: &Sum) -> Option<RecordLine> {
        if is_empty(sum) {
            return None;
        }
        let incident = self.closed_title(IncidentId::new("pooled").ok()?, Withheld::Living);
        let interval = Interval::new(Some(sum.min), Some(sum.highest_reported), sum.max).ok()?;
        Some(RecordLine {
            incident,
            interval,
            rule: None,
            default_civilian: false,
            conflicting: false,
            why_possibly: None,
            claims: Vec::new(),
        })
    }

    fn excluded(&self, figure: &ReleasedFigure) -> Vec<ExcludedLine> {
        let line = |one: &crate::figures::ReleasedExclusion| {
            let why = match &one.reason {
                Some(reason) => Shown::Open(reason.get().clone()),
                None => Shown::Withheld(Withheld::NotCleared),
            };
            Some(ExcludedLine { incident: self.title(&one.key, &one.record)?, why, act: None })
        };
        figure.excluded.iter().filter_map(line).collect()
    }

    fn reconciled(&self, figure: &ReleasedFigure) -> Vec<ReconciledLine> {
        let line = |one: &crate::figures::ReleasedReconciliation| {
            let claim = self.site.claims.get(&one.key)?;
            let why = if self.language == Language::En { &one.why } else { &one.why_ar };
            Some(ReconciledLine {
                claim: self.claim(claim, true),
                claimed: one.claimed,
                inside: one.inside.as_ref().map(sum_of).unwrap_or_default(),
                possibly: one.possibly_inside.as_ref().map(sum_of).unwrap_or_default(),
                share: one.share.map(Part::of),
                withheld: one.withheld,
                why: why.as_ref().map(|why| why.get().clone()),
            })
        };
        figure.reconciled.iter().filter_map(line).collect()
    }

    fn people(&self, figure: &ReleasedFigure) -> Vec<PersonLine> {
        let counted =
            |key: &str| figure.records.iter().any(|record| record.key == key && record.interval.is_some());
        let incidents = self.site.incidents.iter().filter(|incident| counted(&incident.key));
        let people = incidents
            .flat_map(|incident| &incident.people)
            .filter(|person| person.harm == figure.question.harm);
        people.map(|person| self.person(person)).collect()
    }

    pub(super) fn person(&self, person: &ReleasedPerson) -> PersonLine {
        PersonLine {
            id: person.id.clone(),
            href: None,
            name: match (&person.name, person.withheld) {
                (Some(name), _) => Some(Shown::Open(name.get().clone())),
                (None, Some(why)) => Some(Shown::Withheld(why)),
                (None, None) => None,
            },
            known_as: None,
            age: person.age,
            age_months: None,
            age_class: person.age_class,
            fate: Some(sijil_model::codebook::Fate::Killed),
            status: person.status,
            documents: 0,
        }
    }

    fn rows(&self, figure: &ReleasedFigure) -> Vec<RowLine> {
        let line = |row: &ReleasedRow| {
            let keys = row.key.iter().map(|(by, value)| self.row_key(*by, value.as_deref())).collect();
            Some(RowLine {
                keys,
                sum: Some(sum_of(row.inside.as_ref()?)),
                possibly: Some(sum_of(row.possibly_inside.as_ref()?)),
                named: row.key.contains_key(&By::List).then(|| row.inside.as_ref().map(named)).flatten(),
                href: None,
            })
        };
        let mut rows: Vec<RowLine> = figure.rows.iter().filter_map(line).collect();
        if figure.pooled_rows.parts > 0 {
            let why = self.site.words().say(self.language, Withheld::Living.key(), &[]);
            let keys = figure.question.by.iter().map(|_| RowKey::Name(why.clone())).collect();
            rows.push(RowLine {
                keys,
                sum: figure.pooled_rows.inside,
                possibly: figure.pooled_rows.possibly_inside,
                named: None,
                href: None,
            });
        }
        rows
    }

    fn row_key(&self, by: By, value: Option<&str>) -> RowKey {
        let Some(value) = value else { return RowKey::Unknown };
        let code =
            |vocabulary: &str| RowKey::Code { vocabulary: vocabulary.to_owned(), code: value.to_owned() };
        match by {
            By::Governorate | By::District => RowKey::Name(
                PlaceId::new(value).map_or_else(|_| value.to_owned(), |place| self.place_of_question(&place)),
            ),
            By::Month => Edtf::new(value).map_or_else(|_| RowKey::Name(value.to_owned()), RowKey::Date),
            By::Week => RowKey::Name(value.to_owned()),
            By::Actor => RowKey::Name(self.actor(value)),
            By::Class => code(sijil_model::codebook::Class::VOCABULARY),
            By::Grading => code(sijil_model::codebook::Grading::VOCABULARY),
            By::Means => code(sijil_model::codebook::Means::VOCABULARY),
            By::Site => code(sijil_model::codebook::SiteKind::VOCABULARY),
            By::List if value == WITHHELD => {
                RowKey::Name(self.site.words().say(self.language, Withheld::NotCleared.key(), &[]))
            }
            By::List => RowKey::Name(value.to_owned()),
        }
    }
}

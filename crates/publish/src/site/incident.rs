//! An incident's page.

use std::collections::BTreeMap;

use sijil_model::codebook::{Harm, Verdict};
use sijil_model::{Coded, Content};
use sijil_page::view::{
    Act, AttributionLine, CasualtyLine, ClaimLink, DecisionLine, HarmLine, IncidentPage, IncidentPlace,
    IncidentTitle, JudgementLine, Link, MeansLine, PlaceLine, PositionLine, Report, Shown, SiteLine,
    Standing, Withheld,
};
use sijil_register::{Field, View, parse_interval};

use super::Room;
use crate::claims::ReleasedClaim;
use crate::error::Result;
use crate::incidents::{ReleasedCasualty, ReleasedIncident};
use crate::policy::small;

/// What people decided and judged of an incident, as far as it may be shown: never why, never who, never finer than a day.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    decisions: Vec<DecisionLine>,
    judgements: Vec<JudgementLine>,
}

/// The history of an incident that goes out.
pub(crate) fn history_of(view: &View, incident: &ReleasedIncident) -> Result<History> {
    let ReleasedIncident { key, kept, .. } = incident;
    let closed = || Shown::Withheld(Withheld::NotCleared);
    let day = |time: &str| Act { entry: None, by: None, at: time.chars().take(10).collect() };
    let number = |harm: Harm, is_kept: bool, value: String| {
        let small = parse_interval(&value).is_ok_and(|interval| small::is_small(harm, interval));
        if small || is_kept { Shown::Withheld(Withheld::Living) } else { Shown::Open(value) }
    };
    let mut history = History::default();
    for decision in view.decisions_on(key)? {
        let value = match (Field::parse(&decision.field), decision.field.as_str()) {
            (Some(Field::Number { harm, class, status }), _) => {
                number(harm, kept.holds((harm, class, status)), decision.value)
            }
            (Some(Field::Disputed { harm, .. }), _) => number(harm, kept.holds_parts(harm), decision.value),
            (None, "grading") => Shown::Open(decision.value),
            // Places, dates and reasons are told where they stand, as coarse as the policy asks.
            (None, _) => closed(),
        };
        let standing = if decision.in_force { Standing::InForce } else { Standing::Superseded };
        let (act, field) = (day(&decision.time), decision.field);
        history.decisions.push(DecisionLine {
            act,
            field,
            value,
            why: closed(),
            standing,
            used: Vec::new(),
            set_aside: Vec::new(),
        });
    }
    for member in view.members(key)? {
        for judgement in view.judgements_of(&member.claim)? {
            let Ok(verdict) = Verdict::from_code(&judgement.verdict) else { continue };
            let act = day(&view.entry_named(&judgement.entry)?.time);
            let other = Link { text: closed(), href: None };
            let line = JudgementLine { act, verdict, other, why: closed(), standing: Standing::InForce };
            if !history.judgements.contains(&line) {
                history.judgements.push(line);
            }
        }
    }
    Ok(history)
}

impl Room<'_> {
    pub(super) fn incident(&self, incident: &ReleasedIncident) -> IncidentPage {
        let title = self.title(&incident.key, incident.id.as_str());
        let title = title.unwrap_or_else(|| self.closed_title(incident.id.clone(), Withheld::NotCleared));
        let history = self.site.history.get(&incident.key).cloned().unwrap_or_default();
        let claims: Vec<&ReleasedClaim> =
            incident.claim_keys.iter().filter_map(|key| self.site.claims.get(key)).collect();
        IncidentPage {
            times: Vec::new(),
            places: self.places(incident, &title),
            grading: incident.grading,
            proposal: None,
            workflow: None,
            casualties: incident.casualties.iter().filter_map(|row| self.casualty(row)).collect(),
            attributions: self.attributions(incident, &claims),
            positions: self.positions(&claims),
            means: self.means(incident, &claims),
            sites: self.sites(&claims),
            harms: self.harms(&claims),
            people: incident.people.iter().map(|person| self.person(person)).collect(),
            reports: self.reports(&claims),
            decisions: history.decisions,
            in_doubt: Vec::new(),
            pair: None,
            judgements: history.judgements,
            figures: self.standing_figures(incident),
            decide: None,
            judge: None,
            reject: None,
            notice: None,
            title,
        }
    }

    fn places(&self, incident: &ReleasedIncident, _title: &IncidentTitle) -> Vec<IncidentPlace> {
        let shown = incident.places.iter().map(|(role, place)| {
            let place = place.get();
            let within = place.within.iter().filter_map(|(en, ar)| self.either(en.as_ref(), ar.as_ref()));
            let name = self.place_name(place).map(Shown::Open);
            let line = PlaceLine {
                name,
                within: within.collect(),
                said: None,
                precision: place.precision,
                why: None,
                claims: Vec::new(),
            };
            IncidentPlace { place: line, role: *role }
        });
        shown.collect()
    }

    fn casualty(&self, row: &ReleasedCasualty) -> Option<CasualtyLine> {
        Some(CasualtyLine {
            harm: row.harm,
            class: row.class,
            status: row.status,
            interval: row.interval?,
            quantity: row.row.quantity,
            named: None,
            rule: Some(row.rule.clone()),
            default_civilian: row.default_civilian,
            conflicting: matches!(
                row.row.contradiction,
                Some(sijil_count::Contradiction::ConflictingDecisions { .. })
            ),
            contradiction: row
                .row
                .contradiction
                .filter(|_| row.harm == Harm::Killed)
                .map(|told| told.text(self.language)),
            claims: self.claim_links(&row.claims),
        })
    }

    /// The claims that say something, as links.
    fn saying(&self, claims: &[&ReleasedClaim], says: impl Fn(&Content) -> bool) -> Vec<ClaimLink> {
        let saying = claims.iter().filter(|claim| claim.content.as_ref().is_some_and(&says));
        self.claim_links(&saying.map(|claim| claim.id.clone()).collect::<Vec<_>>())
    }

    fn attributions(&self, incident: &ReleasedIncident, claims: &[&ReleasedClaim]) -> Vec<AttributionLine> {
        let line = |one: &sijil_count::Attributed| AttributionLine {
            actor: self.actor(one.actor.as_str()),
            status: one.status,
            combination: one.combination,
            claims: self.saying(
                claims,
                |content| matches!(content, Content::Attribution { actor, .. } if *actor == one.actor),
            ),
        };
        incident.actors.iter().map(line).collect()
    }

    fn positions(&self, claims: &[&ReleasedClaim]) -> Vec<PositionLine> {
        let line = |claim: &&ReleasedClaim| match &claim.content {
            Some(Content::Position { holder, position }) => Some(PositionLine {
                holder: self.actor(holder.as_str()),
                position: *position,
                claims: self.claim_links(std::slice::from_ref(&claim.id)),
            }),
            _ => None,
        };
        claims.iter().filter_map(line).collect()
    }

    fn means(&self, incident: &ReleasedIncident, claims: &[&ReleasedClaim]) -> Vec<MeansLine> {
        let line = |means: &sijil_model::codebook::Means| MeansLine {
            means: *means,
            claims: self
                .saying(claims, |content| matches!(content, Content::Means { means: said } if said == means)),
        };
        incident.means.iter().map(line).collect()
    }

    fn sites(&self, claims: &[&ReleasedClaim]) -> Vec<SiteLine> {
        let mut sites: BTreeMap<(&str, &str, &str), SiteLine> = BTreeMap::new();
        for claim in claims {
            let Some(Content::Site { site, assertion, damage, .. }) = &claim.content else { continue };
            let line = sites.entry((site.code(), assertion.code(), damage.code()));
            let line = line.or_insert_with(|| SiteLine {
                site: *site,
                assertion: *assertion,
                damage: *damage,
                claims: Vec::new(),
            });
            line.claims.extend(self.claim_links(std::slice::from_ref(&claim.id)));
        }
        sites.into_values().collect()
    }

    fn harms(&self, claims: &[&ReleasedClaim]) -> Vec<HarmLine> {
        let line = |claim: &&ReleasedClaim| match &claim.content {
            Some(Content::OtherHarm { harm, .. }) => Some(HarmLine {
                harm: *harm,
                interval: None,
                claims: self.claim_links(std::slice::from_ref(&claim.id)),
            }),
            _ => None,
        };
        claims.iter().filter_map(line).collect()
    }

    fn reports(&self, claims: &[&ReleasedClaim]) -> Vec<Report> {
        let mut by_document: BTreeMap<&str, Vec<&ReleasedClaim>> = BTreeMap::new();
        for claim in claims {
            by_document.entry(&claim.document_key).or_default().push(claim);
        }
        let mut reports: Vec<(String, Report)> = by_document
            .into_iter()
            .filter_map(|(key, claims)| {
                let document = self.site.documents.get(key)?;
                let lines = claims.iter().map(|claim| self.claim(claim, false)).collect();
                let link = document.link(&self.links, self.site.words());
                // In the order of names that tell nothing.
                Some((
                    document.id.to_string(),
                    Report { document: link, reposts: Vec::new(), superseded: false, claims: lines },
                ))
            })
            .collect();
        reports.sort_by(|a, b| a.0.cmp(&b.0));
        reports.into_iter().map(|(_, report)| report).collect()
    }
}

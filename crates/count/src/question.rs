//! A question asked of a register; its serde form is the contract's `question`.

use serde::{Deserialize, Serialize};
use sijil_model::codebook::{Class, Grading, Harm, Means, SiteKind, Status};
use sijil_model::date::{Edtf, Membership};
use sijil_model::{ActorCode, Bounds, Coded, Language, PlaceId};

use crate::error::CountError;
use crate::rate::per_in_words;
use crate::rules::RuleSet;

/// What is asked. Empty lists and `None` ask for everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Question {
    /// What was done to people.
    pub harm: Harm,
    /// Whom to count.
    pub class: Class,
    /// Civilian or not; none for the total free of status.
    pub status: Option<Standing>,
    /// Attributed to any of these.
    pub actors: Vec<ActorCode>,
    /// In any of these places.
    pub places: Vec<PlaceId>,
    /// In this period.
    pub period: Option<Edtf>,
    /// Of these grades.
    pub grading: Option<GradingAsked>,
    /// Broken down by these.
    pub by: Vec<By>,
    /// The rule set's id.
    pub rules: String,
    /// What to do with what is only possibly inside.
    pub undated: Undated,
    /// With these means, or finer ones.
    pub means: Option<Means>,
    /// On this kind of site.
    pub site: Option<SiteKind>,
    /// As a rate too, per 100,000 people of this class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per: Option<Class>,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            harm: Harm::Killed,
            class: Class::Total,
            status: None,
            actors: Vec::new(),
            places: Vec::new(),
            period: None,
            grading: None,
            by: Vec::new(),
            rules: "open".to_owned(),
            undated: Undated::Separate,
            means: None,
            site: None,
            per: None,
        }
    }
}

impl Question {
    /// Whether records of this membership are shown apart and not added.
    pub fn keeps_apart(&self, membership: Membership) -> bool {
        membership == Membership::PossiblyInside && self.undated == Undated::Separate
    }

    /// The question's period as days; everything where none is asked.
    pub fn period_bounds(&self) -> Bounds {
        self.period.as_ref().map(Edtf::bounds).unwrap_or_default()
    }

    /// Refuses what cannot be answered: what the rule set does not count, and parts that contradict each other.
    pub fn check(&self, rules: &RuleSet) -> Result<(), CountError> {
        let impossible = |conflict: &str, instead: &str| CountError::Impossible {
            understood: self.in_words(Language::En),
            conflict: conflict.to_owned(),
            instead: instead.to_owned(),
        };
        if !rules.counts(self.harm, self.class, self.status)
            || (self.by.contains(&By::Class) && !rules.counts(self.harm, Class::Children, None))
        {
            return Err(CountError::Refused {
                rules: rules.id().to_owned(),
                asked: self.in_words(Language::En),
            });
        }
        if self.by.contains(&By::Class) && self.class != Class::Total {
            return Err(impossible("a breakdown by class gives every class", "--by class without --class"));
        }
        if self.grading == Some(GradingAsked::Only(Grading::Discounted)) {
            return Err(impossible(
                "discounted incidents are in no figure",
                "the question without --grading: `excluded` lists them",
            ));
        }
        if let Some(of) = self.per {
            if !includes(of, self.class) {
                let instead = format!("--per {}, or --per total for everybody", self.class);
                return Err(impossible(
                    "a rate divides people by a population that they belong to",
                    &instead,
                ));
            }
            if self.places.is_empty() {
                return Err(impossible("a rate is of the people of a place", "--place too"));
            }
            if self.period.is_none() {
                return Err(impossible("a rate is of a time: the number of people changes", "--period too"));
            }
        }
        Ok(())
    }

    /// A saved title where a person gave one: not the figure's name, nor what [`Question::in_words`] would say.
    pub fn given_title<'t>(&self, title: &'t str, name: &str) -> Option<&'t str> {
        let given = title != name && Language::ALL.iter().all(|language| title != self.in_words(*language));
        given.then_some(title)
    }

    /// The question as options of `sijil count`, each after a space; nothing where all is as it is by default.
    pub fn options(&self) -> String {
        let mut options = Vec::new();
        let mut say = |name: &str, value: String| options.push(format!(" --{name} {value}"));
        let plain = Question::default();
        if self.harm != plain.harm {
            say("harm", self.harm.code().to_owned());
        }
        if self.class != plain.class {
            say("class", self.class.code().to_owned());
        }
        self.status.iter().for_each(|status| say("status", status.code().to_owned()));
        self.actors.iter().for_each(|actor| say("actor", actor.to_string()));
        self.places.iter().for_each(|place| say("place", place.to_string()));
        self.period.iter().for_each(|period| say("period", period.to_string()));
        self.grading.iter().for_each(|grading| say("grading", grading.to_string()));
        self.means.iter().for_each(|means| say("means", means.to_string()));
        self.site.iter().for_each(|site| say("site", site.to_string()));
        self.per.iter().for_each(|per| say("per", per.to_string()));
        if !self.by.is_empty() {
            say("by", self.by.iter().map(|by| by.code()).collect::<Vec<_>>().join(","));
        }
        if self.undated != plain.undated {
            say("undated", self.undated.code().to_owned());
        }
        // The set in force is the register's: a question names its own.
        say("rules", self.rules.clone());
        options.concat()
    }

    /// The question in plain words, with codes' labels; places and actors as their ids.
    pub fn in_words(&self, language: Language) -> String {
        let mut parts = vec![self.harm.label(language).to_owned(), self.class.label(language).to_owned()];
        parts.extend(self.status.map(|status| status.label(language).to_owned()));
        parts.extend(self.means.map(|means| means.label(language).to_owned()));
        parts.extend(self.site.map(|site| site.label(language).to_owned()));
        parts.extend(self.actors.iter().map(ToString::to_string));
        parts.extend(self.places.iter().map(ToString::to_string));
        // Days and years stay in their order within Arabic: a left-to-right isolate.
        parts.extend(self.period.iter().map(|period| match language {
            Language::En => period.to_string(),
            Language::Ar => format!("\u{2066}{period}\u{2069}"),
        }));
        parts.extend(self.grading.map(|grading| grading.label(language)));
        parts.extend(self.per.map(|per| per_in_words(per, language)));
        parts.join(if language == Language::En { ", " } else { "، " })
    }
}

/// Whether the people of a class are among those of another.
fn includes(of: Class, counted: Class) -> bool {
    of == Class::Total || of == counted || (of == Class::Children && counted.is_children())
}

/// Which status is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// Civilians: everyone, unless evidence says otherwise.
    #[serde(rename = "civilian")]
    Civilian,
    /// Only those whom words, age or kin describe as civilians.
    #[serde(rename = "civilian-described")]
    CivilianDescribed,
    /// Those said to be combatants.
    #[serde(rename = "combatant")]
    Combatant,
    /// Those said to be out of the fight.
    #[serde(rename = "hors_de_combat")]
    HorsDeCombat,
    /// Those whose status a source says it could not determine.
    #[serde(rename = "undetermined")]
    Undetermined,
}

impl Standing {
    /// All, in the order of the codebook.
    pub const ALL: [Standing; 5] = [
        Standing::Civilian,
        Standing::CivilianDescribed,
        Standing::Combatant,
        Standing::HorsDeCombat,
        Standing::Undetermined,
    ];

    /// As written in a question.
    pub fn code(self) -> &'static str {
        match self {
            Standing::Civilian => "civilian",
            Standing::CivilianDescribed => "civilian-described",
            Standing::Combatant => "combatant",
            Standing::HorsDeCombat => "hors_de_combat",
            Standing::Undetermined => "undetermined",
        }
    }

    /// The codebook's status.
    pub fn status(self) -> Status {
        match self {
            Standing::Civilian | Standing::CivilianDescribed => Status::Civilian,
            Standing::Combatant => Status::Combatant,
            Standing::HorsDeCombat => Status::HorsDeCombat,
            Standing::Undetermined => Status::Undetermined,
        }
    }

    /// What a reader sees.
    pub fn label(self, language: Language) -> &'static str {
        match (self, language) {
            (Standing::CivilianDescribed, Language::En) => "civilian by description",
            (Standing::CivilianDescribed, Language::Ar) => "مدني بحسب الوصف",
            _ => self.status().label(language),
        }
    }
}

/// Which grades are asked for: one, or one and all better ones (`fair+`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum GradingAsked {
    /// This grade.
    Only(Grading),
    /// This grade and better: `fair+` is confirmed and fair.
    AndBetter(Grading),
}

/// From the best; contested and ungraded incidents are on no scale.
const SCALE: [Grading; 3] = [Grading::Confirmed, Grading::Fair, Grading::Weak];

impl GradingAsked {
    /// Reads `fair+` or `weak`.
    pub fn parse(text: &str) -> Result<Self, CountError> {
        let error = || CountError::NotUnderstood {
            part: "the grading",
            text: text.to_owned(),
            instead: "confirmed, fair, weak, contested or ungraded, or fair+ or weak+ for a grade and better"
                .to_owned(),
        };
        match text.strip_suffix('+') {
            None => Grading::from_code(text).map(GradingAsked::Only).map_err(|_| error()),
            Some(floor) => match Grading::from_code(floor) {
                Ok(grade) if SCALE.contains(&grade) => Ok(GradingAsked::AndBetter(grade)),
                _ => Err(error()),
            },
        }
    }

    /// Whether a grade is asked for.
    pub fn holds(self, grading: Grading) -> bool {
        match self {
            GradingAsked::Only(asked) => grading == asked,
            GradingAsked::AndBetter(floor) => SCALE
                .iter()
                .take_while(|grade| **grade != floor)
                .chain([&floor])
                .any(|grade| *grade == grading),
        }
    }

    fn label(self, language: Language) -> String {
        match self {
            GradingAsked::Only(grade) => grade.label(language).to_owned(),
            GradingAsked::AndBetter(grade) => format!("{}+", grade.label(language)),
        }
    }
}

impl std::fmt::Display for GradingAsked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            GradingAsked::Only(grade) => write!(f, "{grade}"),
            GradingAsked::AndBetter(grade) => write!(f, "{grade}+"),
        }
    }
}

impl TryFrom<String> for GradingAsked {
    type Error = CountError;
    fn try_from(text: String) -> Result<Self, CountError> {
        Self::parse(&text)
    }
}

impl From<GradingAsked> for String {
    fn from(asked: GradingAsked) -> String {
        asked.to_string()
    }
}

/// What a figure is broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words speak for themselves")]
pub enum By {
    Governorate,
    District,
    Month,
    Week,
    Actor,
    Class,
    Grading,
    Means,
    Site,
    /// Each source, or document without one, with what it says itself.
    List,
}

impl By {
    /// All of them.
    pub const ALL: [By; 10] = [
        By::Governorate,
        By::District,
        By::Month,
        By::Week,
        By::Actor,
        By::Class,
        By::Grading,
        By::Means,
        By::Site,
        By::List,
    ];

    /// As written in a question.
    pub fn code(self) -> &'static str {
        match self {
            By::Governorate => "governorate",
            By::District => "district",
            By::Month => "month",
            By::Week => "week",
            By::Actor => "actor",
            By::Class => "class",
            By::Grading => "grading",
            By::Means => "means",
            By::Site => "site",
            By::List => "list",
        }
    }

    /// What a reader sees.
    pub fn label(self, language: Language) -> &'static str {
        match (self, language) {
            (_, Language::En) => self.code(),
            (By::Governorate, _) => "المحافظة",
            (By::District, _) => "المنطقة",
            (By::Month, _) => "الشهر",
            (By::Week, _) => "الأسبوع",
            (By::Actor, _) => "الجهة",
            (By::Class, _) => "الفئة",
            (By::Grading, _) => "التقييم",
            (By::Means, _) => "الوسيلة",
            (By::Site, _) => "الموقع",
            (By::List, _) => "القائمة",
        }
    }
}

/// What happens to incidents of which it cannot be told whether they are inside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undated {
    /// They are counted apart.
    #[default]
    Separate,
    /// They are added to the figure.
    Include,
    /// They are left out, and listed as such.
    Exclude,
}

impl Undated {
    /// As written in a question.
    pub fn code(self) -> &'static str {
        match self {
            Undated::Separate => "separate",
            Undated::Include => "include",
            Undated::Exclude => "exclude",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fair_and_better_is_confirmed_and_fair() {
        let asked = GradingAsked::parse("fair+").unwrap();
        let holds: Vec<Grading> = Grading::ALL.iter().copied().filter(|g| asked.holds(*g)).collect();
        assert_eq!(holds, [Grading::Confirmed, Grading::Fair]);
        assert!(GradingAsked::parse("contested+").unwrap_err().to_string().contains("fair+"));
    }

    #[test]
    fn json_is_the_contract_s_and_every_part_may_be_left_out() {
        let question: Question = serde_json::from_str(
            r#"{"status":"civilian-described","grading":"fair+","by":["governorate","month"]}"#,
        )
        .unwrap();
        assert_eq!(question.status, Some(Standing::CivilianDescribed));
        assert_eq!(question.by, [By::Governorate, By::Month]);
        let json = serde_json::to_value(&question).unwrap();
        assert_eq!(
            (&json["grading"], &json["undated"], &json["harm"]),
            (&"fair+".into(), &"separate".into(), &"killed".into())
        );
        assert!(serde_json::from_str::<Question>(r#"{"clas":"men"}"#).is_err());
    }

    #[test]
    fn a_question_that_cannot_be_answered_says_what_was_understood() {
        let acled = RuleSet::named("acled").unwrap();
        let injured = Question { harm: Harm::Injured, ..Question::default() };
        let error = injured.check(&acled).unwrap_err().to_string();
        assert!(error.contains("acled") && error.contains("--rules open"), "{error}");
        let open = RuleSet::named("open").unwrap();
        let discounted =
            Question { grading: Some(GradingAsked::Only(Grading::Discounted)), ..Question::default() };
        assert!(discounted.check(&open).unwrap_err().to_string().contains("excluded"));
        assert!(Question::default().check(&acled).is_ok());
    }

    #[test]
    fn a_rate_is_of_people_among_whom_those_counted_are_in_a_place_and_a_time() {
        let open = RuleSet::named("open").unwrap();
        let whole = Question {
            per: Some(Class::Children),
            class: Class::Girls,
            places: vec![PlaceId::new("xm:sahel").unwrap()],
            period: Some(Edtf::new("2031").unwrap()),
            ..Question::default()
        };
        assert_eq!(whole.check(&open), Ok(()));
        let refused = |question: Question| question.check(&open).unwrap_err().to_string();
        assert!(refused(Question { class: Class::Women, ..whole.clone() }).contains("--per women"));
        assert!(refused(Question { places: Vec::new(), ..whole.clone() }).contains("--place"));
        assert!(refused(Question { period: None, ..whole }).contains("--period"));
    }

    #[test]
    fn a_period_keeps_its_order_within_arabic() {
        let asked = Question { period: Some(Edtf::new("2031-10/2031-11").unwrap()), ..Question::default() };
        assert!(asked.in_words(Language::Ar).contains("\u{2066}2031-10/2031-11\u{2069}"));
        assert!(!asked.in_words(Language::En).contains('\u{2066}'));
    }

    #[test]
    fn codes_and_serde_agree() {
        for standing in Standing::ALL {
            assert_eq!(serde_json::to_value(standing).unwrap(), standing.code());
        }
        for by in By::ALL {
            assert_eq!(serde_json::to_value(by).unwrap(), by.code());
        }
    }
}

//! What a word of the lexicon means to the rules, and how it is written in the data files.

use sijil_model::Quantity;
use sijil_model::claim::Known;
use sijil_model::codebook::{
    AgeClass, AttributionStatus, Class, Coded, CountUnit, Damage, Harm, Means, PlacePrecision, RelationKind,
    Role, Sex, SiteKind, SourceKind, Status, TimeOfDay,
};
use sijil_model::date::Unit;

/// How a word of harm takes its people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HarmForm {
    /// "killed": after "were" of the people before it, else of those after it.
    Past,
    /// "killing", "kills": of the people after it.
    Active,
    /// "death" … "of" the people after it.
    Noun,
    /// "claimed the lives of": the people after it.
    Lives,
    /// "died": of the people before it.
    Intransitive,
    /// "dead", "missing": of the people before it.
    Adjective,
    /// مقتل, إصابة: of the people after it.
    Masdar,
    /// قُتل, استشهد: of the people after it, or before a plural form.
    Verb,
    /// "deaths", قتلى: counts people itself.
    People(Number),
}

/// Grammatical number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    Singular,
    Dual,
    Plural,
}

/// What a word of arms says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MeansPart {
    /// An event: "raid".
    Event,
    /// What carries it: "warplanes".
    Carrier,
    /// What falls: "barrel bomb".
    Weapon,
    /// "shelling": an event whose code is not decided by the word.
    Shelling,
}

/// How a number is hedged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hedge {
    AtLeast,
    AtMost,
    MoreThan,
    LessThan,
    About,
}

impl Hedge {
    /// The form of a number under this hedge.
    pub fn of(self, n: u64) -> Quantity {
        match self {
            Hedge::AtLeast => Quantity::AtLeast { n },
            Hedge::AtMost => Quantity::AtMost { n },
            Hedge::MoreThan => Quantity::MoreThan { n },
            Hedge::LessThan => Quantity::LessThan { n },
            Hedge::About => Quantity::About { n },
        }
    }
}

/// How one group of people stands to the group before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    Including,
    AlongWith,
    Other,
}

/// What follows a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Title {
    /// "Dr": a name.
    Neutral,
    /// "martyr": the name of somebody killed.
    Victim,
    /// "names of the victims": a list of the killed.
    Names,
    /// "names of the wounded": a list of the injured.
    NamesInjured,
}

/// Which side of a name a head word stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    After,
    Both,
}

/// Who a word of people counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct People {
    pub class: Class,
    pub status: Option<Status>,
    pub role: Option<Role>,
    pub number: Number,
}

/// A kin term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kin {
    pub relation: RelationKind,
    pub sex: Option<Known<Sex>>,
    pub age: Option<AgeClass>,
    pub number: Number,
    /// Whether the word says whose: والدتهم.
    pub possessed: bool,
    /// Whether it is the kin of whoever speaks: والدتي.
    pub of_speaker: bool,
}

/// What a word means to the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sense {
    Harm(Harm, HarmForm),
    People(People),
    Kin(Kin),
    Means(Means, MeansPart),
    Site(SiteKind),
    Head(PlacePrecision, Side),
    /// A country, region or city of the world whose name needs no gazetteer.
    World(PlacePrecision),
    Direction,
    Construct,
    Month(u8),
    Weekday(u8),
    UnitTime(Unit),
    Ago,
    Past,
    This,
    Moment(Option<u32>),
    Since,
    DayPart(TimeOfDay),
    Hedge(Hedge),
    Vague(Quantity),
    Unit(Option<CountUnit>),
    Link(Link),
    Break,
    Negation,
    Hypothetical,
    Doubt(AttributionStatus),
    Declare(AttributionStatus),
    Claim,
    Targeting,
    Pretext,
    FreeOf,
    Strike,
    Cause,
    Toll,
    TollInjured,
    Massacre,
    Commit,
    Displaced,
    Destroyed(Damage),
    Infrastructure,
    Population,
    Share(u32, u32),
    Compare,
    More,
    Fear,
    Conflict,
    /// «في سياق متصل»: what follows happened elsewhere or before.
    Elsewhere,
    Family,
    AgeYears,
    AgeMonths,
    Survived,
    /// The toll is not the last: "may rise", «مرشحة للارتفاع».
    MayRise,
    Mourns,
    Role(SourceKind),
    Org(SourceKind),
    /// People who are told to tell by what they are, read only beside a verb of telling: "nurses".
    Teller(SourceKind),
    /// The same of offices and services: "ambulance service".
    Institution(SourceKind),
    Says,
    Title(Title),
    Common,
    /// An ordinary word that is no name: what a name cannot go on with.
    Ordinary,
    Given(Sex),
}

impl Sense {
    /// Reads a sense as the data files write it; the error says what is not known.
    pub fn read(sense: &str, value: &str) -> Result<Sense, String> {
        let parts: Vec<&str> = value.split(':').collect();
        let part = |at: usize| parts.get(at).copied().unwrap_or("-");
        Ok(match sense {
            "harm" => Sense::Harm(code(part(0))?, harm_form(part(1), part(2))?),
            "people" => Sense::People(People {
                class: code(part(0))?,
                status: maybe(part(1))?,
                role: maybe(part(2))?,
                number: number(part(3))?,
            }),
            "kin" | "kin_of_speaker" => Sense::Kin(Kin {
                relation: code(part(0))?,
                sex: maybe::<Sex>(part(1))?
                    .filter(|sex| *sex != Sex::Unknown)
                    .map(|sex| Known::inferred(sex, "kin-word")),
                age: maybe(part(2))?,
                number: number(part(3))?,
                possessed: sense == "kin_of_speaker",
                of_speaker: sense == "kin_of_speaker",
            }),
            "means" => Sense::Means(code(part(0))?, means_part(part(1))?),
            "site" => Sense::Site(code(part(0))?),
            "head" => Sense::Head(code(part(0))?, side(part(1))?),
            "world" => Sense::World(code(part(0))?),
            "month" => Sense::Month(digit(part(0))?),
            "weekday" => Sense::Weekday(digit(part(0))?),
            "unit_time" => Sense::UnitTime(unit_of_time(part(0))?),
            "moment" => Sense::Moment(part(1).parse().ok()),
            "day_part" => Sense::DayPart(code(part(0))?),
            "hedge" => Sense::Hedge(hedge(part(0))?),
            "vague" => Sense::Vague(vague(part(0))?),
            "unit" => Sense::Unit(if part(0) == "other" { None } else { Some(code(part(0))?) }),
            "link" => Sense::Link(link(part(0))?),
            "doubt" => Sense::Doubt(code(part(0))?),
            "declare" => Sense::Declare(code(part(0))?),
            "destroyed" => Sense::Destroyed(code(part(0))?),
            "share" => Sense::Share(thousandths(part(0))?, thousandths(parts.get(1).unwrap_or(&part(0)))?),
            "age" => {
                if part(0) == "months" {
                    Sense::AgeMonths
                } else {
                    Sense::AgeYears
                }
            }
            "role" => Sense::Role(code(part(0))?),
            "org" => Sense::Org(code(part(0))?),
            "teller" => Sense::Teller(code(part(0))?),
            "institution" => Sense::Institution(code(part(0))?),
            "title" => Sense::Title(title(part(0))?),
            "given" => Sense::Given(code(part(0))?),
            other => return bare(other),
        })
    }
}

fn bare(sense: &str) -> Result<Sense, String> {
    Ok(match sense {
        "direction" => Sense::Direction,
        "construct" => Sense::Construct,
        "ago" => Sense::Ago,
        "past" => Sense::Past,
        "this" => Sense::This,
        "since" => Sense::Since,
        "break" => Sense::Break,
        "negation" => Sense::Negation,
        "hypothetical" => Sense::Hypothetical,
        "claim" => Sense::Claim,
        "targeting" => Sense::Targeting,
        "pretext" => Sense::Pretext,
        "free_of" => Sense::FreeOf,
        "strike" => Sense::Strike,
        "cause" => Sense::Cause,
        "toll" => Sense::Toll,
        "toll_injured" => Sense::TollInjured,
        "massacre" => Sense::Massacre,
        "commit" => Sense::Commit,
        "displaced" => Sense::Displaced,
        "infrastructure" => Sense::Infrastructure,
        "population" => Sense::Population,
        "compare" => Sense::Compare,
        "more" => Sense::More,
        "fear" => Sense::Fear,
        "conflict" => Sense::Conflict,
        "elsewhere" => Sense::Elsewhere,
        "family" => Sense::Family,
        "may_rise" => Sense::MayRise,
        "survived" => Sense::Survived,
        "mourns" => Sense::Mourns,
        "says" => Sense::Says,
        "common" => Sense::Common,
        "ordinary" => Sense::Ordinary,
        other => return Err(format!("`{other}` is no sense")),
    })
}

fn code<C: Coded>(text: &str) -> Result<C, String> {
    C::from_code(text).map_err(|error| error.to_string())
}

fn maybe<C: Coded>(text: &str) -> Result<Option<C>, String> {
    if text == "-" { Ok(None) } else { code(text).map(Some) }
}

fn number(text: &str) -> Result<Number, String> {
    match text {
        "singular" => Ok(Number::Singular),
        "dual" => Ok(Number::Dual),
        "plural" => Ok(Number::Plural),
        other => Err(format!("`{other}` is no grammatical number")),
    }
}

fn harm_form(text: &str, count: &str) -> Result<HarmForm, String> {
    Ok(match text {
        "past" => HarmForm::Past,
        "active" => HarmForm::Active,
        "noun" => HarmForm::Noun,
        "lives" => HarmForm::Lives,
        "intransitive" => HarmForm::Intransitive,
        "adjective" => HarmForm::Adjective,
        "masdar" => HarmForm::Masdar,
        "verb" => HarmForm::Verb,
        "people" => HarmForm::People(number(count)?),
        other => return Err(format!("`{other}` is no form of harm")),
    })
}

fn means_part(text: &str) -> Result<MeansPart, String> {
    match text {
        "event" => Ok(MeansPart::Event),
        "carrier" => Ok(MeansPart::Carrier),
        "weapon" => Ok(MeansPart::Weapon),
        "shelling" => Ok(MeansPart::Shelling),
        other => Err(format!("`{other}` is no part of means")),
    }
}

fn side(text: &str) -> Result<Side, String> {
    match text {
        "before" => Ok(Side::Before),
        "after" => Ok(Side::After),
        "both" => Ok(Side::Both),
        other => Err(format!("`{other}` is no side")),
    }
}

fn thousandths(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("`{text}` is no number of thousandths"))
}

fn digit(text: &str) -> Result<u8, String> {
    text.parse().map_err(|_| format!("`{text}` is no number"))
}

fn unit_of_time(text: &str) -> Result<Unit, String> {
    match text {
        "hour" => Ok(Unit::Hour),
        "day" => Ok(Unit::Day),
        "week" => Ok(Unit::Week),
        "month" => Ok(Unit::Month),
        "year" => Ok(Unit::Year),
        other => Err(format!("`{other}` is no unit of time")),
    }
}

fn hedge(text: &str) -> Result<Hedge, String> {
    match text {
        "at_least" => Ok(Hedge::AtLeast),
        "at_most" => Ok(Hedge::AtMost),
        "more_than" => Ok(Hedge::MoreThan),
        "less_than" => Ok(Hedge::LessThan),
        "about" => Ok(Hedge::About),
        other => Err(format!("`{other}` is no hedge")),
    }
}

fn vague(text: &str) -> Result<Quantity, String> {
    match text {
        "few" => Ok(Quantity::Few),
        "several" => Ok(Quantity::Several),
        "many" => Ok(Quantity::Many),
        "tens" => Ok(Quantity::Tens),
        "dozens" => Ok(Quantity::Dozens),
        "hundreds" => Ok(Quantity::Hundreds),
        "thousands" => Ok(Quantity::Thousands),
        other => Err(format!("`{other}` is no vague number")),
    }
}

fn link(text: &str) -> Result<Link, String> {
    match text {
        "including" => Ok(Link::Including),
        "along_with" => Ok(Link::AlongWith),
        "other" => Ok(Link::Other),
        other => Err(format!("`{other}` is no link")),
    }
}

fn title(text: &str) -> Result<Title, String> {
    match text {
        "neutral" => Ok(Title::Neutral),
        "victim" => Ok(Title::Victim),
        "names" => Ok(Title::Names),
        "names_injured" => Ok(Title::NamesInjured),
        other => Err(format!("`{other}` is no title")),
    }
}

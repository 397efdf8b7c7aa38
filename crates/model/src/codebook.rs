//! The codebook: every code as a type, every label in English and Arabic from `data/codebook.csv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::ModelError;

/// The language of a label or a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Arabic.
    Ar,
}

impl Language {
    /// Both, English first.
    pub const ALL: [Language; 2] = [Language::En, Language::Ar];

    /// `en` or `ar`.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Ar => "ar",
        }
    }

    /// `ltr` or `rtl`.
    pub fn direction(self) -> &'static str {
        match self {
            Language::En => "ltr",
            Language::Ar => "rtl",
        }
    }
}

/// A type whose values are the codes of one vocabulary.
pub trait Coded: Sized + Copy + 'static {
    /// The vocabulary's name, as in `data/codebook.csv`.
    const VOCABULARY: &'static str;
    /// Every code, in the codebook's order.
    const ALL: &'static [Self];
    /// The code as written in data: lower_snake ASCII.
    fn code(self) -> &'static str;

    /// The code's label for a reader.
    fn label(self, language: Language) -> &'static str {
        label(Self::VOCABULARY, self.code(), language).unwrap_or(self.code())
    }

    /// The value of a code.
    fn from_code(code: &str) -> Result<Self, ModelError> {
        Self::ALL.iter().copied().find(|value| value.code() == code).ok_or_else(|| ModelError::UnknownCode {
            vocabulary: Self::VOCABULARY,
            code: code.to_owned(),
            known: Self::ALL.iter().map(|value| value.code()).collect::<Vec<_>>().join(", "),
        })
    }
}

/// One row of the codebook.
#[derive(Debug, Clone, Deserialize)]
pub struct Entry {
    /// The vocabulary's name.
    pub vocabulary: String,
    /// The code.
    pub code: String,
    /// What an English reader sees.
    pub label_en: String,
    /// What an Arabic reader sees.
    pub label_ar: String,
}

/// The whole codebook, in its own order.
pub fn entries() -> &'static [Entry] {
    &CODEBOOK.rows
}

/// The label of a code, or `None` where the codebook has no such code.
pub fn label(vocabulary: &str, code: &str, language: Language) -> Option<&'static str> {
    let row = &CODEBOOK.rows[*CODEBOOK.index.get(&(vocabulary.to_owned(), code.to_owned()))?];
    Some(match language {
        Language::En => &row.label_en,
        Language::Ar => &row.label_ar,
    })
}

struct Codebook {
    rows: Vec<Entry>,
    index: BTreeMap<(String, String), usize>,
}

static CODEBOOK: LazyLock<Codebook> = LazyLock::new(|| {
    // The file is part of the program and a test reads every row: a row that does not parse cannot be shipped.
    let rows: Vec<Entry> = csv::Reader::from_reader(include_str!("../data/codebook.csv").as_bytes())
        .deserialize()
        .filter_map(Result::ok)
        .collect();
    let index =
        rows.iter().enumerate().map(|(at, row)| ((row.vocabulary.clone(), row.code.clone()), at)).collect();
    Codebook { rows, index }
});

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $vocabulary:literal { $($variant:ident = $code:literal),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
            #[allow(missing_docs, reason = "data/codebook.csv labels every code in both languages")]
            pub enum $name {
                $(#[serde(rename = $code)] $variant),+
            }

            impl Coded for $name {
                const VOCABULARY: &'static str = $vocabulary;
                const ALL: &'static [Self] = &[$($name::$variant),+];
                fn code(self) -> &'static str {
                    match self { $($name::$variant => $code),+ }
                }
            }

            impl std::str::FromStr for $name {
                type Err = ModelError;
                fn from_str(code: &str) -> Result<Self, ModelError> {
                    Self::from_code(code)
                }
            }

            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(self.code())
                }
            }
        )+

        /// Every vocabulary that has a type, with its codes.
        pub const VOCABULARIES: &[(&str, &[&str])] = &[$(($vocabulary, &[$($code),+])),+];
    };
}

codes! {
    /// What was done to people (codebook §2).
    Harm = "harm" { Killed = "killed", Injured = "injured", KilledOrInjured = "killed_or_injured", Missing = "missing", Detained = "detained" }
    /// Whom a number counts (codebook §2).
    Class = "class" {
        Total = "total", Men = "men", Women = "women", Children = "children", Boys = "boys", Girls = "girls",
        Infants = "infants", OlderPersons = "older_persons", PersonsUnspecified = "persons_unspecified",
    }
    /// Civilian or not (codebook §2). A total free of status has none.
    Status = "status" { Civilian = "civilian", Combatant = "combatant", HorsDeCombat = "hors_de_combat", Undetermined = "undetermined" }
    /// What people did (codebook §2).
    Role = "role" {
        None = "none", Journalist = "journalist", Healthcare = "healthcare", Humanitarian = "humanitarian", CivilDefence = "civil_defence",
        HumanRightsDefender = "human_rights_defender", TradeUnionist = "trade_unionist", Teacher = "teacher", Religious = "religious",
        MemberOfArmedForces = "member_of_armed_forces", DirectParticipant = "direct_participant", CivilianInMilitaryRole = "civilian_in_military_role",
    }
    /// What became of a person (codebook §3).
    Fate = "fate" {
        Killed = "killed", Injured = "injured", Missing = "missing", DiedOfWounds = "died_of_wounds", Displaced = "displaced",
        Detained = "detained", Released = "released", Unknown = "unknown",
    }
    /// Sex (codebook §3).
    Sex = "sex" { F = "f", M = "m", Unknown = "unknown" }
    /// Age class (codebook §2).
    AgeClass = "age_class" { Infant = "infant", Child = "child", Adult = "adult", Older = "older", Unknown = "unknown" }
    /// Kin and other relations between people (codebook §3).
    RelationKind = "relation" {
        MotherOf = "mother_of", FatherOf = "father_of", ParentOf = "parent_of", ChildOf = "child_of", SiblingOf = "sibling_of", SpouseOf = "spouse_of",
        GrandparentOf = "grandparent_of", GrandchildOf = "grandchild_of", RelativeOf = "relative_of", MemberOfFamily = "member_of_family", GuestOf = "guest_of",
    }
    /// How a document says something (codebook §0).
    ModalityCode = "modality" {
        Asserted = "asserted", Reported = "reported", ClaimedByAccused = "claimed_by_accused", Hypothetical = "hypothetical",
        Background = "background", Opinion = "opinion", Quoted = "quoted",
    }
    /// How fine a date is (codebook §5).
    DatePrecision = "date_precision" {
        TimeKnown = "0", Day = "1", WithinDays = "2", Week = "3", Month = "4", Year = "5", LongerOrOpen = "6", Unknown = "9",
    }
    /// Part of the day (codebook §1).
    TimeOfDay = "time_of_day" {
        EarlyMorning = "early_morning", Morning = "morning", Midday = "midday", Afternoon = "afternoon", Evening = "evening", Night = "night",
    }
    /// How fine a place is (codebook §6).
    PlacePrecision = "place_precision" {
        Exact = "exact", ExactByOther = "exact_by_other", Landmark = "landmark", Street = "street", Neighbourhood = "neighbourhood",
        Village = "village", Town = "town", City = "city", NearPlace = "near_place", Subdistrict = "subdistrict", District = "district",
        Governorate = "governorate", Region = "region", Country = "country", NotPlaced = "not_placed",
    }
    /// What a place has to do with an incident (codebook §1).
    PlaceRole = "place_role" { Primary = "primary", Secondary = "secondary", SourceLocation = "source_location", Origin = "origin" }
    /// How sure an attribution is (codebook §7).
    AttributionStatus = "attribution_status" {
        AssertedByAuthor = "asserted_by_author", Alleged = "alleged", Suspected = "suspected", Known = "known", Declared = "declared",
        Denied = "denied", RuledOut = "ruled_out",
    }
    /// How several actors stand together (codebook §7).
    Combination = "combination" { Sole = "sole", Joint = "joint", Alternative = "alternative", Unclear = "unclear" }
    /// What a party says about an incident (codebook §7).
    PartyPosition = "party_position" {
        NotYetAssessed = "not_yet_assessed", NonCredible = "non_credible", Credible = "credible", Accepted = "accepted", Denied = "denied",
        Duplicate = "duplicate", NoComment = "no_comment", StatedTarget = "stated_target", Justification = "justification",
    }
    /// The kinds of actor (codebook §7).
    ActorKind = "actor_kind" {
        StateArmedForces = "state_armed_forces", Coalition = "coalition", AlliedMilitia = "allied_militia",
        NonStateArmedGroup = "non_state_armed_group", DeFactoAuthority = "de_facto_authority", Unknown = "unknown",
    }
    /// With what (codebook §8), coarse codes first.
    Means = "means" {
        Air = "air", ArtilleryOrRocket = "artillery_or_rocket", Ground = "ground", ExplosiveDevice = "explosive_device",
        SiegeOrDenial = "siege_or_denial", Naval = "naval", Unknown = "unknown",
        AirPlane = "air.plane", AirHelicopter = "air.helicopter", AirDrone = "air.drone", AirMissileCruise = "air.missile_cruise", AirBarrelBomb = "air.barrel_bomb",
        Shell = "artillery_or_rocket.shell", Mortar = "artillery_or_rocket.mortar", Mlrs = "artillery_or_rocket.mlrs", BallisticMissile = "artillery_or_rocket.ballistic_missile",
        AirstrikeOrArtillery = "airstrike_and_or_artillery",
        SmallArms = "ground.small_arms", GroundOperation = "ground.ground_operation", Execution = "ground.execution",
        Ied = "explosive_device.ied", Mine = "explosive_device.mine", Vbied = "explosive_device.vbied", Suicide = "explosive_device.suicide",
    }
    /// Munition flags (codebook §8).
    Munition = "munition" {
        Cluster = "cluster", Incendiary = "incendiary", Chemical = "chemical", Thermobaric = "thermobaric",
        BunkerBuster = "bunker_buster", Unguided = "unguided", Guided = "guided", Unknown = "unknown",
    }
    /// What was hit (codebook §9).
    SiteKind = "site_kind" {
        ResidentialHome = "residential_home", ApartmentBuilding = "apartment_building", ResidentialArea = "residential_area",
        IdpOrRefugeeCamp = "idp_or_refugee_camp", Market = "market", School = "school", University = "university", Hospital = "hospital",
        Clinic = "clinic", Ambulance = "ambulance", Mosque = "mosque", Church = "church", BakeryFood = "bakery_food", Water = "water",
        Electricity = "electricity", Agriculture = "agriculture", Industry = "industry", RoadBridge = "road_bridge",
        EvacuationRoute = "evacuation_route", HumanitarianFacility = "humanitarian_facility", Media = "media", Government = "government",
        CulturalHeritage = "cultural_heritage", MilitaryHeadquarters = "military_headquarters", MilitaryPosition = "military_position", Unknown = "unknown",
    }
    /// What is said of a site's military use (codebook §9).
    SiteAssertion = "site_assertion" { IsTarget = "is_target", FreeOfMilitaryObjective = "free_of_military_objective", Unknown = "unknown" }
    /// Damage (codebook §9).
    Damage = "damage" { Destroyed = "destroyed", SeverelyDamaged = "severely_damaged", Damaged = "damaged", Intact = "intact", Unknown = "unknown" }
    /// Harms other than to bodies (codebook §10).
    OtherHarm = "other_harm" {
        DisplacedPersons = "displaced_persons", DisplacedFamilies = "displaced_families", HomesDestroyed = "homes_destroyed", HomesDamaged = "homes_damaged",
        InfrastructureDamage = "infrastructure_damage", Livelihood = "livelihood", PsychologicalFear = "psychological_fear",
        ServiceLossEducation = "service_loss:education", ServiceLossHealth = "service_loss:health", ServiceLossFood = "service_loss:food", ServiceLossWater = "service_loss:water",
    }
    /// What a number of an aggregate counts (codebook §10).
    CountUnit = "unit" {
        Persons = "persons", Families = "families", Homes = "homes", PercentOfPopulation = "percent_of_population",
        Locations = "locations", Raids = "raids", Victims = "victims", Incidents = "incidents",
    }
    /// The kinds of claim about many incidents at once.
    AggregateKind = "aggregate_kind" { Total = "total", Ratio = "ratio", Share = "share", Comparison = "comparison", Harm = "harm", Allegation = "allegation" }
    /// Who speaks (codebook §11).
    SourceKind = "source_kind" {
        VictimTestimony = "victim_testimony", WitnessTestimony = "witness_testimony", RelativeTestimony = "relative_testimony",
        FieldReporter = "field_reporter", LocalMedia = "local_media", NationalMedia = "national_media", InternationalMedia = "international_media",
        SocialMediaPost = "social_media_post", NgoReport = "ngo_report", OfficialStatement = "official_statement", PartyStatement = "party_statement",
        PartyPropaganda = "party_propaganda", MedicalRecord = "medical_record", CivilRegistry = "civil_registry", ListOfDead = "list_of_dead",
        Photo = "photo", Video = "video", Satellite = "satellite", Other = "other",
    }
    /// How a source is identified (codebook §11).
    Identification = "identification" { Named = "named", Pseudonym = "pseudonym", UnnamedWithRole = "unnamed_with_role", Anonymous = "anonymous" }
    /// How far a source is trusted (codebook §4).
    Reliability = "reliability" {
        HighlyReliable = "highly_reliable", LikelyReliable = "likely_reliable", Unsure = "unsure", LikelyUnreliable = "likely_unreliable",
        HighlyUnreliable = "highly_unreliable", Unknown = "unknown",
    }
    /// The grade of an incident (codebook §4).
    Grading = "grading" {
        Confirmed = "confirmed", Fair = "fair", Weak = "weak", Contested = "contested", Discounted = "discounted", Ungraded = "ungraded",
    }
    /// What a reviewer says of a pair.
    Verdict = "verdict" { Same = "same", Different = "different", Unsure = "unsure" }
    /// How far something may go (codebook §13), 0 public to 5 never leaves the device.
    ReleaseLevel = "release_level" {
        Public = "0", PublicAfterDate = "1", Partners = "2", Team = "3", NamedKeys = "4", NeverLeavesDevice = "5",
    }
    /// Where a record stands in its work (codebook §14).
    Workflow = "workflow" {
        New = "new", Extracted = "extracted", InReview = "in_review", NeedsSecondReader = "needs_second_reader", Agreed = "agreed",
        Disputed = "disputed", SignedOff = "signed_off", Published = "published", Withdrawn = "withdrawn",
    }
}

impl Fate {
    /// What was done to who has this fate; who died of wounds was killed. None where no question counts it.
    pub fn harm(self) -> Option<Harm> {
        match self {
            Fate::Killed | Fate::DiedOfWounds => Some(Harm::Killed),
            Fate::Injured => Some(Harm::Injured),
            Fate::Missing => Some(Harm::Missing),
            Fate::Detained => Some(Harm::Detained),
            Fate::Displaced | Fate::Released | Fate::Unknown => None,
        }
    }
}

impl Means {
    /// The coarse code above this one: `air.plane` is `air`.
    pub fn coarse(self) -> &'static str {
        self.code().split('.').next().unwrap_or_default()
    }
}

impl AgeClass {
    /// Of an age in whole years: a child until eighteen, older from sixty.
    pub fn of_years(years: u16) -> Self {
        match years {
            0 => Self::Infant,
            1..18 => Self::Child,
            18..60 => Self::Adult,
            _ => Self::Older,
        }
    }

    /// Of an age in months.
    pub fn of_months(months: u16) -> Self {
        Self::of_years(months / 12)
    }
}

impl Class {
    /// The sex of all its members, where it has one.
    pub fn sex(self) -> Option<Sex> {
        match self {
            Class::Women | Class::Girls => Some(Sex::F),
            Class::Men | Class::Boys => Some(Sex::M),
            _ => None,
        }
    }

    /// Whether the class is made of children.
    pub fn is_children(self) -> bool {
        matches!(self, Class::Children | Class::Boys | Class::Girls | Class::Infants)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_labels_in_both_languages_and_every_label_a_code() {
        for (vocabulary, codes) in VOCABULARIES {
            for code in *codes {
                for language in Language::ALL {
                    let label = label(vocabulary, code, language);
                    assert!(
                        label.is_some_and(|l| !l.trim().is_empty()),
                        "{vocabulary} {code} has no {language:?} label"
                    );
                }
            }
        }
        for row in entries() {
            let known = VOCABULARIES
                .iter()
                .any(|(name, codes)| *name == row.vocabulary && codes.contains(&row.code.as_str()));
            assert!(known, "{} {} is in the data and in no type", row.vocabulary, row.code);
        }
    }

    #[test]
    fn the_data_file_parses_whole() {
        let rows =
            csv::Reader::from_reader(include_str!("../data/codebook.csv").as_bytes()).into_records().count();
        assert_eq!(rows, entries().len());
    }

    #[test]
    fn arabic_labels_are_arabic() {
        for row in entries() {
            assert!(
                row.label_ar.chars().any(|c| ('\u{0621}'..='\u{064a}').contains(&c)),
                "{} {}",
                row.vocabulary,
                row.code
            );
        }
    }

    #[test]
    fn a_code_that_is_not_there_is_named_with_those_that_are() {
        let error = Harm::from_code("hurt").unwrap_err().to_string();
        assert!(error.contains("`hurt`") && error.contains("killed, injured"), "{error}");
    }
}

//! A made-up register, entry by entry, with secrets planted in it.

use std::path::{Path, PathBuf};

use sijil_archive::{AccountId, Clock, Settings};
use sijil_count::{Area, Question};
use sijil_model::claim::{Aggregate, Casualty, Known, PersonSaid, Polarity, SourceSaid, Stands, claim_id};
use sijil_model::codebook::*;
use sijil_model::place::PlacePhrase;
use sijil_model::*;
use sijil_publish::{OpenError, PlaceName, PublishError, Released, Surroundings, publish};
use sijil_register::event::*;
use sijil_register::results::*;
use sijil_register::{Event, Register, Writing};

/// The reporter who must not be found.
pub const REPORTER: &str = "Taim Ramli";
pub const REPORTER_AR: &str = "تيم الرملي";
/// Her words.
pub const WORDS: &str = "I saw the roof fall on the children next door and ran";
/// A victim whose incident is not cleared, a wounded man, and a dead woman whose family objects.
pub const WITHHELD: [&str; 3] = ["Huda Sannan", "Walid Qasim", "Rima Dabbagh"];
/// The note that the reporter sent.
pub const NOTE: &str = "Taim Ramli, Qasr Nahr, by phone. At least four killed in Al-Safsafa. The smell of gas was everywhere in our street that night.";

pub const ARTICLE: &str = "Raid on Qasr Nahr\nBy Taim Ramli\n\nAn air raid hit Al-Safsafa neighbourhood on 3 October 2031. \
Four people were killed: Layla Tarif, her brothers Sami Tarif and Nur Tarif, and Rima Dabbagh. Two people were injured, among them Walid Qasim.\n\
“I saw the roof fall on the children next door and ran”, said Taim Ramli, who was there. Ramli left the city later.\n\
The Southern Coalition said it had struck a depot.\n";

pub const ARABIC: &str = "قصر النهر: مقتل خمسة أشخاص في غارة لطيران التحالف الجنوبي على حي الصفصافة في 3 تشرين الأول 2031.\n\
وكان بين القتلى ليلى طريف.\nوقالت شبكة مرجان إن 135 مدنيًا قُتلوا في محافظة النهر منذ أيلول.\n";

pub const SECOND: &str = "Huda Sannan was killed by a shell in Kafr Lulu on 9 October 2031.\n";

/// A clock that stands still.
pub const NOON: u64 = 1_952_510_400;

pub struct Made {
    pub folder: tempfile::TempDir,
    pub register: Register,
    pub article: String,
    pub arabic: String,
    pub note: String,
    pub second: String,
    pub incident: String,
    pub other: String,
}

pub struct Marjan;

impl Surroundings for Marjan {
    fn place(&self, id: &PlaceId) -> Option<PlaceName> {
        let (en, ar, kind) = match id.as_str() {
            "xm:al-safsafa" => ("Al-Safsafa", "الصفصافة", PlacePrecision::Neighbourhood),
            "xm:kafr-lulu" => ("Kafr Lulu", "كفر لؤلؤ", PlacePrecision::Village),
            "xm:qasr-nahr" => ("Qasr Nahr", "قصر النهر", PlacePrecision::City),
            "xm:nahr" => ("Nahr", "النهر", PlacePrecision::Governorate),
            _ => return None,
        };
        Some(PlaceName {
            id: id.clone(),
            en: Some(en.into()),
            ar: Some(ar.into()),
            kind,
            point: Some((20.123456, 30.654321)),
        })
    }

    fn actors(&self) -> Vec<Actor> {
        let actor = Actor {
            code: ActorCode::new("southern_coalition").unwrap(),
            kind: ActorKind::Coalition,
            label_en: "Southern Coalition".into(),
            label_ar: "التحالف الجنوبي".into(),
            aliases_en: vec![],
            aliases_ar: vec![],
            active: None,
        };
        vec![actor]
    }

    fn areas(&self, question: &Question) -> Result<Vec<Area>, String> {
        Ok(question.places.iter().map(|place| Area { place: place.clone(), within: vec![] }).collect())
    }

    fn register_name(&self) -> String {
        "Marjan register".into()
    }

    /// Whoever is called Witness, or الشاهد, by the two words that follow.
    fn people_named(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        let titles = ["Witness ", "الشاهد "];
        let starts =
            titles.iter().flat_map(|title| text.match_indices(title).map(|(at, title)| at + title.len()));
        let end = |from: usize| {
            text[from..].match_indices([' ', '\n']).nth(1).map_or(text.len(), |(at, _)| from + at)
        };
        starts.map(|from| from..end(from)).collect()
    }

    fn open_errors(&self, _: &Register) -> Result<Vec<OpenError>, String> {
        Ok(vec![])
    }
}

/// Claims of one document in the making.
pub struct Claims<'a> {
    document: DocumentId,
    text: &'a str,
    claims: Vec<Claim>,
}

impl<'a> Claims<'a> {
    pub fn new(text: &'a str) -> Self {
        Self {
            document: DocumentId::new(sijil_archive::Digest::of(text.as_bytes()).to_string()).unwrap(),
            text,
            claims: vec![],
        }
    }

    pub fn say(
        &mut self,
        words: &[&str],
        about: Option<&ClaimId>,
        speaker: Option<&ClaimId>,
        content: Content,
    ) -> ClaimId {
        let spans: Vec<Quoted> = words
            .iter()
            .map(|word| {
                let at = self.text.find(word).unwrap_or_else(|| panic!("{word}"));
                Quoted {
                    span: Span::of_bytes(self.text, at..at + word.len()).unwrap(),
                    quote: (*word).to_owned(),
                }
            })
            .collect();
        let id = claim_id(&self.document, &spans, &content);
        self.claims.push(Claim {
            id: id.clone(),
            document: self.document.clone(),
            spans,
            about: about.cloned(),
            content,
            polarity: Polarity::Affirmed,
            modality: ModalityCode::Asserted,
            speaker: speaker.cloned(),
            basis: Basis::Stated,
        });
        id
    }

    pub fn line(self) -> ExtractedLine {
        ExtractedLine {
            document: self.document,
            part: 0,
            claims: self.claims.into_iter().map(StoredClaim::from).collect(),
        }
    }
}

pub fn casualty(harm: Harm, class: Class, quantity: Quantity, text: &str) -> Content {
    Content::Casualty(Casualty {
        harm,
        class,
        status: None,
        role: None,
        count: Said { quantity, text: text.into() },
        stands: Stands::Alone,
    })
}

fn person(name: &str, fate: Fate, class: AgeClass) -> Content {
    Content::Person(PersonSaid {
        name: Some(name.into()),
        name_as_printed: Some(name.into()),
        sex: None,
        age: None,
        age_months: None,
        age_class: Some(Known::stated(class)),
        fate: Some(fate),
        status: None,
        role: None,
        listed: None,
    })
}

/// Somebody grown who was killed.
pub fn killed(name: &str) -> Content {
    person(name, Fate::Killed, AgeClass::Adult)
}

fn source(name: &str, kind: SourceKind, level: ReleaseLevel) -> Content {
    let (name, organisation) = (Some(name.into()), None);
    Content::Source(SourceSaid {
        name,
        source: kind,
        organisation,
        identification: Identification::Named,
        release_level: level,
    })
}

fn place(name: &str) -> Content {
    let (text, name) = (name.to_owned(), name.to_owned());
    Content::Place(PlacePhrase {
        text,
        name,
        kind: PlacePrecision::Neighbourhood,
        within: vec![],
        role: PlaceRole::Primary,
    })
}

pub fn account(name: &str) -> AccountId {
    name.parse().unwrap()
}

pub fn clock() -> impl Clock {
    || NOON
}

fn describe(
    writing: &mut Writing<'_, '_>,
    id: &str,
    kind: SourceKind,
    names: [&str; 2],
    level: ReleaseLevel,
) {
    let record = SourceRecord {
        source: SourceId::new(id).unwrap(),
        source_kind: kind,
        name_en: names[0].into(),
        name_ar: names[1].into(),
        reliability: Reliability::LikelyReliable,
        release_level: level,
        independence: Some(id.into()),
        derived_from: Vec::new(),
    };
    writing.say(Event::SourceDescribed(record)).unwrap();
}

pub fn add(
    writing: &mut Writing<'_, '_>,
    text: &str,
    name: &str,
    source: &str,
    language: &str,
    published: &str,
) -> String {
    let document = writing.keep(text.as_bytes()).unwrap();
    let id = DocumentId::new(document.clone()).unwrap();
    let added = DocumentAdded {
        document: id.clone(),
        name: Some(name.into()),
        media_type: "text/plain".into(),
        size: text.len() as u64,
        source: Some(SourceId::new(source).unwrap()),
        published: Some(published.into()),
        container: None,
    };
    writing.say(Event::DocumentAdded(added)).unwrap();
    let read = TextRead {
        document: id,
        text: document.clone(),
        form: Form::Text,
        reader: "plain-text".into(),
        version: "1".into(),
        layout_derived: false,
        parts: None,
        language: Some(language.into()),
        repost_key: None,
        length: text.chars().count() as u64,
        bytes: text.len() as u64,
    };
    writing.say(Event::TextRead(read)).unwrap();
    document
}

fn found(chain: &[&str]) -> Found {
    let place = Where {
        place: PlaceId::new(chain[0]).ok(),
        name_en: None,
        name_ar: None,
        governorate: PlaceId::new("xm:nahr").ok(),
        governorate_name: None,
        country: Some("XM".into()),
        lat: None,
        lon: None,
        precision: PlacePrecision::Neighbourhood,
        radius_m: None,
        why: "made up".into(),
    };
    Found { place, chain: chain.iter().map(|id| (*id).to_owned()).collect(), district: None }
}

fn read_day(text: &str) -> When {
    let edtf = Edtf::new(text).unwrap();
    let bounds = edtf.bounds();
    When {
        edtf: Some(edtf),
        bounds,
        precision: DatePrecision::Day,
        anchor: Anchor::Unknown,
        time_of_day: Some(TimeOfDay::Night),
        basis: Basis::Stated,
    }
}

/// The register: two incidents, four documents and a photograph, nothing cleared yet.
pub fn made() -> Made {
    let folder = tempfile::tempdir().unwrap();
    let mut register =
        Register::create(&folder.path().join("register"), &Settings::default(), &clock()).unwrap();
    let mut ids = Vec::new();
    register
        .write(&account("recorder-a"), &clock(), |writing| {
            for name in ["recorder-a", "recorder-b"] {
                writing.say(Event::AccountMade {
                    account: sijil_model::AccountId::new(name)?,
                    roles: vec!["recorder".into()],
                })?;
            }
            writing.say(Event::RulesAdopted { rules: "open".into() })?;
            describe(
                writing,
                "lens",
                SourceKind::LocalMedia,
                ["Marjan Lens", "عدسة مرجان"],
                ReleaseLevel::Public,
            );
            describe(
                writing,
                "akhbar",
                SourceKind::NationalMedia,
                ["Akhbar Marjan", "أخبار مرجان"],
                ReleaseLevel::Public,
            );
            describe(
                writing,
                "reporter-1",
                SourceKind::FieldReporter,
                [REPORTER, REPORTER_AR],
                ReleaseLevel::NamedKeys,
            );
            ids.push(add(writing, ARTICLE, "raid.txt", "lens", "en", "2031-10-05"));
            ids.push(add(writing, ARABIC, "khabar.txt", "akhbar", "ar", "2031-10-04"));
            ids.push(add(writing, NOTE, "taim-ramli-note.txt", "reporter-1", "en", "2031-10-03"));
            ids.push(add(writing, SECOND, "second.txt", "lens", "en", "2031-10-10"));
            let photo =
                [&b"\xff\xd8\xff\xe1Exif\0\0MM Artist\0"[..], REPORTER.as_bytes(), b"\0\xff\xd9"].concat();
            let document = DocumentId::new(writing.keep(&photo)?)?;
            let (size, source) = (photo.len() as u64, Some(SourceId::new("reporter-1")?));
            let name = Some("Ramli_0412.jpg".to_owned());
            writing.say(Event::DocumentAdded(DocumentAdded {
                document,
                name,
                media_type: "image/jpeg".into(),
                size,
                source,
                published: None,
                container: None,
            }))?;
            Ok(())
        })
        .unwrap();
    let (lines, placed, links, incident, other) = claims();
    register
        .write(&account("recorder-a"), &clock(), |writing| {
            let result = stored(writing, &lines);
            let run = writing.say(Event::ExtractionRun(run("sijil-rules", result)))?;
            writing.say(Event::ExtractionAdopted(Adopted { run }))?;
            let result = stored(writing, &placed);
            let run = writing.say(Event::PlacingRun(self::run("sijil-places", result)))?;
            writing.say(Event::PlacingAdopted(Adopted { run }))?;
            let result = stored(writing, &links);
            let run = writing.say(Event::LinkRun(self::run("sijil-links", result)))?;
            writing.say(Event::LinkAdopted(Adopted { run }))?;
            for (figure, question, en, ar) in [
                ("killed-nahr", "{\"by\":[\"month\"]}", "Killed in Nahr", "القتلى في النهر"),
                ("injured", "{\"harm\":\"injured\"}", "Injured", "الجرحى"),
            ] {
                let figure = FigureId::new(figure)?;
                let (question, title_en, title_ar) = (question.to_owned(), en.to_owned(), ar.to_owned());
                writing.say(Event::FigureDefined { figure, question, title_en, title_ar })?;
            }
            Ok(())
        })
        .unwrap();
    let [article, arabic, note, second] = ids.try_into().unwrap();
    Made { folder, register, article, arabic, note, second, incident, other }
}

pub fn stored<T: serde::Serialize>(writing: &mut Writing<'_, '_>, lines: &[T]) -> String {
    let mut out = ResultWriter::new(Vec::new());
    lines.iter().for_each(|line| out.line(line).unwrap());
    writing.keep(&out.finish().unwrap()).unwrap()
}

pub fn run(program: &str, result: String) -> Run {
    Run { program: program.into(), version: "1".into(), result, data: None, documents: 4 }
}

type Told = (Vec<ExtractedLine>, Vec<PlacedLine>, Vec<LinkedLine>, String, String);

fn claims() -> Told {
    let mut article = Claims::new(ARTICLE);
    let raid = article.say(&["An air raid"], None, None, Content::Incident { strikes: None });
    let reporter = article.say(
        &["Taim Ramli"],
        None,
        None,
        source(REPORTER, SourceKind::FieldReporter, ReleaseLevel::NamedKeys),
    );
    article.say(&[WORDS], Some(&raid), Some(&reporter), Content::Quote);
    article.say(
        &["Four people were killed"],
        Some(&raid),
        None,
        casualty(Harm::Killed, Class::Total, Quantity::Exact { n: 4 }, "Four"),
    );
    article.say(
        &["Two people were injured"],
        Some(&raid),
        None,
        casualty(Harm::Injured, Class::Total, Quantity::Exact { n: 2 }, "Two"),
    );
    let layla = article.say(
        &["Layla Tarif"],
        Some(&raid),
        None,
        person("Layla Tarif", Fate::Killed, AgeClass::Child),
    );
    let sami =
        article.say(&["Sami Tarif"], Some(&raid), None, person("Sami Tarif", Fate::Killed, AgeClass::Child));
    article.say(&["Nur Tarif"], Some(&raid), None, person("Nur Tarif", Fate::Killed, AgeClass::Child));
    let rima = article.say(
        &["Rima Dabbagh"],
        Some(&raid),
        None,
        person("Rima Dabbagh", Fate::Killed, AgeClass::Adult),
    );
    let walid = article.say(
        &["Walid Qasim"],
        Some(&raid),
        None,
        person("Walid Qasim", Fate::Injured, AgeClass::Adult),
    );
    article.say(
        &["her brothers Sami Tarif"],
        Some(&sami),
        None,
        Content::Relation { relation: RelationKind::SiblingOf, other: layla.clone() },
    );
    article.say(
        &["among them Walid Qasim"],
        Some(&walid),
        None,
        Content::Relation { relation: RelationKind::RelativeOf, other: layla.clone() },
    );
    let here = article.say(&["Al-Safsafa neighbourhood"], Some(&raid), None, place("Al-Safsafa"));
    let when = article.say(
        &["on 3 October 2031"],
        Some(&raid),
        None,
        Content::Time {
            time: TimeExpression::Calendar(Edtf::new("2031-10-03").unwrap()),
            time_of_day: Some(TimeOfDay::Night),
        },
    );
    let _ = rima;
    let mut arabic = Claims::new(ARABIC);
    let ghara = arabic.say(&["غارة"], None, None, Content::Incident { strikes: None });
    arabic.say(
        &["مقتل خمسة أشخاص"],
        Some(&ghara),
        None,
        casualty(Harm::Killed, Class::Total, Quantity::Exact { n: 5 }, "خمسة"),
    );
    let layla_ar =
        arabic.say(&["ليلى طريف"], Some(&ghara), None, person("ليلى طريف", Fate::Killed, AgeClass::Child));
    arabic.say(
        &["135 مدنيًا قُتلوا"],
        None,
        None,
        Content::Aggregate(Aggregate {
            aggregate: AggregateKind::Total,
            harm: Some(Harm::Killed),
            other_harm: None,
            class: Some(Class::Total),
            status: None,
            unit: CountUnit::Persons,
            count: Some(Said { quantity: Quantity::Exact { n: 135 }, text: "135".into() }),
            of: None,
            means: None,
            period: None,
            places: vec![],
            actors: vec![],
            compared_with: None,
            period_year: None,
        }),
    );
    let mut note = Claims::new(NOTE);
    let told = note.say(&["killed in Al-Safsafa"], None, None, Content::Incident { strikes: None });
    note.say(
        &["At least four killed"],
        Some(&told),
        None,
        casualty(Harm::Killed, Class::Total, Quantity::AtLeast { n: 4 }, "At least four"),
    );
    let mut second = Claims::new(SECOND);
    let shell = second.say(&["killed by a shell"], None, None, Content::Incident { strikes: None });
    second.say(
        &["Huda Sannan was killed"],
        Some(&shell),
        None,
        casualty(Harm::Killed, Class::Total, Quantity::Singular, ""),
    );
    second.say(&["Huda Sannan"], Some(&shell), None, person("Huda Sannan", Fate::Killed, AgeClass::Adult));
    let there = second.say(&["Kafr Lulu"], Some(&shell), None, place("Kafr Lulu"));
    let then = second.say(
        &["on 9 October 2031"],
        Some(&shell),
        None,
        Content::Time { time: TimeExpression::Calendar(Edtf::new("2031-10-09").unwrap()), time_of_day: None },
    );
    let placed = vec![
        PlacedLine::Where { claims: vec![here], found: found(&["xm:al-safsafa", "xm:qasr-nahr", "xm:nahr"]) },
        PlacedLine::When { claims: vec![when], read: read_day("2031-10-03") },
        PlacedLine::Where { claims: vec![there], found: found(&["xm:kafr-lulu", "xm:nahr"]) },
        PlacedLine::When { claims: vec![then], read: read_day("2031-10-09") },
    ];
    let link = |kind, left: &ClaimId, right: &ClaimId| LinkedLine {
        kind,
        left: left.to_string(),
        right: right.to_string(),
        why: "same event".into(),
    };
    let links = vec![
        link(LinkKind::Incident, &raid, &ghara),
        link(LinkKind::Incident, &raid, &told),
        link(LinkKind::Person, &layla, &layla_ar),
    ];
    let (incident, other) = (raid.to_string().replacen('c', "i", 1), shell.to_string().replacen('c', "i", 1));
    (vec![article.line(), arabic.line(), note.line(), second.line()], placed, links, incident, other)
}

impl Made {
    pub fn write(&mut self, by: &str, event: Event) -> u64 {
        self.register.write(&account(by), &clock(), |writing| writing.say(event)).unwrap()
    }

    pub fn clear(&mut self, targets: &[&str]) {
        let targets: Vec<String> = targets.iter().map(|id| (*id).to_owned()).collect();
        self.write("recorder-a", Event::Cleared { targets });
    }

    pub fn sign(&mut self, by: &str, targets: &[&str]) {
        let targets: Vec<String> = targets.iter().map(|id| (*id).to_owned()).collect();
        self.write(by, Event::Signed { targets });
    }

    pub fn decide(&mut self, by: &str, target: &str, field: &str, value: &str) {
        let (target, field, value, why) =
            (target.to_owned(), field.to_owned(), value.to_owned(), "two sources agree".to_owned());
        self.write(
            by,
            Event::DecisionMade(Decision {
                target,
                field,
                value,
                why,
                used: vec![],
                rejected: vec![],
                supersedes: vec![],
            }),
        );
    }

    /// A machine finds the two incidents alike.
    pub fn found_alike(&mut self) {
        let claim = |record: &str| record.replacen('i', "c", 1);
        let mut claims = vec![claim(&self.incident), claim(&self.other)];
        claims.sort();
        let (left, right, why) = (claims[0].clone(), claims[1].clone(), "the same party".to_owned());
        let alike = vec![ClaimLink { left, right, why, permille: 700 }];
        let line = AlikeLine { kind: LinkKind::Alike, claims, alike };
        self.register
            .write(&account("recorder-a"), &clock(), |writing| {
                let result = stored(writing, std::slice::from_ref(&line));
                let run = writing.say(Event::LinkRun(run("sijil-links", result)))?;
                writing.say(Event::LinkAdopted(Adopted { run }))
            })
            .unwrap();
    }

    /// Clears and signs what a first release holds: the raid, the two articles, and a figure.
    pub fn cleared(mut self) -> Self {
        let (incident, article, arabic) = (self.incident.clone(), self.article.clone(), self.arabic.clone());
        self.decide("recorder-a", &incident, "grading", "fair");
        let rima = self.person("Rima Dabbagh");
        self.write("recorder-a", Event::ObjectionMade { person: rima, why: "the family asked".into() });
        let all = [incident.as_str(), article.as_str(), arabic.as_str(), "killed-nahr"];
        self.clear(&all);
        self.sign("recorder-b", &all);
        self
    }

    pub fn person(&self, name: &str) -> String {
        let people = self.register.view().people().unwrap();
        people.into_iter().find(|row| row.name.as_deref() == Some(name)).unwrap().id
    }

    pub fn out(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    pub fn publish(&mut self) -> Result<Released, PublishError> {
        let out = self.out();
        publish(&mut self.register, &Marjan, &account("recorder-b"), &clock(), &out)
    }
}

/// Every file below a folder, with its bytes.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path)
            } else {
                found.push((path.clone(), std::fs::read(&path).unwrap()))
            }
        }
    }
    found.sort();
    found
}

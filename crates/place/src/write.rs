//! Writing a gazetteer file from drafts of places. The build script uses it too.

use crate::format::{DEGREE, HEADER, LAST_MARK, MAGIC, Mark, NO_PARENT, Record};
use crate::keys;
use crate::shape::{Shape, write_number};

/// A place on its way into a gazetteer file.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Its id, unique in the file.
    pub id: String,
    /// Id of the area around it, in this file or another of the stack; empty for none.
    pub parent: String,
    /// English name; empty where none is known.
    pub name_en: String,
    /// Arabic name; empty where none is known.
    pub name_ar: String,
    /// P-code; empty where none is known.
    pub pcode: String,
    /// Further names, in any spelling.
    pub alternates: Vec<String>,
    /// Position in the codebook's `place_precision`.
    pub kind: u8,
    /// ISO 3166-1 alpha-2, upper case; zeros where the chain of parents tells.
    pub country: [u8; 2],
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Inhabitants; 0 is not known.
    pub population: u32,
    /// Metres around the point within which the place lies; 0 where only its kind tells.
    pub radius_m: u32,
    /// The order of the area that it is the seat of, see [`Record::seat`]; 0 none.
    pub seat: u8,
    /// Id of the settlement that is the area's seat; empty where none is known.
    pub seat_place: String,
    /// Its outline, where one is known.
    pub shape: Shape,
}

/// The file for these places; of several with one id the first is kept. `covered` are the countries of which these
/// are all places, see [`crate::format`].
pub fn write(mut drafts: Vec<Draft>, source: &str, covered: &[[u8; 2]]) -> Result<Vec<u8>, fst::Error> {
    drafts.sort_by(|a, b| a.id.cmp(&b.id));
    drafts.dedup_by(|later, first| later.id == first.id);
    let mut records = Vec::with_capacity(drafts.len() * crate::format::RECORD);
    let mut blob = Vec::new();
    let (mut exact, mut skeletons) = (Keys::default(), Keys::default());
    for (index, draft) in drafts.iter().enumerate() {
        let parent = drafts.binary_search_by(|other| other.id.as_str().cmp(&draft.parent)).ok();
        let names = distinct_names(draft);
        for name in &names {
            exact.add(name.clone(), index);
            skeletons.add(keys::country_skeleton(draft.country, &keys::skeleton(name)), index);
        }
        let record = Record {
            lat: (draft.lat * DEGREE).round() as i32,
            lon: (draft.lon * DEGREE).round() as i32,
            population: draft.population,
            texts: blob.len() as u32,
            parent: parent.map_or(NO_PARENT, |at| at as u32),
            kind: draft.kind,
            country: draft.country,
            seat: draft.seat,
        };
        records.extend_from_slice(&record.to_bytes());
        add_texts(draft, parent.is_some(), &names, &mut blob);
    }
    let (exact, exact_postings) = exact.finish()?;
    let (skeletons, skeleton_postings) = skeletons.finish()?;
    let sections = [
        &records,
        &blob,
        &exact,
        &exact_postings,
        &skeletons,
        &skeleton_postings,
        &source.as_bytes().to_vec(),
        &covered.concat(),
        &shapes(&drafts),
    ];
    Ok(assemble(drafts.len(), sections))
}

/// The table of outlines and the outlines themselves.
fn shapes(drafts: &[Draft]) -> Vec<u8> {
    let (mut table, mut outlines) = (Vec::new(), Vec::new());
    let mut count: u32 = 0;
    for (index, draft) in drafts.iter().enumerate() {
        let Some(frame) = draft.shape.frame() else { continue };
        count += 1;
        table.extend_from_slice(&(index as u32).to_le_bytes());
        table.extend_from_slice(&(outlines.len() as u32).to_le_bytes());
        table.extend(frame.into_iter().flat_map(i32::to_le_bytes));
        draft.shape.write(&mut outlines);
    }
    let mut section = count.to_le_bytes().to_vec();
    section.append(&mut table);
    section.append(&mut outlines);
    section
}

/// All names of a place, folded, each once.
fn distinct_names(draft: &Draft) -> Vec<String> {
    let all = [&draft.name_en, &draft.name_ar].into_iter().chain(&draft.alternates);
    let mut names: Vec<String> = Vec::new();
    for name in all.map(|name| keys::folded(name)).filter(|name| !name.is_empty()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Appends the texts of a record, see [`crate::format`].
fn add_texts(draft: &Draft, has_parent_here: bool, names: &[String], blob: &mut Vec<u8>) {
    let parent = if has_parent_here { "" } else { &draft.parent };
    let radius = if draft.radius_m > 0 { draft.radius_m.to_string() } else { String::new() };
    let seldom = [
        (Mark::Parent, parent),
        (Mark::PCode, &draft.pcode),
        (Mark::Seat, &draft.seat_place),
        (Mark::Radius, &radius),
    ];
    let plain = |text: &str| text.replace(|letter| letter <= LAST_MARK, "");
    let mut texts = vec![plain(&draft.id), plain(&draft.name_en), plain(&draft.name_ar)];
    let said = seldom.iter().filter(|(_, text)| !text.is_empty());
    texts.extend(said.map(|(mark, text)| format!("{}{}", mark.letter(), plain(text))));
    let own = texts.len();
    for name in names {
        // Names that are compared alike are kept once; all of them can be looked up, those in other letters as they are.
        let essence = plain(&keys::essence(name).to_string());
        let is_compared = keys::first_script(&essence) != keys::Script::Other;
        if is_compared && !texts[own..].contains(&essence) {
            texts.push(essence);
        }
    }
    for text in texts {
        blob.extend_from_slice(text.as_bytes());
        blob.push(0);
    }
}

fn assemble(count: usize, sections: [&Vec<u8>; 9]) -> Vec<u8> {
    let mut file = Vec::with_capacity(HEADER + sections.iter().map(|section| section.len()).sum::<usize>());
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&(count as u32).to_le_bytes());
    let mut offset = HEADER;
    for section in sections {
        file.extend_from_slice(&(offset as u32).to_le_bytes());
        file.extend_from_slice(&(section.len() as u32).to_le_bytes());
        offset += section.len();
    }
    for section in sections {
        file.extend_from_slice(section);
    }
    file
}

/// Names with the records that have them, on their way into an fst.
#[derive(Default)]
struct Keys(Vec<(String, u32)>);

impl Keys {
    fn add(&mut self, key: String, index: usize) {
        // A skeleton that is its country alone is of no use.
        if !key.is_empty() && !key.ends_with(keys::AFTER_COUNTRY) {
            self.0.push((key, index as u32));
        }
    }

    fn finish(mut self) -> Result<(Vec<u8>, Vec<u8>), fst::Error> {
        self.0.sort_unstable();
        self.0.dedup();
        let mut map = fst::MapBuilder::memory();
        let mut postings = Vec::new();
        for group in self.0.chunk_by(|a, b| a.0 == b.0) {
            let value = match group {
                [(_, only)] => u64::from(*only) * 2 + 1,
                several => {
                    let offset = postings.len() as u64 * 2;
                    write_number(several.len() as u64, &mut postings);
                    let mut last = 0;
                    for (_, index) in several {
                        write_number(u64::from(index - last), &mut postings);
                        last = *index;
                    }
                    offset
                }
            };
            map.insert(&group[0].0, value)?;
        }
        Ok((map.into_inner()?, postings))
    }
}

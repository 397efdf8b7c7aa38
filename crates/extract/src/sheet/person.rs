//! One row of a spreadsheet of people: a person, about the incident whose code the row gives.

use sijil_model::claim::Known;
use sijil_model::codebook::AgeClass;
use sijil_model::{Claim, Content};

use super::columns::Holds;
use super::row::RowMade;
use super::{CodedRow, RemarkKind, SheetReader, words};
use crate::list::{ListColumns, ListRow, people_of_list, read_fate};

/// Reads a row. The first row of a code founds the incident; whoever reads several sheets joins those of one code.
pub(super) fn read(reader: &mut SheetReader<'_>, row: &ListRow<'_>) -> CodedRow {
    let mut made = RowMade { reader, row, coded: CodedRow::default() };
    let Some(code) = made.text_of(Holds::Code) else {
        let text = "the row names no incident; write the incident's code".into();
        made.remark(None, RemarkKind::RowRefused, "", text);
        return made.coded;
    };
    let Some(mut person) = person(&made, row) else {
        let text = "the row has no name, and so nothing by which to tell the person apart; count them in the incident's numbers".into();
        made.remark(None, RemarkKind::NotCarried, "", text);
        return made.coded;
    };
    tell_unread(&mut made, &person);
    let known = made.reader.known.get(&code).map(|(_, incident)| incident.clone());
    person.about = known.or_else(|| made.found(Some(&code)));
    made.coded.claims.push(person);
    made.coded
}

/// Cells of a person that say something in words or numbers that are not known here.
fn tell_unread(made: &mut RowMade<'_, '_>, claim: &Claim) {
    let Content::Person(person) = &claim.content else { return };
    let unread = [
        (Holds::Person("sex"), person.sex.is_none()),
        (Holds::Person("age"), person.age.is_none() && person.age_months.is_none()),
        (Holds::Person("status"), person.fate.is_none()),
        (Holds::AgeClass, person.age_class.is_none()),
    ];
    for (holds, is_unread) in unread {
        if let Some((column, cell)) = made.cell(holds).filter(|_| is_unread) {
            made.not_carried(column, cell);
        }
    }
    let fates = made.reader.columns.columns_of(Holds::Person("status")).next();
    if let Some(column) = fates.filter(|_| made.cell(Holds::Person("status")).is_none()) {
        made.not_carried(column, "");
    }
}

/// The person, by the rules of lists, with the age class where no age is given.
fn person(made: &RowMade<'_, '_>, row: &ListRow<'_>) -> Option<Claim> {
    let fields: Vec<Option<&str>> = (0u16..)
        .take(row.cells.len())
        .map(|column| {
            made.reader.columns.held().iter().find_map(|(held, holds)| match holds {
                Holds::Person(word) if *held == column => Some(*word),
                _ => None,
            })
        })
        .collect();
    let columns = ListColumns::new(&fields, |_| std::iter::empty());
    let mut claim = people_of_list(made.reader.document, &columns, std::slice::from_ref(row)).pop()?;
    let said_fate = made.cell(Holds::Person("status")).and_then(|(_, cell)| read_fate(cell));
    let has_fate = made.reader.columns.columns_of(Holds::Person("status")).next().is_some();
    if let Content::Person(person) = &mut claim.content {
        if has_fate {
            person.fate = said_fate;
        }
        if person.age_class.is_none() {
            person.age_class = made
                .cell(Holds::AgeClass)
                .and_then(|(_, cell)| words::code_of::<AgeClass>(cell))
                .map(Known::stated);
        }
    }
    // What became of somebody is part of what names the claim.
    Some(Claim {
        id: sijil_model::claim::claim_id(made.reader.document, &claim.spans, &claim.content),
        ..claim
    })
}

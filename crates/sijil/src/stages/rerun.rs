//! A new run over everything that the register holds: what a newer extractor reads, as a proposal until it is adopted.

use sijil_archive::{AccountId, SystemClock};
use sijil_model::DocumentId;
use sijil_register::Register;
use sijil_register::results::{ExtractedLine, StoredClaim};

use super::placing::Answers;
use super::saving::{ResultSpool, say_answers, say_run};
use super::{Stages, replacing, setting};
use crate::failure::{Failure, into_register};

/// Reads every document again; returns the run's log position, and how many claims it holds.
///
/// Places and times of claims that do not count yet move nothing, so they are looked up and adopted at once.
pub fn everything(
    register: &mut Register,
    stages: &Stages,
    author: &AccountId,
) -> Result<(u64, u64), Failure> {
    let mut extraction = ResultSpool::new()?;
    let mut answers = Answers::default();
    let (mut documents, mut claims) = (0, 0);
    for id in register.view().document_ids()? {
        let document = DocumentId::new(id)?;
        // What an import read of a spreadsheet is no extractor's to read again.
        if register.view().founds_incidents(document.as_str())? {
            continue;
        }
        let parts = replacing::claims_of(register, stages, &document)?;
        documents += u64::from(!parts.is_empty());
        for (part, found) in parts {
            claims += found.len() as u64;
            replacing::answer_part(register, stages, document.as_str(), part, &found, &mut answers)?;
            let claims = found.into_iter().map(StoredClaim::from).collect();
            extraction.line(&ExtractedLine { document: document.clone(), part, claims })?;
        }
    }
    let result = extraction.finish()?;
    let program = stages.coder.program();
    let position = register.write(author, &SystemClock, |writing| {
        let result = writing.keep_from(result)?;
        let position =
            say_run(writing, setting::EXTRACTOR, program, result, None, documents).map_err(into_register)?;
        say_answers(writing, stages, answers, documents).map_err(into_register)?;
        Ok(position)
    })?;
    Ok((position, claims))
}

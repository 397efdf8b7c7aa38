//! Web archives (WARC, and WACZ, which is a ZIP of them): the pages that were fetched, by their addresses.

use std::io::Read as _;

use crate::container::{Opened, archive, gunzip, member_bytes, member_name, read_member};
use crate::error::ReadError;
use crate::reading::{Member, MetadataField, Metadatum};
use crate::task::Task;
use crate::warning::Warning;

const KIND: &str = "web archive";

/// Opens a WARC file, compressed or not.
pub(crate) fn open_warc(task: &Task<'_>, bytes: &[u8]) -> Result<Opened, ReadError> {
    let (mut members, mut skipped) = (Vec::new(), 0);
    pages(task, bytes, &mut members, &mut skipped)?;
    opened(members, skipped)
}

/// Opens a WACZ: the WARC files under `archive/`.
pub(crate) fn open_wacz(task: &Task<'_>, bytes: &[u8]) -> Result<Opened, ReadError> {
    let mut zip = archive(task, bytes)?;
    let (mut members, mut skipped) = (Vec::new(), 0);
    for index in 0..zip.len() {
        let name = member_name(&zip, index);
        if !name.starts_with("archive/") || !(name.ends_with(".warc") || name.ends_with(".warc.gz")) {
            continue;
        }
        let warc = member_bytes(task, &mut zip, index, task.name)?;
        pages(task, &warc, &mut members, &mut skipped)?;
    }
    opened(members, skipped)
}

fn opened(members: Vec<Member>, skipped: u64) -> Result<Opened, ReadError> {
    let warnings = (skipped > 0).then_some(Warning::RecordsSkipped { count: skipped });
    Ok(Opened { members, warnings: warnings.into_iter().collect() })
}

fn pages(
    task: &Task<'_>,
    bytes: &[u8],
    members: &mut Vec<Member>,
    skipped: &mut u64,
) -> Result<(), ReadError> {
    let unpacked;
    let mut rest = bytes;
    if bytes.starts_with(&[0x1F, 0x8B]) {
        unpacked = gunzip(task, bytes)?;
        rest = &unpacked;
    }
    while !rest.is_empty() {
        let record = record(rest).map_err(|cause| task.damaged(KIND, cause))?;
        rest = record.rest;
        match record.header("WARC-Type") {
            Some("response") => match page_of(&record) {
                Some(page) => members.push(member(task, &record, page)),
                None => *skipped += 1,
            },
            Some("resource") if is_page(record.header("Content-Type")) => {
                members.push(member(task, &record, Ok(record.block.to_vec())));
            }
            Some("resource") => *skipped += 1,
            // Requests, notes and revisits hold no page of their own.
            _ => {}
        }
    }
    Ok(())
}

fn member(task: &Task<'_>, record: &Record<'_>, page: Result<Vec<u8>, &'static str>) -> Member {
    let address = record.header("WARC-Target-URI").unwrap_or("page").trim_matches(['<', '>']);
    let page = page.map_err(|kind| ReadError::Unsupported {
        name: format!("{}/{address}", task.name),
        kind: kind.to_owned(),
        next: "fetch the page again without compression, or save it from a browser",
    });
    let mut member = read_member(task, address, page);
    if let Ok(reading) = &mut member.reading {
        let said = [(MetadataField::Captured, "WARC-Date"), (MetadataField::Address, "WARC-Target-URI")];
        reading.metadata.extend(said.into_iter().filter_map(|(field, from)| {
            let value = record.header(from)?.to_owned();
            Some(Metadatum { field, value, from: from.to_owned() })
        }));
    }
    member
}

/// A record: header lines, then as many bytes as they say.
struct Record<'a> {
    headers: Headers<'a>,
    block: &'a [u8],
    rest: &'a [u8],
}

type Headers<'a> = Vec<(&'a str, &'a str)>;

impl<'a> Record<'a> {
    fn header(&self, name: &str) -> Option<&'a str> {
        header(&self.headers, name)
    }
}

fn header<'a>(headers: &Headers<'a>, name: &str) -> Option<&'a str> {
    headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}

fn record(bytes: &[u8]) -> Result<Record<'_>, String> {
    if !bytes.starts_with(b"WARC/1.") {
        return Err("a record does not begin where it should".to_owned());
    }
    let (headers, body) = head(bytes).ok_or("a record's header is cut off")?;
    let length = header(&headers, "Content-Length").and_then(|length| length.parse::<usize>().ok());
    let length = length.ok_or("a record does not say its length")?;
    let block = body.get(..length).ok_or("a record is cut off")?;
    let rest = &body[length..];
    let rest = &rest[rest.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len())..];
    Ok(Record { headers, block, rest })
}

/// Header lines up to a blank one, and what follows.
fn head(bytes: &[u8]) -> Option<(Headers<'_>, &[u8])> {
    let (end, skip) = match memchr::memmem::find(bytes, b"\r\n\r\n") {
        Some(end) => (end, 4),
        None => (memchr::memmem::find(bytes, b"\n\n")?, 2),
    };
    // A line that is not UTF-8 is none that we ask for.
    let lines = bytes[..end].split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
    let headers =
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.trim(), value.trim()));
    Some((headers.collect(), &bytes[end + skip..]))
}

/// The page of a successful answer: its bytes, or why these cannot be had; `None` where it is no page.
fn page_of(record: &Record<'_>) -> Option<Result<Vec<u8>, &'static str>> {
    let status = record.block.split(|byte| *byte == b' ').nth(1)?;
    let (headers, body) = head(record.block)?;
    if !status.starts_with(b"200") || !is_page(header(&headers, "Content-Type")) {
        return None;
    }
    let chunked =
        header(&headers, "Transfer-Encoding").is_some_and(|how| how.eq_ignore_ascii_case("chunked"));
    let body = if chunked { joined_chunks(body).unwrap_or_else(|| body.to_vec()) } else { body.to_vec() };
    let mut plain = Vec::new();
    let limit = 64 << 20;
    let read = match header(&headers, "Content-Encoding").map(str::to_ascii_lowercase).as_deref() {
        None | Some("" | "identity") => return Some(Ok(body)),
        // Some archivers keep the header and unpack the body.
        Some("gzip" | "x-gzip") if body.starts_with(&[0x1F, 0x8B]) => {
            flate2::read::MultiGzDecoder::new(&body[..]).take(limit).read_to_end(&mut plain)
        }
        Some("gzip" | "x-gzip") => return Some(Ok(body)),
        Some("deflate") => flate2::read::ZlibDecoder::new(&body[..]).take(limit).read_to_end(&mut plain),
        Some(_) => return Some(Err("a page in a compression that is not known here")),
    };
    Some(match read {
        Ok(_) if plain.len() as u64 == limit => Err("a page that unpacks to more than 64 MiB"),
        Ok(_) => Ok(plain),
        Err(_) => Err("a page whose compression is damaged"),
    })
}

fn is_page(content_type: Option<&str>) -> bool {
    content_type.is_some_and(|said| {
        let kind = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        matches!(kind.as_str(), "text/html" | "application/xhtml+xml")
    })
}

/// The body of a chunked answer; `None` where it is not chunked after all.
fn joined_chunks(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    loop {
        let end = memchr::memmem::find(body, b"\r\n")?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(joined);
        }
        joined.extend_from_slice(body.get(end + 2..(end + 2).checked_add(size)?)?);
        body = body.get(end + 2 + size + 2..)?;
    }
}

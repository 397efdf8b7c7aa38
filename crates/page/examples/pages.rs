//! Writes every page of a made-up register into a folder, in both languages and for both grounds, to be looked at.
//!
//! `cargo run -p sijil-page --example pages -- FOLDER`

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use std::path::Path;

use fixture::Fixture;
use sijil_model::Language;
use sijil_page::view::{Found, SignInPage};
use sijil_page::{Frame, Ground, Links, Page, Pages, STYLESHEET, Section, Words};

struct Out<'a> {
    pages: &'a Pages,
    folder: &'a Path,
    links: Links,
}

impl Out<'_> {
    fn write<P: Page>(
        &self,
        name: &str,
        section: Option<Section>,
        page: &P,
    ) -> Result<(), Box<dyn std::error::Error>> {
        let language = self.links.language();
        let other = if language == Language::En { Language::Ar } else { Language::En };
        let mut frame = Frame::new(
            &self.links,
            "مرصد النهر · Nahr Office",
            section,
            format!("{name}.{}.html", other.code()),
        );
        frame.position = Some(1204);
        if self.links.ground() == Ground::Desk {
            frame.account = Some("blue-heron".to_owned());
            frame.token = Some("one-time".to_owned());
        }
        let html = self.pages.render(page, &frame)?.replace("&#x2f;style.css", "style.css");
        std::fs::write(self.folder.join(format!("{name}.{}.html", language.code())), html)?;
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder to write the pages into")?;
    let pages = Pages::new(Words::built_in()?)?;
    for ground in [Ground::Desk, Ground::Site] {
        let folder = Path::new(&folder).join(if ground == Ground::Desk { "desk" } else { "site" });
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("style.css"), STYLESHEET)?;
        for language in Language::ALL {
            let links = if ground == Ground::Desk { Links::desk(language) } else { Links::site(language, 0) };
            let full = Fixture::new(links);
            let out = Out { pages: &pages, folder: &folder, links };
            out.write("figure", None, &full.figure())?;
            out.write("incident", None, &full.incident())?;
            out.write("person", None, &full.person())?;
            out.write("document", None, &full.document())?;
            out.write("list-document", None, &full.list_document())?;
            out.write("claim", None, &full.claim())?;
            if ground == Ground::Site {
                out.write("index", Some(Section::Figures), &full.site_index())?;
                out.write("about", Some(Section::About), &full.about())?;
                out.write("verify", Some(Section::Verify), &full.verify())?;
                continue;
            }
            out.write("index", Some(Section::Figures), &full.figures())?;
            out.write("log", Some(Section::Log), &full.log())?;
            out.write("entry", Some(Section::Log), &full.entry_page())?;
            out.write("search", Some(Section::Search), &full.search())?;
            out.write("aggregates", Some(Section::Aggregates), &full.aggregates())?;
            out.write("sources", Some(Section::Sources), &full.sources())?;
            out.write("review", Some(Section::Review), &full.review())?;
            out.write("people", None, &full.list(Found::Person))?;
            out.write("error", None, &full.error())?;
            out.write("sign-in", None, &SignInPage::UsedUp)?;
            out.write("empty-figure", None, &full.empty_figure())?;
            out.write("empty-incident", None, &full.empty_incident())?;
        }
    }
    Ok(())
}

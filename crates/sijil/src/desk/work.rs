//! What the desk works with: the register, the stages, the words, and what was counted or read a moment ago.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::StatusCode;
use axum::response::Response;
use sijil_count::{Figure, Question};
use sijil_model::{Actor, FigureId, Language};
use sijil_page::view::{ErrorPage, TroubleKind};
use sijil_page::{Frame, Page, Pages, Section, Speech, Words};

use super::answer::{self, Refusal, Result};
use super::door::Door;
use super::parts::shelf::Shelf;
use super::viewing::Viewing;
use super::visit::Visit;
use crate::asking::{self, Kept};
use crate::failure::Failure;
use crate::linking::reviewing::{self, Doubted, Held};
use crate::session::Session;
use crate::stages::{Stages, memory};

/// The desk of one register.
pub struct Desk {
    pub(super) door: Door,
    /// Pages that show nothing of the register.
    outside: Pages,
    work: Mutex<Work>,
}

/// What a request works with while it holds the register.
pub(super) struct Work {
    pub session: Session,
    pub stages: Stages,
    pages: Pages,
    /// What the stages and words were made for.
    in_force: Vec<(String, String)>,
    answered: RefCell<Option<(u64, Arc<Vec<Answered>>)>>,
    doubted: RefCell<Option<(u64, Arc<Vec<Doubted>>)>>,
    pub shelf: RefCell<Shelf>,
}

/// A question that the desk keeps in view, with its answer.
pub(super) struct Answered {
    /// Its name; none for the total of the killed, which every register answers.
    pub id: Option<FigureId>,
    /// The title that a person gave it, in English and in Arabic.
    pub titles: [Option<String>; 2],
    pub question: Question,
    pub figure: Figure,
}

impl Answered {
    /// Its name, and the incidents in it.
    pub fn held(&self) -> (String, BTreeSet<String>) {
        let name = self.id.as_ref().map_or_else(|| "all killed".to_owned(), ToString::to_string);
        (name, self.figure.records.iter().map(|record| record.id.to_string()).collect())
    }
}

impl Desk {
    /// A desk that will be served at this address, with a new link.
    pub fn new(session: Session, address: SocketAddr) -> std::result::Result<Self, Failure> {
        let pages = Words::built_in().and_then(Pages::new);
        let outside = pages.map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Self { door: Door::new(address), outside, work: Mutex::new(Work::new(session)?) })
    }

    /// The address that opens the desk once.
    pub fn link(&self) -> String {
        self.door.link()
    }

    /// Makes a page of the register as it is now.
    pub(super) async fn page<P: Page>(
        self: Arc<Self>,
        visit: Visit,
        section: Option<Section>,
        make: impl FnOnce(&Viewing<'_>) -> Result<P> + Send + 'static,
    ) -> Response {
        let asked = visit.clone();
        let made = self.on_work(move |work, door| {
            let viewing = Viewing::new(work, &asked)?;
            let page = make(&viewing)?;
            work.render(&viewing, section, &page, door)
        });
        match made.await {
            Ok(page) => answer::html(StatusCode::OK, page, &visit),
            Err(refusal) => self.refuse(visit, refusal).await,
        }
    }

    /// Makes an answer that is no page.
    pub(super) async fn file(
        self: Arc<Self>,
        visit: Visit,
        make: impl FnOnce(&Viewing<'_>) -> Result<Response> + Send + 'static,
    ) -> Response {
        let asked = visit.clone();
        match self.on_work(move |work, _| make(&Viewing::new(work, &asked)?)).await {
            Ok(answer) => answer,
            Err(refusal) => self.refuse(visit, refusal).await,
        }
    }

    /// Works on the register, which first takes in what others appended.
    pub(super) async fn on_work<T: Send + 'static>(
        self: &Arc<Self>,
        act: impl FnOnce(&mut Work, &Door) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let desk = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            // A page that failed in the middle leaves nothing half done: what it works with is read again.
            let mut work = desk.work.lock().unwrap_or_else(PoisonError::into_inner);
            work.refresh()?;
            act(&mut work, &desk.door)
        });
        done.await.unwrap_or_else(|_| Err(Refusal::new(TroubleKind::Internal, "page")))
    }

    /// The page of a refusal. It shows nothing of the register but the thing that was named.
    pub(super) async fn refuse(&self, visit: Visit, refusal: Refusal) -> Response {
        let (status, trouble) = (refusal.status(), refusal.told(visit.language));
        self.plain(visit, status, ErrorPage { trouble }).await
    }

    /// A page that shows nothing of the register.
    pub(super) async fn plain<P: Page>(&self, visit: Visit, status: StatusCode, page: P) -> Response {
        let frame = Frame::new(&visit.links(), "sijil", None, visit.in_other_language());
        match self.outside.render(&page, &frame) {
            Ok(page) => answer::html(status, page, &visit),
            Err(error) => answer::html(
                StatusCode::INTERNAL_SERVER_ERROR,
                format!("<!doctype html><pre>{}</pre>", error.to_string().replace('<', "&lt;")),
                &visit,
            ),
        }
    }
}

impl Work {
    fn new(session: Session) -> std::result::Result<Self, Failure> {
        let stages = Stages::of(&session.register)?;
        let in_force = session.register.view().settings()?;
        let pages = pages(&stages)?;
        let (answered, doubted, shelf) = (RefCell::default(), RefCell::default(), RefCell::default());
        Ok(Self { session, stages, pages, in_force, answered, doubted, shelf })
    }

    /// Takes in what others appended; stages and words are made again where a setting changed.
    pub fn refresh(&mut self) -> Result<()> {
        self.session.register.refresh()?;
        let in_force = self.session.register.view().settings()?;
        if in_force != self.in_force {
            self.stages = Stages::of(&self.session.register)?;
            self.pages = pages(&self.stages)?;
            self.in_force = in_force;
            *self.answered.borrow_mut() = None;
            *self.doubted.borrow_mut() = None;
        }
        Ok(())
    }

    /// Reads what reviewers confirmed: only who places something again asks for it.
    pub fn remember(&mut self) -> Result<()> {
        self.stages = self.stages.remembering(memory::of(&self.session.register)?);
        Ok(())
    }

    /// The saved figures, before them the total of the killed where none of them asks the same; as of a position.
    pub fn answered(&self, at: u64) -> Result<Arc<Vec<Answered>>> {
        if let Some((position, answered)) = &*self.answered.borrow()
            && *position == at
        {
            return Ok(Arc::clone(answered));
        }
        let answered = Arc::new(self.answer_all(at)?);
        if at == self.session.register.view().position()? {
            *self.answered.borrow_mut() = Some((at, Arc::clone(&answered)));
        }
        Ok(answered)
    }

    fn answer_all(&self, at: u64) -> Result<Vec<Answered>> {
        let kept = asking::kept(self.session.register.view(), &self.stages, at)?;
        let answered = |(kept, figure): (Kept, Figure)| {
            let title = |language| kept.saved.as_ref()?.given_title(language).map(str::to_owned);
            Ok(Answered {
                id: kept.saved.as_ref().map(|saved| FigureId::new(saved.id.as_str())).transpose()?,
                titles: Language::ALL.map(title),
                question: kept.question,
                figure,
            })
        };
        kept.into_iter().map(answered).collect()
    }

    /// All pairs in doubt as of now, the most consequential first; read once for each position.
    pub fn doubted(&self, at: u64) -> Result<Arc<Vec<Doubted>>> {
        if let Some((position, doubted)) = &*self.doubted.borrow()
            && *position == at
        {
            return Ok(Arc::clone(doubted));
        }
        let held: Held = self.answered(at)?.iter().map(Answered::held).collect();
        let doubted = Arc::new(reviewing::queue(self.session.register.view(), &held)?);
        *self.doubted.borrow_mut() = Some((at, Arc::clone(&doubted)));
        Ok(doubted)
    }

    /// The words of the pages in a language.
    pub fn words(&self, language: Language) -> &Speech {
        self.pages.words().in_language(language)
    }

    /// A page in its frame.
    pub fn render<P: Page>(
        &self,
        viewing: &Viewing<'_>,
        section: Option<Section>,
        page: &P,
        door: &Door,
    ) -> Result<String> {
        let folder = self.session.register.folder();
        let name = folder
            .canonicalize()
            .ok()
            .and_then(|folder| Some(folder.file_name()?.to_string_lossy().into_owned()));
        let visit = viewing.visit;
        let mut frame = Frame::new(
            &viewing.links,
            name.as_deref().unwrap_or("sijil"),
            section,
            visit.in_other_language(),
        );
        frame.account = Some(self.session.account.to_string());
        frame.position = Some(viewing.at);
        frame.token = Some(door.form_token().to_owned());
        Ok(self.pages.render(page, &frame)?)
    }
}

fn pages(stages: &Stages) -> std::result::Result<Pages, Failure> {
    let actors: Vec<Actor> = stages.actors.values().cloned().collect();
    Words::naming(&actors, sijil_count::rule_text)
        .and_then(Pages::new)
        .map_err(|error| Failure::Internal(error.to_string()))
}

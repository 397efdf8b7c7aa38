//! Stage 6: each sentence as a scene: what it tells, and whether it tells of one event, of many, or of none.

use std::ops::Range;

use sijil_model::claim::Stands;
use sijil_model::codebook::{AggregateKind, CountUnit, Harm, Means};

use crate::aggregates::{self, Total};
use crate::attribution::{Attributed, attributions};
use crate::breakdowns::{self, Told};
use crate::corrections;
use crate::entries;
use crate::harm::{self, Death, Hit, Read, Unharmed, Who};
use crate::lists_in_text::{self, Listing};
use crate::sense::Sense;
use crate::sentences::Sentence;
use crate::sites::{self, Site};
use crate::speech::{self, Source};
use crate::times::{Extent, Time};
use crate::window::Window;
use crate::word_lists::Words;

mod attack;
mod clauses;
mod of_a_month;
mod other_days;
mod stretches;
mod tolls;

use attack::{is_strike, locates};
use stretches::{is_all_of_a_stretch, is_since_a_start, is_superlative, is_that_stretch};

/// What a sentence tells.
pub(crate) struct Scene {
    /// Its sentence, by position.
    pub sentence: usize,
    pub run: Range<usize>,
    /// Harm to people in one event.
    pub hits: Vec<Hit>,
    /// Claims about many events.
    pub totals: Vec<Total>,
    /// Homes, displacement, damage, fear.
    pub harms: Vec<Total>,
    /// Positions in the window's list of places.
    pub places: Vec<usize>,
    /// Positions in the window's list of times.
    pub times: Vec<usize>,
    pub attributed: Vec<Attributed>,
    pub means: Vec<(Means, Range<usize>)>,
    pub sites: Vec<Site>,
    pub sources: Vec<Source>,
    /// Whether the words are somebody's and not the author's.
    pub reported: bool,
    /// Whether an attack is told of at a place.
    pub strike: bool,
    /// "as in X": an event named as an example, without a number.
    pub example: bool,
    /// "4 October, Nahran.": a day and a place, which head what is told after them up to the next paragraph.
    pub heading: bool,
    /// "The house was located in X": where the event told before it was.
    pub locates: bool,
    /// Whether the same sentence tells of another attack, by another weapon, before it.
    pub by_another_weapon: bool,
    /// "Nobody was hurt": the words that say so, and whether they are of people and not only of damage.
    pub unharmed: Option<Unharmed>,
}

impl Scene {
    /// Whether it tells of no harm of its own and says who is blamed, or who says what it struck.
    pub fn holds_answerable(&self, window: &Window<'_>) -> bool {
        let told = self.hits.is_empty() && self.totals.is_empty() && self.harms.is_empty();
        told && !self.attributed.is_empty() && !tells_of_a_period(window, self)
    }

    /// Whether it sums many events up; a share or a ratio may stand beside an event.
    fn sums_up(&self) -> bool {
        use AggregateKind::{Ratio, Share};
        self.totals.iter().any(|total| !matches!(total.kind, Ratio | Share))
    }
}

/// The rule of a number of a sentence that speaks of a period.
const OVER_A_PERIOD: &str = "total-over-a-period";

/// How many sentences an account of deaths goes on naming the dead.
const NEAR: usize = 12;

/// Reads every sentence that is no furniture.
pub(crate) fn scenes(window: &Window<'_>) -> Vec<Scene> {
    let mut chains = 0;
    let mut told = Told::default();
    let mut listing: Option<Listing> = None;
    let mut scenes = Vec::new();
    for (at, sentence) in window.sentences.iter().enumerate() {
        if sentence.chrome {
            listing = None;
            continue;
        }
        for (part, sentence) in clauses::of(window, sentence).iter().enumerate() {
            let (mut scene, opening) = scene(window, at, sentence, &mut chains);
            if let Some(before) = scenes.last_mut().filter(|before: &&mut Scene| before.sentence + 1 >= at) {
                harm::died_of_them(window, &mut before.hits, &mut scene.hits);
                if let Some(death) = opening {
                    harm::falls_on(window, &death, &before.run, &mut before.hits, &mut chains);
                }
            }
            let before = scenes.last();
            if let Some(first) = before.filter(|_| part > 0) {
                clauses::go_on(window, first, &mut scene);
            }
            let of_period = before.is_some_and(|before| tells_of_a_period(window, before))
                && tells_of_those_attacks(window, &scene.run);
            if of_period || before.is_some_and(|before| goes_on_summing_up(window, before, &scene)) {
                let hits = std::mem::take(&mut scene.hits);
                scene
                    .totals
                    .extend(hits.iter().filter_map(|hit| aggregates::total(window, hit, OVER_A_PERIOD)));
            }
            told.settle(window, &mut scene);
            lists_in_text::follow(window, sentence, &mut scene.hits, &mut listing, &mut chains);
            let killed =
                |scene: &Scene| scene.hits.iter().any(|hit| hit.harm == Harm::Killed && !scene.sums_up());
            let near = killed(&scene) || scenes.iter().rev().take(NEAR).any(killed);
            crate::beside_the_dead::named(window, sentence, &mut scene.hits, near, &mut chains);
            scene.hits.retain(|hit| !matches!(hit.who, Who::Name(_)) || !window.is_of_a_writer(&hit.run));
            scenes.push(scene);
        }
    }
    harm::distributed::settle(window, &mut scenes);
    harm::pronouns::settle(window, &mut scenes);
    breakdowns::sum_up_items(window, &mut scenes);
    corrections::settle(window, &mut scenes, &mut chains);
    scenes
}

/// What a sentence, or its part that tells of one attack, tells, with the death that it opens with of somebody told of before;
/// `at` is the sentence's position.
fn scene(window: &Window<'_>, at: usize, sentence: &Sentence, chains: &mut usize) -> (Scene, Option<Death>) {
    let run = sentence.run.clone();
    let Read { hits, opening } = harm::read(window, sentence, chains);
    let sources = speech::sources(window, sentence);
    let says = window.tags.any(run.clone(), |sense| matches!(sense, Sense::Says));
    let reported = !sources.is_empty() && (says || !window.tokens.is_arabic(run.start));
    let places = indices(&window.places, &run, |place| &place.run);
    let mut times = indices(&window.times, &run, |time| &time.run);
    times.retain(|time| window.times[*time].extent != Extent::OfWriting);
    times.retain(|time| !is_the_same_day(window, &window.times[*time]));
    times.retain(|time| !other_days::is_of_the_aftermath(window, &run, &window.times[*time]));
    let earlier = times.iter().copied().find(|time| tells_of_earlier(window, &window.times[*time], &hits));
    times.retain(|time| earlier.is_none_or(|earlier| *time >= earlier));
    let mut scene = Scene {
        sentence: at,
        hits: Vec::new(),
        totals: aggregates::find(window, &run),
        harms: aggregates::other_harms(window, &run),
        places,
        times,
        attributed: attributions(window, &run, reported),
        means: sites::means(window, &run),
        sites: sites::sites(window, &run),
        sources,
        reported,
        strike: false,
        example: is_example(window, &run),
        heading: entries::place_of_heading(window, sentence).is_some(),
        locates: false,
        by_another_weapon: false,
        unharmed: harm::unharmed(window, &run),
        run,
    };
    sort_hits(window, &mut scene, hits);
    scene.strike = is_strike(window, &scene);
    scene.locates = scene.hits.is_empty() && scene.totals.is_empty() && locates(window, &scene);
    (scene, opening)
}

/// «بعد ظهر اليوم نفسه»: the day that was said before.
fn is_the_same_day(window: &Window<'_>, time: &Time) -> bool {
    window.tokens.word(time.run.end - 1) == "اليوم" && speech::is_itself(window.tokens.word(time.run.end))
}

/// "Monday's attack was the deadliest since October, when shelling killed 31": the harm told is that of the earlier time.
fn tells_of_earlier(window: &Window<'_>, time: &Time, hits: &[Hit]) -> bool {
    let (start, end) = (time.run.start, time.run.end);
    let since = start > 0 && window.tokens.word(start - 1) == "since";
    let when = window.tokens.word(end + usize::from(window.tokens.is_mark(end, ','))) == "when";
    since && when && !hits.is_empty() && hits.iter().all(|hit| hit.run.start > end)
}

/// The positions of what lies in a run.
fn indices<T>(list: &[T], run: &Range<usize>, place: impl Fn(&T) -> &Range<usize>) -> Vec<usize> {
    let from = list.partition_point(|item| place(item).start < run.start);
    (from..list.len()).take_while(|at| place(&list[*at]).start < run.end).collect()
}

/// Numbers of a sentence that speaks of a period or of a whole war are totals, the others are of an event.
fn sort_hits(window: &Window<'_>, scene: &mut Scene, hits: Vec<Hit>) {
    let compared = scene.totals.iter().find(|total| total.kind == AggregateKind::Comparison);
    let compared = compared.map(|total| total.run.clone());
    // "A baker detained since 12 April died": one person, and nobody else, is no number of a period.
    let same = hits.iter().all(|hit| hit.who == hits[0].who);
    let alone = !hits.is_empty() && same && hits.iter().all(|hit| is_one(window, hit));
    let toll = tolls::of_a_stretch(window, &scene.run);
    let mut summed: Option<(usize, &'static str)> = None;
    for hit in hits {
        // «لا يزال رهن الاعتقال منذ آذار»: somebody by name is no number of a period.
        if matches!((hit.who, hit.harm), (Who::Name(_), Harm::Detained | Harm::Missing)) {
            scene.hits.push(hit);
            continue;
        }
        let rule = match &compared {
            Some(span) if hit.run.end > span.start => Some("total-compared-with"),
            // "Thirty were killed on Monday, more than in any raid this year": the day's own number.
            Some(_) if !tells_a_day(window, scene) => Some("total-compared"),
            compared => {
                let end = compared.as_ref().map_or(scene.run.end, |span| span.start);
                aggregate_rule(window, scene, &hit, end, toll.as_ref())
                    .filter(|rule| !alone || *rule != OVER_A_PERIOD)
            }
        };
        // "killed 1,400 people, including 400 children": what is a part of a total is of no event either.
        let whole = summed.filter(|(chain, _)| *chain == hit.chain && hit.stands == Stands::PartOf);
        let rule = rule.or(whole.map(|(_, rule)| rule));
        summed = rule.filter(|_| hit.stands == Stands::Alone).map(|rule| (hit.chain, rule)).or(whole);
        match rule {
            Some(_) if compared.is_some() && !is_counted(window, &hit) => {}
            Some(rule) => scene.totals.extend(aggregates::total(window, &hit, rule)),
            None => scene.hits.push(hit),
        }
    }
}

/// Whether a sentence says on which day something happened.
fn tells_a_day(window: &Window<'_>, scene: &Scene) -> bool {
    let times = scene.times.iter().map(|time| &window.times[*time]);
    let mut moments = times.filter(|time| time.extent == Extent::Moment);
    moments.any(|time| time.expression.is_some() && !time.is_coarse())
}

/// Whether an English hit is of one person by a noun.
fn is_one(window: &Window<'_>, hit: &Hit) -> bool {
    let one = |index: usize| window.groups[index].said.quantity == sijil_model::Quantity::Singular;
    !window.tokens.is_arabic(hit.run.start) && matches!(hit.who, Who::Group(index) if one(index))
}

/// Whether a hit says how many.
fn is_counted(window: &Window<'_>, hit: &Hit) -> bool {
    matches!(hit.who, Who::Group(index) if window.groups[index].said.quantity.number().is_some())
}

/// The rule by which a number of a sentence is a total; `end` is where a comparison begins, whose period is not the
/// number's.
fn aggregate_rule(
    window: &Window<'_>,
    scene: &Scene,
    hit: &Hit,
    end: usize,
    toll: Option<&tolls::OfAStretch>,
) -> Option<&'static str> {
    if toll.is_some_and(|toll| toll.number == hit.run.start) {
        return Some(OVER_A_PERIOD);
    }
    let of_toll = |at: usize| toll.is_some_and(|toll| (toll.opens..toll.number).contains(&at));
    let period = scene.times.iter().any(|time| {
        let time = &window.times[*time];
        time.extent == Extent::Period
            && time.run.start < end
            && !broken(window, &hit.run, &time.run)
            && !is_superlative(window, time.run.start)
            && !of_toll(time.run.start)
    });
    let counted = matches!(hit.who, Who::Group(index) if window.groups[index].kin.is_none());
    let stretch = |at: usize| {
        is_since_a_start(window, at)
            || is_all_of_a_stretch(window, at)
            || counted && is_that_stretch(window, at)
    };
    if period || (scene.run.start..end).any(|at| !of_toll(at) && stretch(at)) {
        return Some(OVER_A_PERIOD);
    }
    if let Some(rule) = of_a_month::rule(window, scene, hit) {
        return Some(rule);
    }
    if is_recorded_in_a_month(window, scene, hit) {
        return Some("total-of-a-month");
    }
    if is_of_an_area(window, scene) {
        return Some("total-of-an-area");
    }
    if is_of_a_daily_report(window, &scene.run) {
        return Some("total-of-a-day");
    }
    if is_of_such_attacks(window, hit) {
        return Some("total-of-such-attacks");
    }
    if is_ascribed(window, scene, hit) {
        return Some("total-of-a-party");
    }
    let Who::Group(index) = hit.who else { return None };
    let number = window.groups[index].said.quantity.number();
    let thousands = number.is_some_and(|n| n >= 1_000)
        || matches!(window.groups[index].said.quantity, sijil_model::Quantity::Thousands);
    let war = window.tags.any(scene.run.clone(), |sense| matches!(sense, Sense::Conflict));
    let years = scene.run.clone().any(|at| {
        matches!(window.tokens.word(at), "years" | "months" | "سنوات" | "اعوام" | "اشهر")
            && !window.tags.is(at + 1, |sense| matches!(sense, Sense::AgeYears))
            && window.tokens.word(at + 1) != "old"
            && window.tokens.word(at.saturating_sub(1)) != "-"
            && !(at.saturating_sub(3)..at).any(|at| matches!(window.tokens.word(at), "after" | "بعد"))
    });
    // «في حرب الحدود سنة 1957»: a war of a year, told of by the way.
    let war = war || scene.run.clone().any(|at| matches!(window.tokens.word(at), "حرب" | "war"));
    let of_a_year = war && scene.times.iter().any(|time| window.times[*time].is_calendar_year());
    (number.is_some_and(|n| n >= 10_000) || war && (years || thousands) || of_a_year)
        .then_some("total-of-a-war")
}

/// Whether a sentence speaks of a period: «منذ بداية حزيران حتى 8 من آب», "from May to July".
fn tells_of_a_period(window: &Window<'_>, scene: &Scene) -> bool {
    scene.times.iter().any(|time| window.times[*time].extent == Extent::Period)
        || scene.run.clone().any(|at| is_since_a_start(window, at))
}

/// "In October we recorded 63 killings … Twenty-two people were detained.": numbers without a day, a place or an attack of
/// their own, in a paragraph of totals.
fn goes_on_summing_up(window: &Window<'_>, before: &Scene, scene: &Scene) -> bool {
    use AggregateKind::{Ratio, Total};
    let of_incidents = |total: &aggregates::Total| {
        total.kind == Total
            || total.kind == Ratio && !matches!(total.unit, CountUnit::Persons | CountUnit::Victims)
    };
    before.hits.is_empty()
        && before.totals.iter().any(of_incidents)
        && before.sentence + 1 == scene.sentence
        && !window.sentences[scene.sentence].opens_paragraph
        && (scene.places.is_empty() && scene.times.is_empty() && scene.means.is_empty())
        && scene.hits.iter().all(|hit| is_counted(window, hit))
}

/// «وتسببت تلك الهجمات بمقتل …», "These attacks killed …": what the attacks of the sentence before came to.
fn tells_of_those_attacks(window: &Window<'_>, run: &Range<usize>) -> bool {
    const OPENING: usize = 4;
    run.clone().take(OPENING).any(|at| {
        let word = window.tokens.word(at);
        Words::Attacks.has(word)
            && (word.starts_with("ال")
                || at > run.start && matches!(window.tokens.word(at - 1), "these" | "those"))
    })
}

/// "In October we documented the killing of 63 civilians", «وثّق المركز في أيار مقتل»: what recorders count in a month.
fn is_recorded_in_a_month(window: &Window<'_>, scene: &Scene, hit: &Hit) -> bool {
    let recorded = (scene.run.start..hit.run.start).any(|at| window.tokens.is_on(Words::Records, at));
    let days = || scene.times.iter().map(|time| &window.times[*time]);
    recorded && days().any(Time::is_month) && days().all(|time| time.expression.is_none() || time.is_month())
}

/// "the toll across the province", «حصيلة اليوم في عموم المحافظة»: a toll of all that happened in an area.
fn is_of_an_area(window: &Window<'_>, scene: &Scene) -> bool {
    window.tags.any(scene.run.clone(), |sense| matches!(sense, Sense::Toll))
        && scene.run.clone().any(|at| window.tokens.is_on(Words::AllOver, at))
}

/// «التقرير اليومي لوحدة الكوارث: 31 شهيدا», "The daily bulletin: 31 killed": what all events of a day came to.
fn is_of_a_daily_report(window: &Window<'_>, run: &Range<usize>) -> bool {
    const OPENING: usize = 6;
    let word = |at: usize| window.tokens.word(at);
    run.clone().take(OPENING).any(|at| match word(at) {
        "التقرير" | "الحصيله" | "النشره" | "البيان" => {
            matches!(word(at + 1), "اليومي" | "اليوميه")
        }
        "حصيله" => word(at + 1) == "يوم" && matches!(word(at + 2), "امس" | "كامل"),
        "daily" | "weekly" | "monthly" | "annual" | "yearly" | "quarterly" => {
            matches!(word(at + 1), "report" | "bulletin" | "update" | "toll" | "tally" | "summary")
        }
        _ => false,
    })
}

/// "21 people were killed in such attacks": of attacks of a kind, and no one of them; not "killed five, and the council
/// said such attacks must stop".
fn is_of_such_attacks(window: &Window<'_>, hit: &Hit) -> bool {
    const REACH: usize = 24;
    let within = |at: &usize| matches!(window.tokens.word(*at), "in" | "by" | "from" | "during");
    (hit.run.end..hit.run.end + REACH).take_while(|at| window.tokens.mark(*at).is_none()).any(|at| {
        within(&at) && window.tokens.word(at + 1) == "such" && window.tokens.is_on(Words::Attacks, at + 2)
    })
}

/// "attributes 104 deaths to the coalition, 71 to the army": what a recorder holds a party responsible for is no event.
fn is_ascribed(window: &Window<'_>, scene: &Scene, hit: &Hit) -> bool {
    const REACH: usize = 6;
    let from = hit.run.start.saturating_sub(REACH).max(scene.run.start);
    matches!(window.tokens.word(hit.run.end), "to" | "الي")
        && (from..hit.run.start).any(|at| window.tokens.is_on(Words::Ascribes, at))
}

/// Whether a full clause stands between a number and a period, so that the period is not the number's.
fn broken(window: &Window<'_>, hit: &Range<usize>, time: &Range<usize>) -> bool {
    let gap = hit.end.min(time.end)..hit.start.max(time.start);
    // «إعدام تسعة من الرهائن الذين كانت تحتجزهم منذ آذار»: since when they were held.
    let relative = |at: usize| matches!(window.tokens.word(at), "الذين" | "الذي" | "التي");
    let clause = hit.end <= time.start && gap.clone().any(relative);
    clause || gap.clone().any(|at| matches!(window.tokens.mark(at), Some(';'))) || gap.len() > 45
}

/// "the massacres …, as in X city", «كما حدث في مدينة»: a single event named as an example.
fn is_example(window: &Window<'_>, run: &Range<usize>) -> bool {
    window.tags.any(run.clone(), |sense| matches!(sense, Sense::Massacre))
        && run.clone().any(|at| {
            let example = matches!(
                (window.tokens.word(at), window.tokens.word(at + 1), window.tokens.word(at + 2)),
                ("as" | "like", "in", _)
                    | ("such", "as", "in")
                    | ("مثل", _, _)
                    | ("كما", "في" | "حدث" | "جري" | "حصل" | "وقع", _)
            );
            example && !window.within(&window.places, &(at + 1..at + 6), |place| &place.run).is_empty()
        })
}

//! So many times so many: "four families of six and two of five, 34 people in all", "twelve lorries, each with 18 pallets.
//! The 216 pallets …".

use std::sync::LazyLock;

use regex::Regex;

use super::{all, is_slip, lead, made_of, same_thing, tail};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::cues::Cue;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Item, Passage, pattern};

/// How many times as large or small a total may be as the products and still be meant by them.
const FAR: f64 = 2.0;
/// How far after its number a total may be said to be of all.
const NEAR: usize = 3;

/// How far from a product what it is told to be may lie, as a part of it, where no word says that it follows.
const NEARLY: f64 = 0.25;
/// How many words must tie three numbers to each other.
const LINKS: usize = 2;

/// "Four families of six", «ثلاث عائلات من سبعة»; after one of them also «وعائلتان من أربعة», where the word says the number.
static GROUPS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:(?P<many>N) (?:group |n min |n of )|(?:and|,) (?P<again>N) (?:min |of ))(?P<each>N) ")
});
/// "14 classrooms with 35 desks apiece".
static APIECE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<many>N) (?:n |w ){0,2}(?:and |with |of |in |by )?(?P<each>N) (?:n |w ){0,2}each ")
});
/// "Twelve lorries …, each loaded with 18 pallets".
static LOADS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<many>N) [^NPDT.]{0,40}?(?:each|every) (?:[wn] |of |and |with ){0,4}(?P<each>N) ")
});

/// "$120 to each of 40 families", «120 دولاراً عن كل منزل من المنازل الـ26».
static EACH_OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<each>N) (?:n |w |in |is |to |the |min ){0,5}(?:(?:each|every) (?:of |min |n |w |the ){0,5}|per (?:of |min )(?:n |the ){0,2})(?P<many>N) ",
    )
});
/// "Each of the 1,800 families is to get $250", «غُرّم كل واحد من المتهمين الثلاثة 1500 دينار».
static OF_EACH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:each|every) (?:of |min |n |w |the ){0,5}(?P<many>N) [^NPDT.,;]{0,30}?(?P<each>N) ")
});

/// "Each family received 150 dollars. With 640 families on the list", "each parcel feeds five people; with 400 parcels".
static OF_EACH_THEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<of>each|every) (?:[wn] ){1,3}[^NPDT.]{0,24}?(?P<each>N) [^NPDTR]{0,40}?(?P<many>N) ")
});

pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let two = || loads(passage).or_else(|| of_each_named(passage));
    groups(passage).into_iter().chain(two()).chain(threefold(passage)).collect()
}

/// "The fund pays 25,000 dinars to each widow. With 140 widows registered, it needs 3.5 million", «كل أسرة من الأسر المستفيدة،
/// وعددها 240، 150 دولاراً، فتكون الكلفة …»: the only two numbers before a sum of money, so much for each of what the other
/// counts, in whatever order.
fn of_each_named(passage: &Passage) -> Option<Draft> {
    passage.counts(0..passage.atoms.len()).into_iter().find_map(|(at, total)| {
        let start = passage.before(at);
        let counts = passage.counts(start..at);
        let [first, second] = counts.as_slice() else { return None };
        let ((_, each), (_, many)) = if first.1.is_money() { (first, second) } else { (second, first) };
        // "To each widow", «كل أسرة من الأسر»: what is counted.
        let named = |link: usize| {
            let class = many.class().is_some() && passage.class_at(link + 1) == many.class();
            matches!(passage.symbol(link), "each" | "every" | "per")
                && (class || same_thing(passage.word(link + 1), &many.word))
        };
        let other =
            ["rest", "more", "other", "of", "from", "by", "up", "down", "sofar", "fewer", "prior", "R"];
        let apart =
            passage.has(first.0.max(second.0) + 1..at, &other) || passage.has(tail(passage, at), &other);
        let product = Product { many, each, end: first.0.max(second.0) };
        let low = product.bounds().low;
        let near = is_slip(low, total.stated) || (low - total.stated).abs() < total.stated * NEARLY;
        let money = each.is_money() && total.is_money() && !many.is_money();
        (money && near && !apart && (start..at).any(named))
            .then(|| against(passage, at, total, &[product]))
            .flatten()
    })
}

/// "1,800 families get 250 dollars a month for six months, 2.7 million in all", "14 lorries with 22 pallets each and 40
/// parcels to a pallet: 12,320 parcels": the only three numbers before a number, told as so many of so many of so many.
fn threefold(passage: &Passage) -> Option<Draft> {
    passage.counts(0..passage.atoms.len()).into_iter().find_map(|(at, total)| {
        let start = passage.before(at);
        let factors: Vec<&Amount> = (start..at).filter_map(|place| factor(passage, place)).collect();
        // "100 dollars a month for three months": a time that a rate is told for.
        let lasts = |at: &usize| matches!(passage.atoms[*at].item, Item::Length(..));
        let links = (start..at).filter(|place| is_link(passage, *place) || lasts(place)).count();
        let [one, two, three] = factors.as_slice() else { return None };
        let counted = factors.iter().any(|factor| {
            let class = factor.class().is_some() && factor.class() == total.class();
            class || same_thing(&factor.word, &total.word)
        });
        let product = one.bounds.times(two.stated * three.stated);
        let plain = factors.iter().all(|factor| factor.bounds.is_exact() && factor.stated > 1.0);
        let about = total.stated < product.high * FAR && product.low < total.stated * FAR;
        let others = all(passage, at);
        let two_of_them = [(one, two), (one, three), (two, three)]
            .iter()
            .any(|(one, two)| one.bounds.times(two.stated).meets(total.bounds));
        if links < LINKS || !counted || !plain || !about || total.is_vague() {
            return None;
        }
        if product.meets(total.bounds) || two_of_them || made_of(total.bounds, &others) {
            return None;
        }
        let terms = [one, two, three].map(|factor| shown(factor.stated)).join(" × ");
        let explain = format!("{terms} = {}, not {}", shown(product.low), shown(total.stated));
        Some(Draft::over(Kind::Sum, &[total], total.stated, product.low, explain))
    })
}

/// A number of things, or of units of time.
fn factor(passage: &Passage, at: usize) -> Option<&Amount> {
    match &passage.atoms[at].item {
        Item::Count(number) | Item::Length(number, _) => Some(number),
        _ => None,
    }
}

/// "Each", "a month", "to a pallet": so many for one of what else is counted.
fn is_link(passage: &Passage, at: usize) -> bool {
    let to_a = passage.symbol(at) == "to" && matches!(passage.word(at + 1), "a" | "an" | "the");
    to_a || matches!(passage.symbol(at), "each" | "every" | "per" | "R")
}

/// A product, and where its last number stands.
struct Product<'p> {
    many: &'p Amount,
    each: &'p Amount,
    end: usize,
}

impl Product<'_> {
    fn bounds(&self) -> Bounds {
        self.each.bounds.times(self.many.stated)
    }
}

/// Groups of so many each, and how many they are together.
fn groups(passage: &Passage) -> Option<Draft> {
    let mut products: Vec<Product<'_>> = Vec::new();
    for found in passage.matches(&GROUPS) {
        let again = passage.amount(&found, "again").filter(|_| !products.is_empty());
        let Some(many) = passage.amount(&found, "many").or(again) else { continue };
        products.push(Product {
            many,
            each: passage.amount(&found, "each")?,
            end: passage.place(&found, "each")?,
        });
    }
    let last = products.last()?.end;
    let sentence = passage.sentence(last);
    let next = passage.sentence(sentence.end + 1).end;
    let is_total = |at: &usize| {
        let after = *at + 1..(*at + 1 + NEAR).min(passage.atoms.len());
        passage.has(after.clone(), &["total"])
            || passage.symbol_before(*at) == "the"
            || after.into_iter().any(|at| matches!(passage.word(at), "all" | "جميعا" | "كلهم" | "كلها"))
    };
    let (at, total) = *passage.counts(last + 1..next).iter().find(|(at, _)| is_total(at))?;
    against(passage, at, total, &products)
}

/// As many loads, and what they carry together, said to be the total or said again with the article.
fn loads(passage: &Passage) -> Option<Draft> {
    let ways = [&*LOADS, &*APIECE, &*EACH_OF, &*OF_EACH];
    let again = |found: &regex::Captures<'_>| {
        let thing = passage.place(found, "of").map_or(0, |of| of + 1);
        let many = passage.amount(found, "many");
        let word = many.is_some_and(|many| same_thing(&many.word, passage.word(thing)));
        word || many.and_then(Amount::class).is_some_and(|class| passage.class_at(thing) == Some(class))
    };
    let found = ways
        .into_iter()
        .find_map(|way| passage.matches(way).next())
        .or_else(|| passage.matches(&OF_EACH_THEN).find(again))?;
    let (many, each) = (passage.place(&found, "many")?, passage.place(&found, "each")?);
    let end = many.max(each);
    let product = Product { many: passage.count_at(many)?, each: passage.count_at(each)?, end };
    let next = passage.sentence(passage.sentence(end).end + 1).end;
    let same = |(at, count): &&(usize, &Amount)| {
        let class = count.class().is_some() && count.class() == product.each.class();
        let again = class || same_thing(&count.word, &product.each.word);
        // «فبلغ ما دخل 352 طناً», "so 490 pupils can be seated", "$4,800 in all".
        let (lead, tail) = (lead(passage, *at), tail(passage, *at));
        // "And can take 320", "a capacity of 320 people".
        let holds = lead.clone().any(|at| {
            let word = passage.word(at);
            let able = Cue::Holds.is(word) || Cue::Holds.is(word.strip_prefix('و').unwrap_or(word));
            let can = at > 0 && matches!(passage.word(at - 1), "can" | "could");
            Cue::Capacity.is(word) || able && (can || !word.is_ascii()) || can && word == "take"
        });
        let costs = count.is_money()
            && lead.clone().any(|at| Cue::Cost.is(passage.word(at)))
            && !passage.has(lead.clone(), &["sofar"]);
        let follows = passage.has(lead.clone(), &["thus"])
            || again && costs
            || holds && (again || count.nouns.is_empty())
            || again
                && (passage.has(lead, &["reach", "total", "is"]) || passage.has(tail.clone(), &["total"]));
        // "4,000 marks for each of the 65 families, setting the fund at 240,000 marks".
        let next = passage.sentence(end).contains(at)
            && again
            && count.is_money()
            && is_slip(product.bounds().low, count.stated);
        let other =
            ["rest", "more", "other", "per", "each", "R", "them", "of", "from", "by", "up", "down", "sofar"];
        let apart = passage.has(end + 1..*at, &other) || passage.has(tail, &other);
        again && passage.symbol_before(*at) == "the" || follows || next && !apart
    };
    let counts = passage.counts(end + 1..next);
    let (at, total) = *counts.iter().find(same)?;
    against(passage, at, total, &[product])
}

/// A total against products, unless some other numbers of the paragraph are as many.
fn against(passage: &Passage, at: usize, total: &Amount, products: &[Product<'_>]) -> Option<Draft> {
    let sum = Bounds::sum(products.iter().map(Product::bounds));
    let others = all(passage, at);
    let many = Bounds::sum(products.iter().map(|product| product.many.bounds));
    // "The widow 35,000 euros and each of the three children 20,000".
    let own = |other: &Amount| {
        products.iter().any(|product| std::ptr::eq(product.many, other) || std::ptr::eq(product.each, other))
    };
    let times = products.first().map_or(1.0, |product| product.many.stated);
    // "500 dollars now and 300 dollars in the spring": twice to each.
    let on_top = |other: &&Amount| {
        let more = [other.bounds, other.bounds.times(times)];
        !own(other) && more.iter().any(|more| sum.plus(*more).meets(total.bounds))
    };
    // "30 thousand" is nearly exact.
    let narrow = |other: &Amount| other.bounds.high - other.bounds.low < other.stated * NEARLY;
    let said_itself = others.iter().any(|other| !own(other) && narrow(other) && sum.meets(other.bounds));
    let said = others.iter().any(|other| other.bounds.meets(total.bounds) || on_top(other))
        || many.meets(total.bounds);
    let about = total.stated < sum.high * FAR && sum.low < total.stated * FAR;
    let exact =
        products.iter().all(|product| product.many.bounds.is_exact() && product.each.bounds.is_exact());
    // "$250 a month for six months".
    let lasting = passage.atoms.iter().any(|atom| match &atom.item {
        Item::Length(length, _) => sum.times(length.stated).meets(total.bounds),
        _ => false,
    });
    // "Three parcels of 20 kilos each and a sack".
    let last = products.iter().map(|product| product.end).max().unwrap_or(at);
    let uncounted = (last + 1..at).any(|at| {
        matches!(passage.atoms[at].word.as_str(), "a" | "an") && passage.symbol_before(at) == "and"
    });
    if uncounted
        || total.is_vague()
        || said
        || said_itself
        || lasting
        || !exact
        || !about
        || sum.meets(total.bounds)
    {
        return None;
    }
    let terms: Vec<String> = products
        .iter()
        .map(|product| format!("{} × {}", shown(product.many.stated), shown(product.each.stated)))
        .collect();
    let explain = format!("{} = {}, not {}", terms.join(" + "), shown(sum.low), shown(total.stated));
    Some(Draft::over(Kind::Sum, &[total], total.stated, sum.low, explain))
}

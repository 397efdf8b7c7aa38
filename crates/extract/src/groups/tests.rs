//! What this module reads, as tables of words and what they come to.

use sijil_model::actor::read_actors;
use sijil_model::codebook::Class;

use super::*;
use crate::actors::ActorTable;

fn groups(text: &str) -> Vec<Group> {
    let actors = read_actors(
        "code,kind,label_en,label_ar,aliases_en,aliases_ar\nazrak,unknown,Azrak,أزرق,Azraki,الأزرقي\n",
    )
    .unwrap();
    Window::read(text, &ActorTable::new(&actors), None, true).groups
}

#[test]
fn a_mother_and_her_children_are_two_groups() {
    let found = groups("مقتل أم وأطفالها الثلاثة");
    let read: Vec<_> = found.iter().map(|group| (group.said.quantity, group.class)).collect();
    assert_eq!(read, [(Quantity::Singular, Class::Women), (Quantity::Exact { n: 3 }, Class::Children)]);
    assert!(
        groups("قتل أم جرح").iter().all(|group| group.class != Class::Women),
        "«أم» alone is a conjunction"
    );
}

#[test]
fn what_a_number_counts() {
    use Quantity::*;
    for (text, quantity, class) in [
        ("three Syrian children", Exact { n: 3 }, Class::Children),
        ("at least 10 innocent people", AtLeast { n: 10 }, Class::Total),
        ("two women", Exact { n: 2 }, Class::Women),
        ("many of civilian casualties", Many, Class::Total),
        ("a 14-year-old child", Singular, Class::Children),
        ("dozens of civilians", Dozens, Class::Total),
        ("five young children", Exact { n: 5 }, Class::Children),
        ("their mother", Singular, Class::Women),
        ("خمسة مدنيين", Exact { n: 5 }, Class::Total),
        ("3 أطفال", Exact { n: 3 }, Class::Children),
        ("طفلان", Dual, Class::Children),
        ("مدنيين اثنين", Dual, Class::Total),
        ("امرأة", Singular, Class::Women),
        ("عشرات المدنيين", Tens, Class::Total),
        ("أكثر من 30 شخصاً", MoreThan { n: 30 }, Class::Total),
        ("عدد من القتلى", Several, Class::Total),
        ("طفلة", Singular, Class::Girls),
        ("والدتهم", Singular, Class::Women),
        ("ثلاثة أطفال على الأقل", AtLeast { n: 3 }, Class::Children),
        ("أطفالها الثلاثة", Exact { n: 3 }, Class::Children),
    ] {
        let found = groups(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!((found[0].said.quantity, found[0].class), (quantity, class), "{text}");
        assert!(found[0].counts(), "{text}");
    }
}

#[test]
fn what_is_no_group_of_people() {
    for text in [
        "26 locations",
        "hundreds of homes",
        "five past years",
        "in 2015",
        "10 km",
        "40% of them",
        "ثلاثة منازل",
        "عشر غارات",
        "ثلاث سنوات",
    ] {
        assert!(
            groups(text).iter().all(|group| group.implied || !group.counts()),
            "{text}: {:?}",
            groups(text)
        );
    }
}

#[test]
fn known_people_are_no_count() {
    for text in ["the children", "المدنيين", "the victims"] {
        assert!(groups(text).iter().all(|group| !group.counts()), "{text}");
    }
}

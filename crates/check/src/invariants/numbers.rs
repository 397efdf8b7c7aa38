//! The numbers of one incident against each other: ends, classes against the total, statuses against the total.

use super::Breach;

/// One number of an incident: of a register or of a release's table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number<'a> {
    /// `killed`, `injured`, …
    pub harm: &'a str,
    /// `total`, `men`, …
    pub class: &'a str,
    /// None for the total free of status.
    pub status: Option<&'a str>,
    /// The lower end; none where it is not known.
    pub min: Option<u64>,
    /// The largest number that anybody stated; none where nobody stated more.
    pub highest: Option<u64>,
    /// The upper end; none where it is open or not known.
    pub max: Option<u64>,
}

/// Classes of which no two hold the same person, and which together are everybody whose class is known.
const CLASSES: [&str; 3] = ["men", "women", "children"];
/// Statuses of which no two are one person's.
const STATUSES: [&str; 2] = ["civilian", "combatant"];

/// Invariants 1, 2 and 4 over the numbers of one incident.
pub(super) fn check(incident: &str, numbers: &[Number<'_>]) -> Vec<Breach> {
    let mut breaches: Vec<Breach> = numbers.iter().filter_map(|number| backwards(incident, number)).collect();
    let totals = numbers.iter().filter(|number| number.class == "total" && number.status.is_none());
    for total in totals {
        breaches.extend(classes_above(incident, total, numbers));
        breaches.extend(classes_below(incident, total, numbers));
        breaches.extend(statuses_above(incident, total, numbers));
    }
    for whole in numbers.iter().filter(|number| number.class == "children" && number.status.is_none()) {
        breaches.extend(above(2, incident, whole, &of_classes(numbers, whole.harm, &["boys", "girls"])));
    }
    let either = numbers.iter().filter(|number| number.harm == "killed_or_injured");
    breaches.extend(either.filter_map(|number| below_sum(incident, number, numbers)));
    breaches
}

fn backwards(incident: &str, number: &Number<'_>) -> Option<Breach> {
    let min = number.min?;
    let ends = [(number.max, "upper end"), (number.highest, "highest reported number")];
    let (end, name) = ends.into_iter().find(|(end, _)| end.is_some_and(|end| end < min))?;
    let (harm, class, end) = (number.harm, number.class, end?);
    let explain = format!("{harm} {class}: the lower end is {min} and the {name} {end}");
    Some(Breach::error(1, [incident.to_owned()], explain))
}

/// Fewer killed or injured than were killed and were injured.
fn below_sum(incident: &str, either: &Number<'_>, numbers: &[Number<'_>]) -> Option<Breach> {
    let same = |harm: &str| {
        let mut of_harm = numbers.iter().filter(|number| number.harm == harm);
        of_harm.find(|number| (number.class, number.status) == (either.class, either.status))?.min
    };
    let (min, killed, injured) = (either.min?, same("killed")?, same("injured")?);
    let explain = || {
        format!(
            "killed or injured, {}: at least {min}, and {killed} killed and {injured} injured are {}",
            either.class,
            killed + injured
        )
    };
    (min < killed + injured).then(|| Breach::warning(2, [incident.to_owned()], explain()))
}

fn of_classes<'n, 'a>(numbers: &'n [Number<'a>], harm: &str, classes: &[&str]) -> Vec<&'n Number<'a>> {
    let listed = |number: &&Number<'_>| {
        number.harm == harm && number.status.is_none() && classes.contains(&number.class)
    };
    numbers.iter().filter(listed).collect()
}

/// Men, women and children: boys and girls stand for children where nobody counted those.
fn classes<'n, 'a>(numbers: &'n [Number<'a>], harm: &str) -> Vec<&'n Number<'a>> {
    let parts = of_classes(numbers, harm, &CLASSES);
    if parts.iter().any(|part| part.class == "children" && part.min.is_some()) {
        return parts;
    }
    of_classes(numbers, harm, &["men", "women", "boys", "girls"])
}

fn classes_above(incident: &str, total: &Number<'_>, numbers: &[Number<'_>]) -> Option<Breach> {
    let invariant = if total.harm == "killed" { 4 } else { 2 };
    above(invariant, incident, total, &classes(numbers, total.harm))
}

fn statuses_above(incident: &str, total: &Number<'_>, numbers: &[Number<'_>]) -> Option<Breach> {
    let of_total = |number: &&Number<'_>| {
        number.harm == total.harm
            && number.class == "total"
            && number.status.is_some_and(|status| STATUSES.contains(&status))
    };
    above(2, incident, total, &numbers.iter().filter(of_total).collect::<Vec<_>>())
}

/// Parts whose lower ends come to more than the upper end of their whole.
fn above(invariant: u8, incident: &str, whole: &Number<'_>, parts: &[&Number<'_>]) -> Option<Breach> {
    let most = whole.max?;
    let least: u64 = parts.iter().filter_map(|part| part.min).sum();
    if least <= most {
        return None;
    }
    let terms: Vec<String> = parts
        .iter()
        .filter_map(|part| Some(format!("{} {}", part.status.unwrap_or(part.class), part.min?)))
        .collect();
    let explain = format!(
        "{} {}: at most {most}, and its parts are at least {least} ({})",
        whole.harm,
        whole.class,
        terms.join(" + ")
    );
    Some(Breach::error(invariant, [incident.to_owned()], explain))
}

/// A total that all its classes together do not reach: some of it are of no class.
fn classes_below(incident: &str, total: &Number<'_>, numbers: &[Number<'_>]) -> Option<Breach> {
    let least = total.min?;
    let parts = of_classes(numbers, total.harm, &CLASSES);
    let most: u64 = parts.iter().map(|part| part.max).sum::<Option<u64>>()?;
    let unspecified = of_classes(numbers, total.harm, &["persons_unspecified"]);
    if parts.len() < CLASSES.len() || !unspecified.is_empty() || most >= least {
        return None;
    }
    let explain = format!(
        "{} total: at least {least}, and men, women and children are at most {most}: {} are of no class",
        total.harm,
        least - most
    );
    Some(Breach::warning(2, [incident.to_owned()], explain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;

    fn number(class: &'static str, min: u64, max: impl Into<Option<u64>>) -> Number<'static> {
        Number { harm: "killed", class, status: None, min: Some(min), highest: None, max: max.into() }
    }

    #[test]
    fn killed_or_injured_are_no_fewer_than_both_and_no_highest_is_below_the_lower_end() {
        let of = |harm, min| Number { harm, ..number("total", min, None) };
        let found = check("i1", &[of("killed", 7), of("injured", 15), of("killed_or_injured", 2)]);
        assert_eq!((found.len(), found[0].invariant, found[0].severity), (1, 2, Severity::Warning));
        assert_eq!(check("i1", &[of("killed", 7), of("injured", 15), of("killed_or_injured", 22)]), []);
        let found = check("i1", &[Number { highest: Some(1), ..number("boys", 2, None) }]);
        assert_eq!((found.len(), found[0].invariant), (1, 1));
    }

    #[test]
    fn classes_do_not_exceed_the_total() {
        let fits =
            [number("total", 9, 9), number("men", 4, 4), number("women", 3, 3), number("children", 2, 4)];
        assert_eq!(check("i1", &fits), []);
        let over =
            [number("total", 8, 8), number("men", 4, 4), number("women", 3, 3), number("children", 2, 2)];
        let found = check("i1", &over);
        assert_eq!((found.len(), found[0].invariant, found[0].severity), (1, 4, Severity::Error));
        assert!(found[0].explain.contains("at most 8") && found[0].explain.contains("at least 9"));
        // An open total has room for everybody.
        let open = [number("total", 5, None), number("men", 4, 4), number("women", 3, 3)];
        assert_eq!(check("i1", &open), []);
    }

    #[test]
    fn who_is_of_no_class_is_a_warning_and_only_where_all_classes_are_counted() {
        let short =
            [number("total", 9, 9), number("men", 3, 3), number("women", 2, 2), number("children", 2, 2)];
        let found = check("i1", &short);
        assert_eq!((found[0].invariant, found[0].severity), (2, Severity::Warning));
        assert_eq!(check("i1", &short[..3]), []);
        let mut told = short.to_vec();
        told.push(number("persons_unspecified", 2, 2));
        assert_eq!(check("i1", &told), []);
    }

    #[test]
    fn boys_and_girls_are_children_and_ends_are_in_order() {
        let girls =
            [number("total", 9, 9), number("children", 3, 3), number("boys", 2, 2), number("girls", 2, 2)];
        let found = check("i1", &girls);
        assert_eq!((found.len(), found[0].invariant), (1, 2));
        let found = check("i1", &[number("total", 5, 3)]);
        assert_eq!((found.len(), found[0].invariant), (1, 1));
    }

    #[test]
    fn civilians_and_combatants_do_not_exceed_the_total() {
        let of = |status| Number { status: Some(status), ..number("total", 4, 4) };
        let found = check("i1", &[number("total", 7, 7), of("civilian"), of("combatant")]);
        assert_eq!((found.len(), found[0].invariant), (1, 2));
        assert_eq!(check("i1", &[number("total", 8, 8), of("civilian"), of("combatant")]), []);
    }
}

//! Any text at all is read to its end: numbers, shares, lengths and marks in any order, in both languages.

use proptest::prelude::*;

/// Words on which the rules turn, and marks that part them, between slashes.
const WORDS: &str = "12/7/48/two/one/half/two thirds/35 per cent/doubled/three times/as many/the/of/of the/of them/which\
    /each/every/per/an average of/in all/a total of/to/and/but/all/killed/wounded/children/women/men/people/villages\
    /rose/fell/from/remaining/were/is/respectively/no one else/four days/three weeks/ago/on 4 March 2031/in 2030/more\
    /fewer/except/with/not/passed/failed/Week/page/,/./:/;/(/)/—/\n/\n\n/\n- /|/١٢/سبعة/٤٨/نصف/ثلثا/٣٥ في المئة/تضاعف\
    /ثلاثة أضعاف/من/من بين/منهم/لكل/بمعدل/المجموع/إلى/و/قتلى/جرحى/أطفال/نساء/قرى/ارتفع/بقي/الباقون/أي/التي/الـ12\
    /أسبوع/أربعة أيام/في 4 آذار 2031/على التوالي/ما عدا/،/؛";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn is_read_to_its_end(words in prop::collection::vec(prop::sample::select(WORDS.split('/').collect::<Vec<_>>()), 0..40)) {
        let text = words.join(" ");
        let letters: Vec<char> = text.chars().collect();
        for finding in sijil_check::check(&text) {
            let place = finding.span.0 as usize..finding.span.1 as usize;
            let said: Option<String> = letters.get(place).map(|letters| letters.iter().collect());
            prop_assert_eq!(said.filter(|said| !said.is_empty()), Some(finding.quote));
        }
    }
}

//! The words of reports in both languages.

use sijil_count::{AsOne, ExclusionReason, Question, Standing, Undated};
use sijil_model::Language;
use sijil_model::codebook::CountUnit;
use sijil_model::units::Place;

/// What a report says in one language.
pub struct Words(pub Language);

impl Words {
    /// The words of the language.
    pub fn pick<T>(&self, english: T, arabic: T) -> T {
        if self.0 == Language::En { english } else { arabic }
    }

    /// What parts the clauses of a sentence.
    pub fn and(&self) -> super::Piece {
        super::Piece::words(self.pick("; ", "؛ "))
    }

    pub fn report(&self) -> &'static str {
        self.pick("Documented figures", "أرقام موثّقة")
    }

    pub fn certainly(&self) -> &'static str {
        self.pick("Certainly inside: ", "داخل السؤال يقينًا: ")
    }

    pub fn possibly(&self) -> &'static str {
        self.pick("Possibly inside, and not added: ", "ربما داخله، ولم يُضف: ")
    }

    pub fn as_one(&self, as_one: &AsOne) -> String {
        let (incidents, strikes) = (as_one.incidents(), as_one.strikes.len());
        match self.0 {
            Language::En => format!(
                "If incidents that may be one are one, which nobody has judged ({incidents} may be only {strikes}): "
            ),
            Language::Ar => format!(
                "إن كانت الحوادث التي قد تكون واحدة كذلك حقًا، ولم يحكم في ذلك أحد (عددها {incidents} وقد تكون {strikes} فقط): "
            ),
        }
    }

    pub fn uncompared(&self) -> &'static str {
        self.pick(
            "Some reports of incidents were compared with no others yet, and may be of ones that are counted already: `sijil link` compares them.",
            "بعض التقارير عن حوادث لم تُقارن بغيرها بعد وقد تكون عن حوادث معدودة: يقارنها الأمر `sijil link`.",
        )
    }

    pub fn no_rate(&self) -> &'static str {
        self.pick(
            "No rate: no source is noted for how many people there were, in ",
            "لا معدّل: لم يُسجَّل مصدر لعدد الناس، في ",
        )
    }

    pub fn named(&self) -> &'static str {
        self.pick("Known as people: ", "المعروفون كأشخاص: ")
    }

    pub fn highest(&self) -> &'static str {
        self.pick("Highest reported: ", "أعلى ما ذُكر: ")
    }

    pub fn asked_place(&self) -> &'static str {
        self.pick("Place: ", "المكان: ")
    }

    pub fn period(&self) -> &'static str {
        self.pick("Period: ", "الفترة: ")
    }

    pub fn command(&self) -> &'static str {
        self.pick("Asked again with: ", "يُسأل من جديد بالأمر: ")
    }

    pub fn rows(&self) -> [&'static str; 2] {
        self.pick(["certainly inside", "possibly inside"], ["داخله يقينًا", "ربما داخله"])
    }

    pub fn overlap(&self) -> &'static str {
        self.pick(
            "An incident may be in several rows; they do not add up to the figure.",
            "قد تكون الحادثة في أكثر من سطر، فلا يساوي مجموع الأسطر الرقم.",
        )
    }

    pub fn overlap_of_lists(&self) -> &'static str {
        self.pick(
            "Each list's row is what that list alone says. Whoever is on three lists is in three rows, so they do not add up to the figure.",
            "سطر كلّ قائمة هو ما تقوله تلك القائمة وحدها. ومن كان في ثلاث قوائم فهو في ثلاثة أسطر، فلا يساوي مجموع الأسطر الرقم.",
        )
    }

    pub fn divided_by(&self) -> &'static str {
        self.pick("Divided by the people there: ", "مقسومًا على عدد الناس هناك: ")
    }

    pub fn not_known(&self) -> &'static str {
        self.pick("not known", "غير معروف")
    }

    /// Why an incident is left out: never in a recorder's own words, in which names may stand.
    pub fn why_left_out(&self, code: ExclusionReason) -> &'static str {
        match code {
            ExclusionReason::Discounted => self.pick("graded discounted", "درجتها: مستبعدة"),
            ExclusionReason::Decided => self.pick("left out by a decision", "أُخرجت بقرار"),
            ExclusionReason::PossiblyInside => self.pick(
                "only possibly inside, and the question excludes that",
                "ربما داخله فقط، والسؤال يستبعد ذلك",
            ),
        }
    }

    pub fn withheld(&self) -> &'static str {
        self.pick("withheld: fewer than three of the living", "محجوب: أقل من ثلاثة من الأحياء")
    }

    pub fn picture(&self) -> &'static str {
        self.pick(
            "Bars: dark up to the least, light up to the most; a dashed line with an arrow is an open end",
            "الأعمدة: داكن حتى الحد الأدنى، وفاتح حتى الحد الأقصى؛ والخط المتقطع ذو السهم طرف مفتوح",
        )
    }

    pub fn beside(&self) -> &'static str {
        self.pick("What stands beside it and is added to nothing", "ما يقف إلى جانبه ولا يُضاف إلى شيء")
    }

    pub fn claimed(&self) -> [&'static str; 4] {
        self.pick(
            ["claimed ", "documented inside: ", "possibly inside: ", "asked as: "],
            ["المزعوم ", "الموثّق داخله: ", "ربما داخله: ", "السؤال: "],
        )
    }

    pub fn contested(&self) -> &'static str {
        self.pick("Contested, and not settled here", "متنازع فيه، ولا يُحسم هنا")
    }

    pub fn left_out(&self) -> &'static str {
        self.pick("Left out", "ما استُبعد")
    }

    pub fn methods(&self) -> &'static str {
        self.pick("How it was counted", "كيف عُدّ")
    }

    pub fn records(&self) -> &'static str {
        self.pick("The incidents behind it", "الحوادث التي وراءه")
    }

    pub fn record_header(&self) -> [&'static str; 6] {
        self.pick(
            ["when", "where", "number", "rule", "incident", "claims"],
            ["متى", "أين", "الرقم", "القاعدة", "الحادثة", "الأقوال"],
        )
    }

    pub fn none(&self) -> &'static str {
        self.pick("None.", "لا شيء.")
    }

    pub fn incidents(&self, number: u64) -> String {
        CountUnit::Incidents.counted(number, &number.to_string(), self.0, Place::Alone)
    }

    pub fn by_rule(&self) -> &'static str {
        self.pick(" by the rule ", " بالقاعدة ")
    }

    /// The paragraph on method.
    pub fn method(&self, question: &Question) -> Vec<&'static str> {
        let undated = match question.undated {
            Undated::Separate => self.pick(
                "Incidents that may lie inside what is asked, because their date or place is not known well enough, are shown apart and not added.",
                "والحوادث التي قد تكون داخل السؤال لأن تاريخها أو مكانها غير معروف بما يكفي تُعرض وحدها ولا تُضاف.",
            ),
            Undated::Include => self.pick(
                "Incidents that may lie inside what is asked, because their date or place is not known well enough, are added.",
                "والحوادث التي قد تكون داخل السؤال لأن تاريخها أو مكانها غير معروف بما يكفي مضافة.",
            ),
            Undated::Exclude => self.pick(
                "Incidents that may lie inside what is asked, because their date or place is not known well enough, are left out and listed.",
                "والحوادث التي قد تكون داخل السؤال لأن تاريخها أو مكانها غير معروف بما يكفي مستبعدة ومذكورة.",
            ),
        };
        let status = match question.status {
            Some(Standing::Civilian) => self.pick(
                "Everybody counts as a civilian unless evidence says otherwise; a party's word about its own strike is no such evidence.",
                "وكلّ شخص يُعدّ مدنيًا ما لم يدلّ دليل على غير ذلك، وقول طرف عن ضربته ليس دليلًا.",
            ),
            Some(Standing::CivilianDescribed) => self.pick(
                "Civilians are only those whom words, age or kin describe so.",
                "والمدنيون هم فقط من تصفهم الكلمات أو العمر أو القرابة بذلك.",
            ),
            Some(Standing::Combatant | Standing::HorsDeCombat | Standing::Undetermined) => self.pick(
                "Only those are counted whom a source gives this status.",
                "ولا يُعدّ إلا من يذكر مصدر أن هذه صفته.",
            ),
            None => self.pick(
                "The number is free of status: civilians and others are not told apart in it.",
                "والرقم خالٍ من الصفة: لا يُفرَّق فيه بين مدنيين وغيرهم.",
            ),
        };
        vec![
            self.pick(
                "Each number is an interval: its lower end is what is certain under the rules, its upper end is open where nobody states how many more there may be. Lower ends add up; an open end stays open through every sum, and an incident without a number adds nothing and is counted as such.",
                "كلّ رقم فترة: حدّها الأدنى ما هو يقين بحسب القواعد، وحدّها الأعلى مفتوح حيث لا يذكر أحد كم قد يزيدون. الحدود الدنيا تُجمع، والطرف المفتوح يبقى مفتوحًا في كلّ مجموع، والحادثة بلا رقم لا تضيف شيئًا وتُعدّ بذلك.",
            ),
            self.pick(
                "Of several reports of one incident the latest statement of each origin counts, from the lowest to the highest; reposts are no second origin. An incident is in the total once, however many parties, reports or names it has. Totals that others claim for many incidents are added to nothing.",
                "ومن أخبار الحادثة الواحدة يُعتدّ بآخر قول لكلّ أصل، من الأدنى إلى الأعلى، وإعادة النشر ليست أصلًا ثانيًا. والحادثة في المجموع مرة واحدة مهما كثرت الأطراف والأخبار والأسماء. والمجاميع التي يذكرها غيرنا عن حوادث كثيرة لا تُضاف إلى شيء.",
            ),
            status,
            undated,
            self.pick(
                "Documented is not total: what nobody reported is in no number here.",
                "الموثّق ليس الكلّ: ما لم يُخبر به أحد ليس في أيّ رقم هنا.",
            ),
        ]
    }

    pub fn rule_set(&self) -> &'static str {
        self.pick("Rule set and log position: ", "مجموعة القواعد وموضع السجل: ")
    }

    pub fn watched(&self) -> &'static str {
        self.pick("What was watched: ", "ما رُوقب: ")
    }

    pub fn dark(&self) -> &'static str {
        self.pick("; dark: ", "؛ ولم يُرَ: ")
    }

    pub fn nobody_watched(&self) -> &'static str {
        self.pick(
            "Nobody noted what was searched, so a lull cannot be told from a blackout.",
            "لم يدوّن أحد ما بُحث فيه، فلا يُفرَّق بين هدوء وانقطاع.",
        )
    }
}

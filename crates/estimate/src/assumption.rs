//! What must be true for a number to be, in plain words; no table can show it.

use crate::methods::Method;
use crate::verdict::Asked;

/// In English.
pub(crate) fn in_english(asked: Asked) -> String {
    let own = match asked {
        Asked::One(Method::Chao) => {
            "A bound from below: there are at least about so many, if being on one list does not make it less likely to be on another."
        }
        Asked::One(Method::Loglinear) => {
            "That all lists together have no dependence beyond that of fewer lists at a time (on three lists: none beyond what all pairs have in common), and that one of the log-linear models is near the truth."
        }
        Asked::One(Method::Sparse) => {
            "That lists depend on each other only in pairs, and only in the pairs that the steps have found."
        }
        Asked::One(Method::Dga) => {
            "That who is on which list follows a graph in which some lists are independent of each other given others; nothing is said of dependence among all."
        }
        Asked::One(Method::Lcmcr) => {
            "That people fall into classes within each of which lists are independent, and that nobody's chance of being listed is nought."
        }
        Asked::Auto => {
            "That the dependence between lists which can be seen is all that there is: none among all lists at once (log-linear, graphs; on three lists the log-linear interval allows for as much as all pairs have in common), or none within classes of alike people (latent classes)."
        }
    };
    format!(
        "{own} Besides: the lists are of the same people, place and period; records of one person are linked and those of two are not; nobody's listing was copied from another list. Missed links make the number too high twice over."
    )
}

/// In Arabic.
pub(crate) fn in_arabic(asked: Asked) -> String {
    let own = match asked {
        Asked::One(Method::Chao) => {
            "حدّ من الأسفل: العدد هذا القدر تقريبًا على الأقل، إن لم يكن الوجود في قائمة يقلّل احتمال الوجود في أخرى."
        }
        Asked::One(Method::Loglinear) => {
            "أن لا ترابط بين القوائم كلها معًا وراء ترابط عدد أقلّ منها (ومع ثلاث قوائم: وراء ما تشترك فيه أزواجها كلها)، وأن أحد النماذج اللوغاريتمية الخطية قريب من الحقيقة."
        }
        Asked::One(Method::Sparse) => {
            "أن القوائم لا تترابط إلا اثنتين اثنتين، وفي الأزواج التي وجدتها الخطوات وحدها."
        }
        Asked::One(Method::Dga) => {
            "أن وجود الناس في القوائم يتبع مخططًا تستقلّ فيه بعض القوائم عن بعض بمعرفة غيرها؛ ولا يقال شيء عن ترابطها جميعًا."
        }
        Asked::One(Method::Lcmcr) => {
            "أن الناس فئات تستقلّ القوائم داخل كلّ منها، وأن لا أحد يستحيل أن تضمّه قائمة."
        }
        Asked::Auto => {
            "أن الترابط الظاهر بين القوائم هو كل ما هناك: لا ترابط بينها جميعًا دفعة واحدة (النماذج اللوغاريتمية الخطية والمخططات؛ ومع ثلاث قوائم تسمح فترة النماذج اللوغاريتمية الخطية بقدر ما تشترك فيه الأزواج كلها)، أو لا ترابط داخل فئات متشابهة من الناس (الفئات الكامنة)."
        }
    };
    format!(
        "{own} وفوق ذلك: القوائم عن الناس أنفسهم والمكان نفسه والفترة نفسها؛ وسجلات الشخص الواحد مربوطة وسجلات شخصين غير مربوطة؛ ولم تنسخ قائمة من قائمة. والروابط الفائتة ترفع العدد مرتين."
    )
}

//! Invented pages as they come: menus, share bars, comments, side columns, in English and Arabic.

use super::*;
use crate::reading::DirectionFrom;

fn lines(source: &str) -> Vec<String> {
    read(source).text.content.lines().map(str::to_owned).collect()
}

fn values(page: &Page, field: MetadataField) -> Vec<(&str, &str)> {
    let found = page.metadata.iter().filter(|metadatum| metadatum.field == field);
    found.map(|metadatum| (metadatum.value.as_str(), metadatum.from.as_str())).collect()
}

const ENGLISH: &str = include_str!("../../tests/pages/news-en.html");
const ARABIC: &str = include_str!("../../tests/pages/news-ar.html");
const UNMARKED: &str = include_str!("../../tests/pages/old-portal-ar.html");

#[test]
fn an_english_article_is_read_without_its_page() {
    let page = read(ENGLISH);
    assert_eq!(
        page.text.content.lines().collect::<Vec<_>>(),
        [
            "Shelling hits market in Port Amal",
            "By Lina Marjani",
            "2 April 2031",
            "At least four people were killed on Tuesday when shells hit the fish market of Port Amal, witnesses said.",
            "“We counted nine shells,” a stallholder said. \u{a0}He asked not to be named.",
            "The market after the shelling.",
            "The dead",
            "Nadim Sahli, 34",
            "Huda Nahri, 7",
            "Name\tAge\tHospital",
            "Rami Jabali\t12\tSahel General, ward 3",
            "The ministry of Marjan denied it.",
        ]
    );
    assert_eq!((page.text.direction, page.text.direction_from), (Direction::Ltr, DirectionFrom::FirstLetter));
    assert_eq!(page.warnings, []);
}

#[test]
fn what_a_page_says_of_itself_is_given_with_its_place() {
    let page = read(ENGLISH);
    assert_eq!(
        values(&page, MetadataField::Published),
        [
            ("2031-04-02T09:30:00+03:00", "JSON-LD datePublished"),
            ("2031-04-02T06:30:00Z", "meta[property=\"article:published_time\"]"),
            ("2031-04-02", "time[datetime]"),
        ]
    );
    assert_eq!(values(&page, MetadataField::Modified), [("2031-04-03", "JSON-LD dateModified")]);
    assert_eq!(
        values(&page, MetadataField::Byline),
        [("Lina Marjani", "JSON-LD author"), ("By Lina Marjani", ".byline")]
    );
    assert_eq!(values(&page, MetadataField::Site), [("The Sahel Post", "meta[property=\"og:site_name\"]")]);
    assert_eq!(values(&page, MetadataField::Language), [("en", "html[lang]")]);
    assert_eq!(
        values(&page, MetadataField::Title)[0],
        ("Shelling hits market in Port Amal", "JSON-LD headline")
    );
    assert_eq!(page.text.parts[0].published.as_deref(), Some("2031-04-02T09:30:00+03:00"));
}

#[test]
fn an_arabic_article_is_read_without_its_page() {
    let page = read(ARABIC);
    assert_eq!(
        page.text.content.lines().collect::<Vec<_>>(),
        [
            "قصف على سوق تل الزيتون يوقع قتلى",
            "قُتل أربعة أشخاص وأصيب آخرون، يوم الثلاثاء، بقصف مدفعي على سوق تل الزيتون في محافظة الجبل.",
            "وقال شاهد: «كانوا أطفالاً».",
            "أسماء الضحايا:",
            "سالم علي الساحلي",
            "هدى علي النهري",
        ]
    );
    assert_eq!((page.text.direction, page.text.direction_from), (Direction::Rtl, DirectionFrom::Declared));
    assert_eq!(page.text.parts[0].lang.as_deref(), Some("ar"));
    assert_eq!(values(&page, MetadataField::Published), [("2031-04-02", "meta[itemprop=\"datepublished\"]")]);
}

#[test]
fn an_old_page_of_tables_is_read_where_its_prose_is() {
    let page = read(UNMARKED);
    assert_eq!(
        page.text.content.lines().collect::<Vec<_>>(),
        [
            "مقتل ثلاثة في قصر النهر",
            "أفادت مصادر محلية في مدينة قصر النهر بمقتل ثلاثة أشخاص من عائلة واحدة، بينهم طفل، إثر سقوط قذيفة على منزلهم في الحي الشرقي مساء أمس، ونُقل الجرحى إلى المشفى الوطني في المدينة وسط نقص في المستلزمات الطبية وانقطاع للتيار الكهربائي عن معظم الأحياء منذ أيام عدة بحسب ما نقله المصدر نفسه.",
            "وتعرضت المدينة لقصف مماثل قبل أسبوع.",
        ]
    );
    assert_eq!(page.warnings, [Warning::NoArticleMarked]);
}

#[test]
fn links_to_other_stories_go_with_their_announcement() {
    let source = "<article><p>Four killed in Port Amal.</p><p>Read also:</p><ul><li><a>Fire in Qasr Nahr</a></li></ul><p>Two hurt.</p>\
                  <h3>The dead</h3><ul><li><a>Nadim Sahli</a></li><li><a>Huda Nahri</a></li></ul></article>";
    assert_eq!(
        lines(source),
        ["Four killed in Port Amal.", "Two hurt.", "The dead", "Nadim Sahli", "Huda Nahri"]
    );
}

#[test]
fn a_page_of_several_posts_keeps_them_all() {
    let source = "<body><nav>Home</nav><main><article><p>Four killed in Port Amal.</p></article>\
                  <article><p>Three hurt in Qasr Nahr.</p></article></main>";
    assert_eq!(lines(source), ["Four killed in Port Amal.", "Three hurt in Qasr Nahr."]);
}

#[test]
fn a_headline_outside_the_article_comes_first() {
    let source = "<body><header><h1>Shelling in Sahel</h1><a>Home</a></header><div itemprop=articleBody><p>Four killed.</p></div>";
    assert_eq!(lines(source), ["Shelling in Sahel", "Four killed."]);
}

#[test]
fn hidden_text_is_not_read() {
    let source = "<article><p>Four<span style='display: none'> hundred</span> killed.</p><p hidden>x</p><p aria-hidden=true>y</p>\
                  <template>z</template><noscript>n</noscript><!-- c --></article>";
    assert_eq!(lines(source), ["Four killed."]);
}

#[test]
fn spaces_and_breaks_are_as_a_browser_shows_them() {
    let source = "<article><p>  Four\n killed<br>in <b>Port</b>\tAmal </p><pre>a\n  b</pre>tail</article>";
    assert_eq!(lines(source), ["Four killed", "in Port Amal", "a", "  b", "tail"]);
}

#[test]
fn a_page_in_one_form_is_read() {
    let source = "<body><form><div class=menu><a>x</a></div><div><p>Four people were killed in Port Amal.</p></div></form>";
    assert_eq!(lines(source), ["Four people were killed in Port Amal."]);
}

#[test]
fn direction_of_the_nearest_element_holds() {
    let page = read("<html dir=ltr><body><article dir=rtl><p>Four killed</p></article>");
    assert_eq!((page.text.direction, page.text.direction_from), (Direction::Rtl, DirectionFrom::Declared));
    let page = read("<html><body><article dir=auto><p>قُتل أربعة</p></article>");
    assert_eq!(page.text.direction, Direction::Rtl);
}

#[test]
fn the_declared_encoding_is_found() {
    let declared = |source: &str| declared_encoding(source.as_bytes());
    assert_eq!(declared("<meta charset=\"Windows-1256\">").as_deref(), Some("windows-1256"));
    let long = "<meta http-equiv=Content-Type content='text/html; charset=utf-8'>";
    assert_eq!(declared(long).as_deref(), Some("utf-8"));
    assert_eq!(declared("<p>no charset here</p>"), None);
}

"""A mistake in a definition stops the start with a sentence naming the file, the question and the mistake."""

import shutil
from pathlib import Path

import pytest

from forms.catalogue.loader import HERE, DefinitionError, load
from forms.definition import question, section_of

WHOLE = """
id = "tiny"
version = 1
title = "Tiny"
style = "grouped"
voice = "shared"
written_by = "setting"
audience_default = ["authority"]
readers = "The council."
notice = "professional"
safeguarding = "professional"

[[sections]]
id = "one"
title = "One"
writers = ["senco"]
own_paper = true

[[sections.questions]]
id = "kind"
text = "Kind?"
type = "radio"
options = [["a", "A"], ["b", "B"]]

[[sections.questions]]
id = "row[]"
text = "Rows"
type = "repeat"
row_title = "What is it?"

[[sections.questions.rows]]
id = "row[].say"
text = "Say"
type = "area"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("lists.toml", "notices.toml"):
        shutil.copy(HERE / name, tmp_path / name)
    (tmp_path / "blocks").mkdir()
    return tmp_path


def written(home: Path, text: str) -> Path:
    file = home / "tiny" / "v1.toml"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    return file


def test_a_whole_definition_loads(home: Path) -> None:
    form = load(written(home, WHOLE), home=home)
    assert form.question_ids() == ("kind", "row[]", "row[].say")
    assert form.title == "Tiny"


def test_questions_are_found_in_rows_and_so_are_own_papers_and_titles_of_rows(home: Path) -> None:
    form = load(written(home, WHOLE), home=home)
    assert question(form, "row[].say").text == "Say"
    assert question(form, "row[].row__title").text == "What is it?"
    assert section_of(form, "one__paper")[0].id == "one"
    with pytest.raises(KeyError):
        question(form, "gone")


def when(condition: str) -> tuple[str, str]:
    return 'text = "Kind?"', f'text = "Kind?"\nwhen = {condition}'


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        (*when('{ answered = "nobody" }'), "question kind: its condition reads nobody, which the form does not ask"),
        (*when('{ equals = ["kind", "c"] }'), "question kind: its condition names c, which is no option of kind"),
        (*when('{ includes = ["kind", "a"] }'), "must use includes for the ticks of kind and equals for one choice"),
        (*when('{ fact = ["shoe_size", "9"] }'), "question kind: its condition reads the fact shoe_size"),
        (*when('{ answered = "row[].say" }'), "its condition reads row[].say, which stands in a row this is not in"),
        (*when('{ some_row = ["row[]", "row[].x"] }'), "its condition reads row[].x, which the form does not ask"),
        (*when('{ maybe = "kind" }'), "question kind:"),
        (*when('"kind is a"'), "question kind:"),
        ('id = "row[].say"', 'id = "say"', "question say stands in the rows of row[]"),
        ('id = "row[].say"', 'id = "row[].Say!"', "question row[].Say! has an id that cannot be"),
        ('type = "area"', 'type = "essay"', "question row[].say: type:"),
        ('text = "Say"', 'text = " "', "question row[].say has no words"),
        ('text = "Say"', 'text = "Say"\ncolour = "red"', "question row[].say: colour:"),
        ('options = [["a", "A"], ["b", "B"]]', "", "question kind needs options"),
        ('["b", "B"]', '["a", "B"]', "question kind has an option twice"),
        ('["b", "B"]', '["B!", "B"]', "question kind"),
        (
            'type = "area"',
            'type = "area"\noptions = [["a", "A"]]',
            "question row[].say has options but is not a choice",
        ),
        ('type = "area"', 'type = "area"\nnote = "Or here"', "question row[].say has a note but is not a link"),
        ('type = "area"', 'type = "calc"\nrequired = "-"', "question row[].say must say what is worked out"),
        ('type = "area"', 'type = "show"', "must have nothing to answer exactly when it is a show"),
        ('id = "row[]"', 'id = "row"', "question row must be a repeat exactly when its id ends in []"),
        ('id = "row[]"', 'id = "kind"', "question kind"),
        (
            'type = "radio"',
            'type = "radio"\nlist = "colours"',
            "question kind names the list colours, which is not there",
        ),
        ("own_paper = true", 'pages = [{ id = "two", title = "Two", start = "gone" }]', "page two starts at gone"),
        ('writers = ["senco"]', 'writers = ["wizard"]', "section one:"),
        ('text = "Say"', 'text = "If yes, say more"', "question row[].say says when it is asked in words ('If yes')"),
        ('text = "Say"', 'text = "Say"\nhint = "Schools only."', "says when it is asked in words ('Schools only')"),
        (
            'text = "Kind?"',
            'text = "Kind?"\ntick_all = true',
            "question kind has boxes that must all be ticked but is not",
        ),
        ('text = "Say"', 'text = "Say"\nhelper = "outcome"', "question row[].say has a helper but is no group of rows"),
        (
            'text = "Kind?"',
            'text = "Kind?"\nanswered_by = "row-person"',
            "answered by the person of its row but stands",
        ),
        (
            'text = "Kind?"',
            'text = "Kind?"\nlets_in = { c = "family" }',
            "question kind lets readers in by an option it does not have",
        ),
        ('text = "Kind?"', 'text = "Kind?"\nlets_in = { a = "neighbours" }', "question kind: "),
        ('type = "area"', 'type = "select"\nchoices_of = "kind"', "chooses among kind, which is no cell of a row"),
        ("version = 1", "version = 0", "version"),
        ("version = 1", "version = ", "Invalid"),
    ],
)
def test_a_mistake_is_named_in_one_sentence(home: Path, was: str, becomes: str, says: str) -> None:
    file = written(home, WHOLE.replace(was, becomes, 1))
    with pytest.raises(DefinitionError) as wrong:
        load(file, home=home)
    assert says in str(wrong.value)
    assert "tiny/v1.toml" in str(wrong.value) and "\n" not in str(wrong.value)


def test_words_that_go_with_a_condition_may_say_when_it_is_asked(home: Path) -> None:
    asked = 'text = "If a, say more"\nwhen = { equals = ["kind", "a"] }'
    assert load(written(home, WHOLE.replace('text = "Say"', asked)), home=home)


BLOCK = '[[questions]]\nid = "bl"\ntext = "Plain"\ntype = "text"\nfamily = { text = "Friendly" }\n'
INCLUDE = '\n[[sections.questions]]\ninclude = "block-x"\n'


@pytest.mark.parametrize(("who", "words"), [("setting", "Plain"), ("family", "Friendly"), ("child", "Friendly")])
def test_a_block_is_included_in_the_words_of_the_forms_readers(home: Path, who: str, words: str) -> None:
    (home / "blocks" / "block-x.toml").write_text(BLOCK, encoding="utf-8")
    text = WHOLE.replace('written_by = "setting"', f'written_by = "{who}"') + INCLUDE
    assert question(load(written(home, text), home=home), "bl").text == words


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('only = ["nothing"]', "block-x has no question nothing"),
        ('change = { other = { text = "x" } }', "block-x has no question other"),
        ('colour = "red"', "the inclusion of block-x has a key it does not know: colour"),
    ],
)
def test_a_mistake_in_an_inclusion_is_named(home: Path, more: str, says: str) -> None:
    (home / "blocks" / "block-x.toml").write_text(BLOCK, encoding="utf-8")
    with pytest.raises(DefinitionError, match=says):
        load(written(home, WHOLE + INCLUDE + more), home=home)


def test_a_block_that_is_not_there_is_named(home: Path) -> None:
    with pytest.raises(DefinitionError, match=r"block-x\.toml is not there"):
        load(written(home, WHOLE + INCLUDE), home=home)


GROUP = """
[[questions]]
id = "bl[]"
text = "Block"
type = "repeat"

[[questions.rows]]
id = "bl[].what"
text = "What?"
type = "text"

[[questions.rows]]
id = "bl[].who"
text = "Who?"
type = "text"
"""
ROWS = """
[[sections.questions.rows]]
include = "block-x"
rows_of = "bl[]"
only = ["what"]
"""


def test_rows_of_a_block_are_asked_in_another_group_under_its_name(home: Path) -> None:
    (home / "blocks" / "block-x.toml").write_text(GROUP, encoding="utf-8")
    form = load(written(home, WHOLE + ROWS), home=home)
    assert form.question_ids() == ("kind", "row[]", "row[].say", "row[].what")
    assert question(form, "row[].what").text == "What?"


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('only = ["what"]', 'only = ["when"]', "block-x has no question bl[].when"),
        ('rows_of = "bl[]"', 'rows_of = "other[]"', "block-x has no question other[]"),
        ('rows_of = "bl[]"', "", "in the rows of row[] needs rows_of and only"),
    ],
)
def test_a_mistake_in_rows_of_a_block_is_named(home: Path, was: str, becomes: str, says: str) -> None:
    (home / "blocks" / "block-x.toml").write_text(GROUP, encoding="utf-8")
    with pytest.raises(DefinitionError) as wrong:
        load(written(home, WHOLE + ROWS.replace(was, becomes)), home=home)
    assert says in str(wrong.value)


NEWER = """
id = "tiny"
version = 2
based_on = 1
title = "Tiny, again"

[change.kind]
hint = "Choose one."

[change."row[].say"]
text = "Say it"

[[add]]
after = "kind"
id = "new"
text = "New?"
type = "text"

[pages]
one = [{ id = "rows", title = "Rows", start = "row[]" }]
"""


def newer(home: Path, text: str) -> Path:
    written(home, WHOLE)
    file = home / "tiny" / "v2.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_version_says_only_what_is_different_from_the_one_it_is_based_on(home: Path) -> None:
    form = load(newer(home, NEWER), home=home)
    assert (form.title, form.version) == ("Tiny, again", 2)
    assert form.question_ids() == ("kind", "new", "row[]", "row[].say")
    assert (question(form, "kind").hint, question(form, "kind").text) == ("Choose one.", "Kind?")
    assert question(form, "row[].say").text == "Say it"
    assert [page.id for page in form.pages()] == ["one", "rows"]
    assert load(home / "tiny" / "v1.toml", home=home).question_ids() == ("kind", "row[]", "row[].say")


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("[change.kind]", "[change.gone]", "gone is changed, which the older version does not ask"),
        ('after = "kind"', 'after = "gone"', "something is added after gone, which the older version does not ask"),
        ("one = [{", "two = [{", "pages are given for two, which is no section"),
        ("based_on = 1", "based_on = 9", "v9.toml is not there"),
    ],
)
def test_a_difference_from_what_is_not_there_is_named(home: Path, was: str, becomes: str, says: str) -> None:
    with pytest.raises(DefinitionError) as wrong:
        load(newer(home, NEWER.replace(was, becomes)), home=home)
    assert says in str(wrong.value) and "tiny/v2.toml" in str(wrong.value)

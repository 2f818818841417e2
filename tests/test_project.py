"""Projects: which manuscripts a book has, in which order, and what is refused."""

from pathlib import Path

import pytest

from conftest import SHORT
from pressbook.errors import PressbookError
from pressbook.project import find_project, natural
from stopwatch import soon


def lay_out(folder, *names, stories=None):
    """Write manuscripts of these names into a folder, with a config if it names stories."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SHORT, encoding="utf-8")
    if stories is not None:
        (folder / "pressbook.toml").write_text(f"[book]\nstories = {list(stories)!r}\n".replace("'", '"'), encoding="utf-8")
    return folder


def found(folder):
    """Name the manuscripts of a folder's book, in order."""
    return [path.relative_to(folder).as_posix() for path in find_project(folder, (), None).sources]


ORDERS = [
    ["ch1", "ch2", "ch10", "ch11", "ch100"],
    ["Chapter 1", "chapter 2", "Chapter 3", "chapter 10"],
    ["prologue", "ch1", "ch2", "interlude", "epilogue"],
    ["foreword", "01-rain", "02-snow", "10-sun", "afterword"],
    ["part1-ch2", "part1-ch10", "part2-ch1"],
    ["1", "1b", "2", "02b", "3"],
    ["a", "B", "c"],
]


@pytest.mark.parametrize("names", ORDERS)
def test_files_come_in_natural_order(names):
    """Numbers count as numbers, small letters and capitals alike; a prologue comes first and an epilogue last."""
    for start in range(len(names)):
        turned = [*names[start:], *names[:start]][::-1]
        assert sorted(turned, key=lambda name: natural(Path(f"{name}.txt"))) == names


CASES = [
    ("a pattern", ["text/b.txt", "text/a.md", "text/c.rtf"], ["text/*"], ["text/a.md", "text/b.txt", "text/c.rtf"]),
    ("an order", ["text/b.txt", "text/a.txt"], ["text/b.txt", "text/a.txt"], ["text/b.txt", "text/a.txt"]),
    ("first one, then the rest", ["text/a.txt", "text/b.txt"], ["text/b.txt", "text/*"], ["text/b.txt", "text/a.txt"]),
    ("a folder", ["ch/ch10.txt", "ch/ch9.txt"], ["ch"], ["ch/ch9.txt", "ch/ch10.txt"]),
    (
        "files and folders",
        ["a.txt", "b/2.txt", "b/1.txt", "c/x.md"],
        ["a.txt", "b", "c/*"],
        ["a.txt", "b/1.txt", "b/2.txt", "c/x.md"],
    ),
    ("all below", ["t/1/b.txt", "t/1/a.txt", "t/c.txt"], ["t/**/*.txt"], ["t/1/a.txt", "t/1/b.txt", "t/c.txt"]),
    ("the usual place", ["text/2.txt", "text/10.txt", "notes.txt"], ["text/*"], ["text/2.txt", "text/10.txt"]),
    ("two formats, both named", ["a.txt", "a.md"], ["a.txt", "a.md"], ["a.txt", "a.md"]),
]


@pytest.mark.parametrize(("names", "stories", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_stories_name_files_folders_and_patterns(tmp_path, names, stories, expected):
    """Each entry stands for a file, for a folder's manuscripts, or for what its pattern finds; each file comes once."""
    assert sorted(found(lay_out(tmp_path, *names, stories=stories))) == sorted(expected)
    assert found(tmp_path) == expected or stories == ["t/**/*.txt"]


def test_a_folder_of_chapters_needs_no_config(tmp_path):
    """A folder whose files are numbered alike is a book; its results are called by the folder."""
    folder = lay_out(tmp_path / "tides", "ch1.txt", "ch2.txt", "ch10.txt", "prologue.txt", "README.txt", "ch1.marks.toml")
    assert found(folder) == ["prologue.txt", "ch1.txt", "ch2.txt", "ch10.txt"]
    project = find_project(folder, (), None)
    assert (project.name, project.out) == ("tides", folder / "dist")


@pytest.mark.parametrize("names", [("lamp.txt", "salt.txt"), ("ch1.txt", "notes.txt"), ("draft2.txt", "final3.txt")])
def test_a_folder_of_other_files_is_no_book(tmp_path, names):
    """Files that nobody asked to be bound are not: the error names them, and says how one or all are set."""
    for place in ("", "text/"):
        folder = lay_out(tmp_path / f"in-{place}", *(place + name for name in names))
        with pytest.raises(PressbookError, match="2 manuscripts found") as caught:
            find_project(folder, (), None)
        assert "pressbook build" in caught.value.hint and f'stories = ["{place}*"]' in caught.value.hint


@pytest.mark.parametrize("stories", [None, ["text/*"], ["text/b.txt"], ["text"]])
@pytest.mark.parametrize("target", ["secret.txt", "secrets"])
def test_a_link_out_of_the_project_is_refused(tmp_path, stories, target):
    """A story that a project's own link takes from elsewhere is refused, by whatever way it is found; one inside is not."""
    folder = lay_out(tmp_path / "zine", "text/ch1.txt", "kept/ch2.txt", **({"stories": stories} if stories else {}))
    (tmp_path / "secrets").mkdir()
    for name in ("secret.txt", "secrets/b.txt"):
        (tmp_path / name).write_text("Nobody may know.", "utf-8")
    (folder / "text" / "ch2.txt").symlink_to("../kept/ch2.txt")
    link = folder / "text" / "b.txt"
    link.symlink_to(tmp_path / "secret.txt" if target == "secret.txt" else tmp_path / "secrets" / "b.txt")
    with pytest.raises(PressbookError, match=r"text/b\.txt is a link that leads out of the project") as caught:
        find_project(folder, (), None)
    assert "pressbook build" in caught.value.hint
    assert find_project(link, (), None).sources == (link,)


REFUSED = [
    ("twice by name", ["a.txt"], ["a.txt", "a.txt"], r"book\.stories names a\.txt twice"),
    ("twice in two formats", ["text/a.txt", "text/a.md"], ["text/*"], r"text/a\.md and text/a\.txt look like one story"),
    ("a pattern for nothing", ["a.txt"], ["a.txt", "more/*"], r"nothing matches more/\*"),
    ("only a pattern for nothing", ["a.txt"], ["chapters/*.md"], r"nothing matches chapters/\*\.md"),
    ("an empty folder", ["a.txt", "b/notes.xyz"], ["a.txt", "b"], "nothing matches b"),
    ("gone", ["a.txt"], ["a.txt", "b.txt"], r"book\.stories: b\.txt does not exist"),
    ("above", ["zine/a.txt"], ["../x.txt"], r"'\.\./x\.txt' leads out of the project"),
    ("above and back", ["a.txt"], ["text/../../x/*"], "leads out of the project"),
    ("elsewhere", ["a.txt"], ["/etc/passwd"], "leads out of the project"),
    ("nothing at all", ["a.txt"], [""], "leads out of the project"),
]


@pytest.mark.parametrize(("names", "stories", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_stories_may_not_say(tmp_path, names, stories, message):
    """A file named twice, a pattern for nothing, a path out of the project: each is refused, with a hint."""
    folder = lay_out(tmp_path, *names, stories=stories)
    with pytest.raises(PressbookError, match=message) as caught:
        find_project(folder, (), None)
    assert caught.value.hint


def test_the_same_file_by_another_name_is_refused(tmp_path):
    """A link to a story beside it would print it twice: it is refused, and both names are told."""
    folder = lay_out(tmp_path, "text/a.txt", stories=["text/*"])
    (folder / "text" / "b.txt").symlink_to(folder / "text" / "a.txt")
    with pytest.raises(PressbookError, match=r"text/b\.txt is the same file as text/a\.txt"):
        find_project(folder, (), None)


@pytest.mark.parametrize("pattern", ["text/*", "text/**/*", "**/*.txt", "text"])
def test_a_folder_that_holds_itself_is_no_trap(tmp_path, pattern):
    """A link that leads back to its own folder is not followed round and round; each story is found once."""
    folder = lay_out(tmp_path, "text/a.txt", stories=[pattern])
    (folder / "text" / "loop").symlink_to(folder / "text", target_is_directory=True)
    assert found(folder) == ["text/a.txt"]
    assert soon(lambda: found(folder), 1)


def test_one_story_of_a_book_can_be_set_alone(tmp_path):
    """Naming one manuscript of a project sets it alone, with the project's config, under its own name."""
    folder = lay_out(tmp_path, "text/a.txt", "text/b.txt", stories=["text/*"])
    project = find_project(folder / "text" / "b.txt", (), None)
    assert ([path.name for path in project.sources], project.name, project.folder) == (["b.txt"], "b", folder)


def test_a_books_folder_of_texts_means_the_book(tmp_path, monkeypatch):
    """Where a project has several stories, its text folder stands for the project, from inside as well."""
    folder = lay_out(tmp_path, "text/lamp.txt", "text/salt.txt", stories=["text/*"])
    assert find_project(folder / "text", (), None).folder == folder
    monkeypatch.chdir(folder / "text")
    project = find_project(None, (), None)
    assert ([path.name for path in project.sources], project.folder.resolve()) == (["lamp.txt", "salt.txt"], folder.resolve())

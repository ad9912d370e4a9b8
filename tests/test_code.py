"""Lines of code, told from prose."""

from collections.abc import Callable

import pytest
from growth import LINEAR, growth

from cleanr.code import is_code


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("", id="empty"),
        pytest.param("He paused; she went on (“well”).", id="semicolon-and-brackets"),
        pytest.param("Import duties rose, and from June on they rose again.", id="import-in-prose"),
        pytest.param("The class (of 1984) met again.", id="class-in-prose"),
        pytest.param("Let us go (then), you and I;", id="let-in-prose"),
        pytest.param("if you can keep your head when all about you", id="if-in-prose"),
        pytest.param("Return the book by Friday; please.", id="return-in-prose"),
        pytest.param('She said "no": nothing else.', id="quote-and-colon"),
        pytest.param("The “if”: a word for poets.", id="curly-quote-and-colon"),
        pytest.param("x = 2y + 3 and y = 4", id="mathematics"),
        pytest.param("a <b>bold</b> word in prose", id="tags-in-prose"),
        pytest.param("$5 and > 3% of it", id="dollars"),
        pytest.param("and/or, he/she, 24/7", id="slashes"),
    ],
)
def test_prose(line: str) -> None:
    assert not is_code(line)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('printf("%s", name);', id="call-of-c"),
        pytest.param("def find(text):", id="def"),
        pytest.param("class Cleaner:", id="class"),
        pytest.param("    from os import path", id="from-import"),
        pytest.param("#include <stdio.h>", id="include"),
        pytest.param("const a = [1, 2];", id="const"),
        pytest.param("function go() {", id="function"),
        pytest.param("if (a > b) {", id="if"),
        pytest.param("$ cleanr fix a.txt", id="shell-prompt"),
        pytest.param(">>> print(1)", id="python-prompt"),
        pytest.param("// a comment", id="comment"),
        pytest.param("<!DOCTYPE html>", id="doctype"),
        pytest.param('<div class="a">', id="tag-alone"),
        pytest.param("  }", id="closing-brace"),
        pytest.param("});", id="closing-braces"),
        pytest.param('{"a": "b", "c": 1}', id="json"),
        pytest.param('pattern = re.compile("x")', id="assignment"),
        pytest.param("sed -i s/Ã©/é/g file.txt", id="substitution"),
        pytest.param('text.replace("â€™", "’")', id="call-with-quotes"),
    ],
)
def test_code(line: str) -> None:
    assert is_code(line)


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param(lambda n: "f(" + '"' * n, id="quotes-in-an-open-call"),
        pytest.param(lambda n: 'f("x")' + " " * n + "y", id="spaces-behind-a-call"),
        pytest.param(lambda n: "f(" * n, id="open-calls"),
        pytest.param(lambda n: 'f("' + ")" * n + "x", id="closing-brackets"),
        pytest.param(lambda n: '" ' * n + "y", id="quotes-and-spaces"),
        pytest.param(lambda n: '"' + " " * n + "y", id="a-quote-and-spaces"),
        pytest.param(lambda n: ");" + " " * n + "y", id="a-statement-and-spaces"),
        pytest.param(lambda n: " " * n + "y", id="spaces"),
        pytest.param(lambda n: "}" * n + "y", id="braces"),
        pytest.param(lambda n: '<a b="' + 'c d="' * n, id="attributes"),
        pytest.param(lambda n: "const " + "=" * n + "y", id="equals-signs"),
        pytest.param(lambda n: "if (" + ")" * n + "y", id="if-and-brackets"),
        pytest.param(lambda n: "s/" * n, id="substitutions"),
        pytest.param(lambda n: "a" * n, id="one-word"),
    ],
)
def test_cost_is_linear(hostile: Callable[[int], str]) -> None:
    assert growth(is_code, hostile, 1000) < LINEAR

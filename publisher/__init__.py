"""Publish Chinese documents as PDF and EPUB, in simplified and traditional editions."""

from __future__ import annotations

"""The names of months in English, Indonesian and Malay."""

from __future__ import annotations

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb pebruari", "maret march mar mac",
            "april apr", "mei may", "juni june jun", "juli july jul",
            "agustus august aug agu agt agst ogos", "september sept sep",
            "oktober october okt oct", "november nopember nov nop", "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
"""Month names and abbreviations in small letters, to the number of the month."""

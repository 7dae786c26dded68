"""Cities as people know them: names that differ from the zone's, and a table for "what time is it there"."""

from typing import NamedTuple


class City(NamedTuple):
    """A city by its English name, with the IANA zone whose clock it keeps."""

    name: str
    zone_name: str


CITIES: tuple[City, ...] = (
    City("Los Angeles", "America/Los_Angeles"),
    City("Mexico City", "America/Mexico_City"),
    City("New York", "America/New_York"),
    City("São Paulo", "America/Sao_Paulo"),
    City("London", "Europe/London"),
    City("Berlin", "Europe/Berlin"),
    City("Cairo", "Africa/Cairo"),
    City("Nairobi", "Africa/Nairobi"),
    City("Dubai", "Asia/Dubai"),
    City("Delhi", "Asia/Kolkata"),
    City("Kathmandu", "Asia/Kathmandu"),
    City("Beijing", "Asia/Shanghai"),
    City("Tokyo", "Asia/Tokyo"),
    City("Sydney", "Australia/Sydney"),
)
"""World cities from west to east, each on another clock for most of the year."""

WELL_KNOWN: dict[str, str] = {
    # The zone's city is not the one that most people there would look for.
    "Asia/Kolkata": "Delhi",
    "Asia/Shanghai": "Beijing",
    "Asia/Ho_Chi_Minh": "Ho Chi Minh City",
    # Letters that IANA's ASCII names leave out.
    "Africa/El_Aaiun": "El Aaiún",
    "Africa/Lome": "Lomé",
    "Africa/Ndjamena": "N’Djamena",
    "Africa/Sao_Tome": "São Tomé",
    "America/Araguaina": "Araguaína",
    "America/Argentina/Cordoba": "Córdoba",
    "America/Argentina/Rio_Gallegos": "Río Gallegos",
    "America/Argentina/Tucuman": "Tucumán",
    "America/Asuncion": "Asunción",
    "America/Bahia_Banderas": "Bahía de Banderas",
    "America/Belem": "Belém",
    "America/Bogota": "Bogotá",
    "America/Cancun": "Cancún",
    "America/Ciudad_Juarez": "Ciudad Juárez",
    "America/Cuiaba": "Cuiabá",
    "America/Curacao": "Curaçao",
    "America/Eirunepe": "Eirunepé",
    "America/Maceio": "Maceió",
    "America/Mazatlan": "Mazatlán",
    "America/Merida": "Mérida",
    "America/Miquelon": "Saint-Pierre",
    "America/Noronha": "Fernando de Noronha",
    "America/Santarem": "Santarém",
    "America/Sao_Paulo": "São Paulo",
    "America/St_Barthelemy": "St. Barthélemy",
    "America/St_Johns": "St. John’s",
    "America/St_Kitts": "St. Kitts",
    "America/St_Lucia": "St. Lucia",
    "America/St_Thomas": "St. Thomas",
    "America/St_Vincent": "St. Vincent",
    "Antarctica/DumontDUrville": "Dumont d’Urville",
    "Asia/Urumqi": "Ürümqi",
    "Atlantic/Faroe": "Faroe Islands",
    "Atlantic/Reykjavik": "Reykjavík",
    "Atlantic/St_Helena": "St. Helena",
    "Europe/Busingen": "Büsingen",
    "Europe/Chisinau": "Chișinău",
    "Europe/Zurich": "Zürich",
    "Indian/Mahe": "Mahé",
    "Indian/Reunion": "Réunion",
    "Pacific/Noumea": "Nouméa",
    "Etc/UTC": "UTC",
}
"""Canonical zone name → the name to show, where the last part of the zone name would not do."""

"""Regions: the parts of the world that a fairness ledger names, by country."""

from webinar.timekeeping.countries import country_of
from webinar.timekeeping.zones import ZoneName, region
from webinar.translatable import N_

AMERICAS, EUROPE, AFRICA = N_("Americas"), N_("Europe"), N_("Africa")
MIDDLE_EAST, CENTRAL_ASIA, SOUTH_ASIA = N_("Middle East"), N_("Central Asia"), N_("South Asia")
SOUTH_EAST_ASIA, EAST_ASIA, OCEANIA = N_("South-East Asia"), N_("East Asia"), N_("Oceania")
ELSEWHERE = N_("Elsewhere")

REGIONS = (
    AMERICAS, EUROPE, AFRICA, MIDDLE_EAST, CENTRAL_ASIA, SOUTH_ASIA, SOUTH_EAST_ASIA, EAST_ASIA, OCEANIA,
    ELSEWHERE,
)  # fmt: skip
"""From west to east; ELSEWHERE for who chose a clock without a place."""

COUNTRIES: dict[str, str] = {
    AMERICAS: "AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS GT GY HN HT "
    "JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI",
    EUROPE: "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU "
    "LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
    AFRICA: "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR "
    "MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW",
    MIDDLE_EAST: "AE AM AZ BH GE IL IQ IR JO KW LB OM PS QA SA SY TR YE",
    CENTRAL_ASIA: "KG KZ TJ TM UZ",
    SOUTH_ASIA: "AF BD BT IN IO LK MV NP PK",
    SOUTH_EAST_ASIA: "BN CC CX ID KH LA MM MY PH SG TH TL VN",
    EAST_ASIA: "CN HK JP KP KR MN MO TW",
    OCEANIA: "AQ AS AU CK FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
}
"""ISO 3166-1 codes, after the United Nations' geographic regions (M49), with Western Asia and Turkey as
Middle East; Iran counts there too, Egypt in Africa. Russia counts in Europe up to the Urals."""

_REGION_OF = {code: name for name, codes in COUNTRIES.items() for code in codes.split()}


def region_of(zone_name: ZoneName) -> str:
    """The region of a zone, in English: Asia/Kathmandu → South Asia. Raises UnknownZone."""
    country = country_of(zone_name)
    if country is None:
        return ELSEWHERE
    if country == "RU" and region(zone_name) == "Asia":
        return _SIBERIA.get(zone_name, CENTRAL_ASIA)
    return _REGION_OF.get(country, ELSEWHERE)


_SIBERIA = dict.fromkeys(
    ("Asia/Irkutsk", "Asia/Chita", "Asia/Yakutsk", "Asia/Khandyga", "Asia/Vladivostok", "Asia/Ust-Nera",
     "Asia/Magadan", "Asia/Sakhalin", "Asia/Srednekolymsk", "Asia/Kamchatka", "Asia/Anadyr"),
    EAST_ASIA,
)  # fmt: skip
"""Clocks decide here: Vladivostok's nights are Tokyo's."""

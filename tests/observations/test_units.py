# SPDX-License-Identifier: EUPL-1.2
"""A label without its unit and footnotes, and units in words."""

import pytest

from genk_armoede.observations.units import split_label, unit_of_words

# Labels


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("Fictief", ("Fictief", "", [])),
        ("Fictief [personen]", ("Fictief", "personen", [])),
        ("Fictief [ % ] (1)", ("Fictief", "%", ["(1)"])),
        ("Fictief (1) [EUR per inwoner] (2)", ("Fictief", "EUR per inwoner", ["(1)", "(2)"])),
        ("Fictief (jaargemiddelde) [%]", ("Fictief (jaargemiddelde)", "%", [])),
        ("2019-2020 (1)", ("2019-2020", "", ["(1)"])),
        ("[personen]", ("", "personen", [])),
        ("Fictief []", ("Fictief []", "", [])),
        ("", ("", "", [])),
        ("Fictief (2011) [personen]", ("Fictief (2011)", "personen", [])),
    ],
)
def test_a_label_its_unit_and_its_footnotes(label, parts):
    assert split_label(label) == parts


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("€", "EUR"),
        ("Euro", "EUR"),
        ("procent", "%"),
        ("percentage", "%"),
        ("promille", "‰"),
        ("leerlingen", "leerlingen"),
    ],
)
def test_a_unit_has_one_name(written, unit):
    assert split_label(f"Fictief [{written}]") == ("Fictief", unit, [])


def test_a_label_with_two_units():
    with pytest.raises(ValueError, match="two units: personen, %"):
        split_label("Fictief [personen] [%]")
    assert split_label("Fictief [€] [EUR]") == ("Fictief", "EUR", [])


# Units in words


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Aantal inwoners", "aantal"),
        ("Totaal aantal kamers", "aantal"),
        ("Gemiddeld aantal kamers", ""),
        ("Huishoudens, aantal", "aantal"),
        ("Aantal aangiften met nul totaal netto belastbaar inkomen", "aantal"),
        ("Aantal personen onder 60% van de mediaan", "aantal"),
        ("Bedrag (€)", "EUR"),
        ("Totaal bedrag", "EUR"),
        ("Totaal netto belastbaar inkomen", "EUR"),
        ("Gemiddelde waarden, Mediaan inkomen per aangifte", "EUR"),
        ("Gemiddeld inkomen per inwoner", "EUR per inwoner"),
        ("Uitgave per inwoner", "EUR per inwoner"),
        ("Staatsbelasting", "EUR"),
        ("Gemeente en agglommeratie belasting", "EUR"),
        ("Aandeel", "%"),
        ("Gezinnen, aandeel", "%"),
        ("Leerlingen (in %)", "%"),
        ("Aantal (%)", "%"),
        ("Procentuele groei", "%"),
        ("Geboorten per 1.000 inwoners", "‰"),
        ("Aantal per 1000 inwoners", "‰"),
        ("Aandeel per 100 inwoners", "%"),
        ("Kinderen per 100 vrouwen", "per 100 vrouwen"),
        ("Aantal per 10 000 inwoners", "aantal per 10.000 inwoners"),
        ("Aantal per miljoen inwoners", "aantal per miljoen inwoners"),
        ("Inwoners per km²", "per km²"),
        ("Bevolkingsdichtheid (inw./km2)", "per km²"),
        ("Mediaanprijs per m² (euro)", "EUR per m²"),
        ("Prijs (€/m²)", "EUR per m²"),
        ("Groene ruimte per inwoner (m²)", "m² per inwoner"),
        ("Pacht (EUR per ha)", "EUR per ha"),
        ("Bedrag (euro per dag)", "EUR per dag"),
        ("Steun per dag (euro)", "EUR"),
        ("Oppervlakte (m²)", "m²"),
        ("Schulden (in 1.000 euro)", "1.000 EUR"),
        ("Schulden (1000 €)", "1.000 EUR"),
        ("Schulden (€ 1.000)", "1.000 EUR"),
        ("Schulden in duizend euro", "1.000 EUR"),
        ("Schulden (k€)", "1.000 EUR"),
        ("Schulden (mln. euro)", "miljoen EUR"),
        ("Aantal inwoners (x 1.000)", "1.000 aantal"),
        ("Aantal inwoners in duizendtallen", "1.000 aantal"),
        # What is counted is not in euro or percent because its definition is.
        ("Personen met een inkomen onder 60 % van de mediaan", ""),
        ("Gezinnen zonder inkomen", ""),
        ("Inkomensgarantie voor ouderen", ""),
        ("Interkwartiele coëfficiënt van het inkomen", ""),
        ("Inkomensongelijkheid", ""),
        ("Geluidsbelasting", ""),
        ("Aangiften vanaf 10.000 euro", ""),
        ("Leerlingen", ""),
        ("", ""),
    ],
)
def test_a_unit_in_words(words, unit):
    assert unit_of_words(words) == unit
    assert unit_of_words(words.upper()) == unit

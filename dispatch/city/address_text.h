#pragma once
// What is typed into the address search, folded and cut into tokens with their meaning.

#include <string>
#include <string_view>
#include <vector>

#include "dispatch/city/address.h"

namespace jedel::address {

/// Lower case; ё = е, й = и, э = е, щ = ш, ь and ъ dropped; Kazakh letters as they are typed on a
/// Russian keyboard (ә = а, ғ = г, қ = к, ң = н, ө = о, ұ ү = у, һ = х, і = и). Broken bytes are
/// dropped.
std::u32string fold(std::string_view text);

enum class TokenKind : std::uint8_t {
    word,
    number,      ///< "12", "12а", "12/3"
    type,        ///< kind of street: ул., көшесі, мкр …
    house_mark,  ///< дом, үй
    flat_mark,   ///< кв., пәтер, подъезд: a number beside it is not the house
    part_mark,   ///< корпус, строение, литера, дробь: says which of the houses of one number
    filler,      ///< "на", "номер": says nothing
    corner,      ///< угол, қиылысы
    joiner,      ///< и, мен, between two streets
    separator,   ///< comma, dash or slash between words: may part two streets
};

enum class StreetKind : std::uint8_t {
    none, street, avenue, lane, boulevard, quarter, highway, village
};

struct Token {
    TokenKind kind = TokenKind::word;
    std::u32string text;
    StreetKind type = StreetKind::none;
    bool ordinal = false;      ///< "5-көше", "2-я": part of a name, not a house
    bool after_dash = false;   ///< "12-34": the second number is a flat
    bool quoted = false;       ///< 45 "А"
    bool marked_house = false; ///< "дом 12"
    AddressRole role = AddressRole::unknown;  ///< of a mark, and what is beside it
    std::size_t begin = 0, end = 0;           ///< bytes of the text
    std::vector<std::size_t> of = {};  ///< where it was put together: the tokens of the text
};

/// What a part mark stands for in a number: к, с, л or /; 0 for no part mark.
char32_t part_sign(const std::u32string& mark);

/// At most 24 tokens: nobody says a longer address.
std::vector<Token> tokens_of(std::string_view text);

}  // namespace jedel::address

// Houses: one number as maps and callers write it, and which of them are the same.

#include <algorithm>
#include <cstdlib>

#include "dispatch/city/address.h"
#include "dispatch/city/address_parts.h"

namespace jedel::address {
namespace {

std::u32string digits_of(int n) {
    std::u32string out;
    for (const char c : std::to_string(n)) out += static_cast<char32_t>(c);
    return out;
}

/// A house's letter is often typed on the other layout: 12A is 12А.
std::u32string in_cyrillic(std::u32string house) {
    static constexpr std::u32string_view latin = U"abcehkmoptx", cyrillic = U"авсенкмортх";
    for (char32_t& c : house) {
        if (const auto at = latin.find(c); at != std::u32string_view::npos) c = cyrillic[at];
    }
    return house;
}

}  // namespace

std::vector<std::u32string> house_keys(const std::string& shown) {
    static const std::set<std::u32string> none;
    std::vector<std::u32string> keys;
    std::u32string whole;
    for (const char32_t c : fold(shown)) {
        if (c != U' ' && c != U'-') whole += c;
    }
    std::vector<Token> said = read_address(shown, none).said;
    for (Token& t : said) {
        if (t.kind != TokenKind::number) continue;
        keys.push_back(t.text);
        if (std::u32string other = in_cyrillic(t.text); other != t.text) keys.push_back(other);
    }
    const auto dash = shown.find('-');
    if (keys.size() == 1 && dash != std::string::npos) {
        // "14-16" is both and what lies between; "12-1" is the first of number 12.
        const int first = std::atoi(shown.c_str());
        const int second = std::atoi(shown.c_str() + dash + 1);
        if (second > first && second - first <= 20) {
            for (int n = first + 2; n <= second; n += 2) keys.push_back(digits_of(n));
        } else if (second > 0) {
            keys.front() += U'/' + digits_of(second);
        }
    }
    if (keys.empty()) keys.push_back(whole);
    return keys;
}

}  // namespace jedel::address

namespace jedel {

std::string house_said(std::string_view query) {
    static const std::set<std::u32string> no_city;
    const address::Reading reading = address::read_address(query, no_city);
    std::size_t begin = query.size(), end = 0;
    // Marked as a house, else the last number that is left.
    bool marked = false;
    for (const address::Token& t : reading.said) {
        if (t.kind != address::TokenKind::number || t.ordinal || marked) continue;
        begin = t.begin;
        end = t.end;
        marked = t.marked_house;
    }
    return begin < end ? std::string{query.substr(begin, end - begin)} : std::string{};
}

bool same_house(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty()) return a == b;
    const auto left = address::house_keys(a), right = address::house_keys(b);
    return std::any_of(left.begin(), left.end(), [&](const std::u32string& key) {
        return std::find(right.begin(), right.end(), key) != right.end();
    });
}

}  // namespace jedel

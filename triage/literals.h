#pragma once
// What is known, as bits: an atom is a finding that is there, a number below a bound, or a choice
// taken. Every condition of a rule is a test of such bits.

#include <array>
#include <cstddef>
#include <cstdint>

namespace jedel::triage {

/// More atoms than this are refused when a protocol is loaded.
inline constexpr std::size_t atoms_max = 256;
inline constexpr std::size_t atom_words = atoms_max / 64;

/// Atoms known to hold and atoms known not to hold; an atom in neither is unknown.
struct LiteralSet {
    std::array<std::uint64_t, atom_words> yes{}, no{};

    [[nodiscard]] bool has_yes(std::size_t atom) const { return (yes[atom / 64] >> atom % 64) & 1; }
    [[nodiscard]] bool has_no(std::size_t atom) const { return (no[atom / 64] >> atom % 64) & 1; }
    void add(std::size_t atom, bool value) {
        (value ? yes : no)[atom / 64] |= std::uint64_t{1} << atom % 64;
    }
    void add_all(const LiteralSet& other) {
        for (std::size_t w = 0; w < atom_words; ++w) {
            yes[w] |= other.yes[w];
            no[w] |= other.no[w];
        }
    }
    [[nodiscard]] bool contradicts_itself() const {
        for (std::size_t w = 0; w < atom_words; ++w) {
            if ((yes[w] & no[w]) != 0) return true;
        }
        return false;
    }
    [[nodiscard]] bool inside(const LiteralSet& other) const {
        for (std::size_t w = 0; w < atom_words; ++w) {
            if ((yes[w] & ~other.yes[w]) != 0 || (no[w] & ~other.no[w]) != 0) return false;
        }
        return true;
    }
    [[nodiscard]] bool meets(const LiteralSet& other) const {
        for (std::size_t w = 0; w < atom_words; ++w) {
            if ((yes[w] & other.yes[w]) != 0 || (no[w] & other.no[w]) != 0) return true;
        }
        return false;
    }
    void remove(const LiteralSet& other) {
        for (std::size_t w = 0; w < atom_words; ++w) {
            yes[w] &= ~other.yes[w];
            no[w] &= ~other.no[w];
        }
    }
    friend bool operator==(const LiteralSet&, const LiteralSet&) = default;
};

}  // namespace jedel::triage

#pragma once
// The index of names beside the register's rows: for each stem the people who bear it. Private to
// this folder.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dispatch/patients/name_key.h"
#include "dispatch/sqlite/sqlite.h"

namespace jedel {

/// The list of stems is in memory (some 30 bytes each), the people of each stem on disk.
class NameIndex {
public:
    /// Makes the index where there is none or an import has made it old, in one transaction.
    static Result<NameIndex> open(const sql::Database& database);

    struct Like {
        std::uint32_t stem;
        int likeness;  ///< 0 to 100
    };
    /// Stems that may be meant by a word, each once, the most alike first.
    [[nodiscard]] std::vector<Like> like(const NameWord& word, bool may_begin) const;
    /// How many bear it.
    [[nodiscard]] std::uint32_t count(std::uint32_t stem) const { return stems_[stem].people; }
    /// Places (0 …, ascending by number) of those who bear it.
    Result<void> people(const sql::Database& database, std::uint32_t stem,
                        std::vector<std::uint32_t>& out) const;
    Result<std::int64_t> number_at(const sql::Database& database, std::uint32_t place) const;
    [[nodiscard]] std::uint32_t size() const { return size_; }

private:
    struct Stem {
        std::uint32_t begin, letters, people;
        std::uint8_t length;
    };
    [[nodiscard]] std::string_view text(const Stem& stem) const {
        return std::string_view{letters_}.substr(stem.begin, stem.length);
    }
    Result<void> load(const sql::Database& database);

    std::vector<Stem> stems_;
    std::string letters_;
    std::uint32_t size_ = 0;
};

}  // namespace jedel

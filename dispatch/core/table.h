#pragma once
// A small persistent table: copying it copies pointers, editing one row clones that row.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace jedel {

/// Rows in ascending order of `row.id`. A copy shares its rows with the original, so a snapshot
/// of two thousand incidents costs a copy of two thousand pointers; `edit` clones one row.
/// Value semantics; safe to read from several threads as long as nobody edits that same copy.
template <class Row>
class Table {
public:
    using Key = decltype(Row::id);
    using Pointer = std::shared_ptr<const Row>;

    [[nodiscard]] const Row* find(Key id) const {
        const auto it = lower(rows_, id);
        return it != rows_.end() && (*it)->id == id ? it->get() : nullptr;
    }
    /// Clones the row, lets `change` work on the clone and puts it in place. False if absent.
    template <class Change>
    bool edit(Key id, Change&& change) {
        const auto it = lower(rows_, id);
        if (it == rows_.end() || (*it)->id != id) return false;
        auto clone = std::make_shared<Row>(**it);
        change(*clone);
        *it = std::move(clone);
        return true;
    }
    /// Inserts the row or replaces the one with its id.
    void put(Row row) {
        const auto it = lower(rows_, row.id);
        if (it != rows_.end() && (*it)->id == row.id) {
            *it = std::make_shared<const Row>(std::move(row));
        } else {
            rows_.insert(it, std::make_shared<const Row>(std::move(row)));
        }
    }
    bool erase(Key id) {
        const auto it = lower(rows_, id);
        if (it == rows_.end() || (*it)->id != id) return false;
        rows_.erase(it);
        return true;
    }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    /// Rows as shared pointers, ascending by id.
    [[nodiscard]] const std::vector<Pointer>& rows() const { return rows_; }

private:
    template <class Rows>
    static auto lower(Rows& rows, Key id) {
        // New rows nearly always have the highest id.
        if (!rows.empty() && rows.back()->id < id) return rows.end();
        return std::lower_bound(rows.begin(), rows.end(), id,
                                [](const Pointer& row, Key key) { return row->id < key; });
    }
    std::vector<Pointer> rows_;
};

}  // namespace jedel

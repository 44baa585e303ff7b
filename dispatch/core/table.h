#pragma once
// A small persistent table: copying it copies a few pointers, editing one row clones that row.

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace jedel {

/// Rows in ascending order of their key. They lie in blocks that copies share, so a snapshot of
/// five thousand rows copies some eighty pointers; a change clones one block of pointers and one
/// row. Value semantics; safe to read from several threads as long as nobody edits that same copy.
template <class Row, auto KeyMember = &Row::id>
class Table {
    template <class T, class M>
    static M member_of(M T::*);

public:
    using Key = decltype(member_of(KeyMember));
    using Pointer = std::shared_ptr<const Row>;

private:
    /// Pointers of one block; a block is never empty and never changes once it is shared.
    using Block = std::vector<Pointer>;
    using BlockPointer = std::shared_ptr<const Block>;
    static constexpr std::size_t block_rows_max = 64;

public:
    /// All rows as shared pointers, ascending.
    class Rows {
    public:
        class iterator {
        public:
            using iterator_category = std::bidirectional_iterator_tag;
            using value_type = Pointer;
            using difference_type = std::ptrdiff_t;
            using pointer = const Pointer*;
            using reference = const Pointer&;
            iterator() = default;
            iterator(const std::vector<BlockPointer>* blocks, std::size_t block, std::size_t row)
                : blocks_(blocks), block_(block), row_(row) {}
            reference operator*() const { return (*(*blocks_)[block_])[row_]; }
            pointer operator->() const { return &**this; }
            iterator& operator++() {
                if (++row_ == (*blocks_)[block_]->size()) {
                    ++block_;
                    row_ = 0;
                }
                return *this;
            }
            iterator operator++(int) {
                iterator old = *this;
                ++*this;
                return old;
            }
            iterator& operator--() {
                if (row_ == 0) row_ = (*blocks_)[--block_]->size();
                --row_;
                return *this;
            }
            iterator operator--(int) {
                iterator old = *this;
                --*this;
                return old;
            }
            friend bool operator==(const iterator& a, const iterator& b) {
                return a.block_ == b.block_ && a.row_ == b.row_;
            }

        private:
            const std::vector<BlockPointer>* blocks_ = nullptr;
            std::size_t block_ = 0, row_ = 0;
        };
        using const_iterator = iterator;
        using value_type = Pointer;

        explicit Rows(const Table& table) : table_(&table) {}
        [[nodiscard]] iterator begin() const { return {&table_->blocks_, 0, 0}; }
        [[nodiscard]] iterator end() const {
            return {&table_->blocks_, table_->blocks_.size(), 0};
        }
        [[nodiscard]] std::reverse_iterator<iterator> rbegin() const {
            return std::reverse_iterator{end()};
        }
        [[nodiscard]] std::reverse_iterator<iterator> rend() const {
            return std::reverse_iterator{begin()};
        }
        [[nodiscard]] std::size_t size() const { return table_->size_; }
        [[nodiscard]] bool empty() const { return table_->size_ == 0; }
        [[nodiscard]] const Pointer& front() const { return table_->blocks_.front()->front(); }
        [[nodiscard]] const Pointer& back() const { return table_->blocks_.back()->back(); }
        /// The n-th row, n < size(); walks over the blocks.
        [[nodiscard]] const Pointer& operator[](std::size_t n) const {
            std::size_t block = 0;
            while (n >= table_->blocks_[block]->size()) n -= table_->blocks_[block++]->size();
            return (*table_->blocks_[block])[n];
        }

    private:
        const Table* table_;
    };

    [[nodiscard]] const Row* find(Key key) const {
        const std::size_t b = block_of(key);
        if (b == blocks_.size()) return nullptr;
        const Block& block = *blocks_[b];
        const auto it = lower(block, key);
        return it != block.end() && key_of(**it) == key ? it->get() : nullptr;
    }
    /// The row itself, to be kept beyond the next change; null where there is none.
    [[nodiscard]] Pointer share(Key key) const {
        const std::size_t b = block_of(key);
        if (b == blocks_.size()) return nullptr;
        const Block& block = *blocks_[b];
        const auto it = lower(block, key);
        return it != block.end() && key_of(**it) == key ? *it : nullptr;
    }
    /// Clones the row, lets `change` work on the clone and puts it in place. False if absent.
    template <class Change>
    bool edit(Key key, Change&& change) {
        const Row* found = find(key);
        if (found == nullptr) return false;
        auto clone = std::make_shared<Row>(*found);
        change(*clone);
        replace(std::move(clone));
        return true;
    }
    /// Inserts the row or replaces the one with its key.
    void put(Row row) { put(std::make_shared<const Row>(std::move(row))); }
    void put(Pointer row) {
        const Key key = key_of(*row);
        if (blocks_.empty()) {
            blocks_.push_back(std::make_shared<const Block>(1, std::move(row)));
            size_ = 1;
            return;
        }
        // New rows nearly always have the highest key: a full last block starts a new one.
        const std::size_t b = std::min(block_of(key), blocks_.size() - 1);
        if (key_of(*blocks_[b]->back()) < key && blocks_[b]->size() >= block_rows_max) {
            blocks_.push_back(std::make_shared<const Block>(1, std::move(row)));
            ++size_;
            return;
        }
        auto block = std::make_shared<Block>(*blocks_[b]);
        const auto it = lower(*block, key);
        if (it != block->end() && key_of(**it) == key) {
            *it = std::move(row);
        } else {
            block->insert(it, std::move(row));
            ++size_;
        }
        if (block->size() <= block_rows_max) {
            blocks_[b] = std::move(block);
            return;
        }
        const auto middle = block->begin() + static_cast<std::ptrdiff_t>(block->size() / 2);
        auto second = std::make_shared<const Block>(middle, block->end());
        block->erase(middle, block->end());
        blocks_[b] = std::move(block);
        blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(b) + 1, std::move(second));
    }
    bool erase(Key key) {
        const std::size_t b = block_of(key);
        if (b == blocks_.size()) return false;
        const auto it = lower(*blocks_[b], key);
        if (it == blocks_[b]->end() || key_of(**it) != key) return false;
        --size_;
        if (blocks_[b]->size() == 1) {
            blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(b));
            return true;
        }
        auto block = std::make_shared<Block>(*blocks_[b]);
        block->erase(block->begin() + (it - blocks_[b]->begin()));
        blocks_[b] = std::move(block);
        return true;
    }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    /// All rows, ascending; valid until the table changes.
    [[nodiscard]] Rows rows() const { return Rows{*this}; }

private:
    static Key key_of(const Row& row) { return row.*KeyMember; }
    /// The first block that can hold the key; `blocks_.size()` when the key is above all.
    [[nodiscard]] std::size_t block_of(Key key) const {
        const auto it = std::lower_bound(
            blocks_.begin(), blocks_.end(), key,
            [](const BlockPointer& block, Key k) { return key_of(*block->back()) < k; });
        return static_cast<std::size_t>(it - blocks_.begin());
    }
    template <class Rows>
    static auto lower(Rows& rows, Key key) {
        return std::lower_bound(rows.begin(), rows.end(), key,
                                [](const Pointer& row, Key k) { return key_of(*row) < k; });
    }
    void replace(Pointer row) {
        const std::size_t b = block_of(key_of(*row));
        auto block = std::make_shared<Block>(*blocks_[b]);
        *lower(*block, key_of(*row)) = std::move(row);
        blocks_[b] = std::move(block);
    }

    std::vector<BlockPointer> blocks_;
    std::size_t size_ = 0;
};

}  // namespace jedel

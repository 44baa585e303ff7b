#pragma once
// What stands on a paper, before it is laid out: fields, tables and lines to write on. Pure data.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/names.h"

namespace jedel::papers {

enum class PaperKind : std::uint8_t {
    call_card,
    signal_sheet,
    visits,
    hand_over,
    refusal,
    shift_log,
};

/// A heading inside a paper.
struct Heading {
    std::string text;
};

/// A name and what is known. No value: a line to write on by hand. What is asked for and not known
/// is a value that says so, never an empty place.
struct Field {
    std::string name;
    std::optional<std::string> value;
    bool wide = false;  ///< over the whole width; else two side by side
    int lines = 1;      ///< to write on, where there is no value
};

struct Column {
    std::string name;
    double share = 1;  ///< of the width, against the other columns
};

struct Grid {
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;  ///< as many cells as columns; empty = to write in
    int blank_rows = 0;                          ///< behind them, to write in by hand
};

struct Text {
    std::string text;
};

using Block = std::variant<Heading, Field, Grid, Text>;

/// One paper; it begins on a new page.
struct Paper {
    std::string title;
    std::string form;  ///< "Form No. …" as the settings have it; empty: none is printed
    std::string mark;  ///< at the foot of each of its pages: which paper of which call
    std::string head;  ///< whose paper it is: the station's name and city
    bool landscape = false;
    std::vector<Block> blocks;

    void heading(std::string text) { blocks.emplace_back(Heading{std::move(text)}); }
    void field(std::string name, std::optional<std::string> value, bool wide = false,
               int lines = 1) {
        blocks.emplace_back(Field{std::move(name), std::move(value), wide, lines});
    }
    void text(std::string words) { blocks.emplace_back(Text{std::move(words)}); }
    void grid(Grid table) { blocks.emplace_back(std::move(table)); }
};

}  // namespace jedel::papers

template <>
struct jedel::EnumNames<jedel::papers::PaperKind> {
    static constexpr std::array<std::string_view, 6> names{"call_card", "signal_sheet", "visits",
                                                           "hand_over", "refusal",
                                                           "shift_log"};
};

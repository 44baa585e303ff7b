#pragma once
// The pages of the card in one table: what each is called, what draws it, whose its keys are, how
// one gets there. Tabs, keys, pictures and the order on the screen come from it.

#include <optional>
#include <span>
#include <string_view>

#include "console/ui.h"

namespace jedel::console {

struct PageRow {
    Page page;
    std::string_view id;         ///< for --show
    std::string_view title_key;  ///< words of its tab
    std::optional<Action> action;  ///< the key that leads there; none: its tab alone does
    KeyOwner keys;               ///< who it is when it has the keyboard
    void (*draw)(const View&, UiState&, Commands&, const Box&);
};

/// In the order of the tabs.
std::span<const PageRow> page_table();
const PageRow& row_of(Page page);
/// The page that an action leads to; none: it does something else.
std::optional<Page> page_of(Action action);
std::optional<Page> page_called(std::string_view id);

}  // namespace jedel::console

#include "console/panels/pages.h"

#include <algorithm>
#include <array>

namespace jedel::console {

namespace {

constexpr std::array<PageRow, 6> table{{
    {Page::intake, "intake", "page.intake", Action::page_intake, KeyOwner::intake, &draw_intake},
    {Page::send, "send", "page.send", Action::page_send, KeyOwner::send, &draw_send},
    {Page::course, "course", "page.course", Action::page_course, KeyOwner::course, &draw_course},
    {Page::outcome, "outcome", "page.outcome", Action::page_outcome, KeyOwner::outcome,
     &draw_outcome},
    {Page::after, "after", "page.after", Action::page_after, KeyOwner::after, &draw_after},
    {Page::elsewhere, "elsewhere", "page.elsewhere", Action::page_elsewhere, KeyOwner::elsewhere,
     &draw_elsewhere},
}};

}  // namespace

std::span<const PageRow> page_table() { return table; }

const PageRow& row_of(Page page) {
    return *std::find_if(table.begin(), table.end(),
                         [&](const PageRow& row) { return row.page == page; });
}

std::optional<Page> page_of(Action action) {
    for (const PageRow& row : table) {
        if (row.action == action) return row.page;
    }
    return std::nullopt;
}

std::optional<Page> page_called(std::string_view id) {
    for (const PageRow& row : table) {
        if (row.id == id) return row.page;
    }
    return std::nullopt;
}

}  // namespace jedel::console

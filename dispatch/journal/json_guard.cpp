#include "dispatch/journal/json_guard.h"

#include <algorithm>
#include <istream>
#include <vector>

#include "base/limits.h"

namespace jedel {

namespace {

/// One pass over the text, without a tree and without recursion.
class Guard {
public:
    explicit Guard(std::string_view text) : text_(text) {}

    Result<void> run() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '"') {
                if (auto taken = take_text(); !taken) return taken;
                continue;
            }
            ++at_;
            if (c == '{' || c == '[') {
                if (open_.size() == limits::depth_max) {
                    return wrong("is nested deeper than " + std::to_string(limits::depth_max));
                }
                open_.push_back({.is_object = c == '{', .keys = {}, .items = 0, .wants_key = true,
                                 .key = {}});
            } else if ((c == '}' || c == ']') && !open_.empty()) {
                open_.pop_back();
            } else if (c == ',' && !open_.empty()) {
                open_.back().wants_key = true;
                if (++open_.back().items >= limits::list_max) {
                    return wrong("has more than " + std::to_string(limits::list_max) +
                                 " entries");
                }
            }
        }
        return {};
    }

private:
    struct Open {
        bool is_object = false;
        std::vector<std::string_view> keys;
        std::size_t items = 0;
        bool wants_key = true;
        std::string_view key;
    };

    Error wrong(const std::string& what) const {
        std::string field;
        for (const Open& open : open_) {
            if (!open.key.empty() && open.key.size() <= 64) field = open.key;
        }
        return Error{.message = what, .where = {}, .field = field};
    }
    Result<void> take_text() {
        const std::size_t start = ++at_;
        std::size_t characters = 0;
        while (at_ < text_.size() && text_[at_] != '"') {
            if (text_[at_] == '\\') ++at_;
            if ((static_cast<unsigned char>(text_[std::min(at_, text_.size() - 1)]) & 0xC0) !=
                0x80) {
                ++characters;
            }
            ++at_;
        }
        const std::string_view text =
            text_.substr(start, std::min(at_, text_.size()) - start);
        ++at_;
        const bool is_key =
            !open_.empty() && open_.back().is_object && open_.back().wants_key;
        if (is_key) {
            Open& open = open_.back();
            open.wants_key = false;
            open.key = text;
            if (std::find(open.keys.begin(), open.keys.end(), text) != open.keys.end()) {
                return wrong("stands twice");
            }
            if (open.keys.size() < limits::columns_max) open.keys.push_back(text);
            else return wrong("stands after " + std::to_string(limits::columns_max) + " keys");
        }
        if (characters > limits::text_max) {
            return wrong("is longer than " + std::to_string(limits::text_max) + " characters");
        }
        return {};
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Open> open_;
};

}  // namespace

Result<void> check_json(std::string_view text) {
    if (text.size() > limits::line_bytes_max) {
        return Error{.message = "longer than " + std::to_string(limits::line_bytes_max) +
                                " bytes"};
    }
    return Guard{text}.run();
}

Result<bool> next_line(std::istream& in, std::string& line) {
    line.clear();
    bool too_long = false, any = false;
    for (int c = in.get(); c != std::char_traits<char>::eof(); c = in.get()) {
        any = true;
        if (c == '\n') break;
        if (line.size() < limits::line_bytes_max) line += static_cast<char>(c);
        else too_long = true;
    }
    if (in.bad()) return Error{.message = "could not be read to the end"};
    if (too_long) {
        return Error{.message = "longer than " + std::to_string(limits::line_bytes_max) +
                                " bytes"};
    }
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return any;
}

}  // namespace jedel

#pragma once
// Errors as values at the seams: a Result holds either a T or an Error that a person can act on.

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace jedel {

/// What went wrong, where, and what was expected; printed as one line.
/// `where` names a file, a journal or a stream; `line` is 1-based, 0 when there is none;
/// `field` is the column, key or option concerned, empty when there is none.
struct Error {
    std::string message;   ///< what was found and what was expected
    std::string where{};
    long line = 0;
    std::string field{};

    /// "FILE:12: field 'age': expected a number of years, found 'abc'".
    [[nodiscard]] std::string text() const {
        std::string out = where;
        if (line > 0) out += (out.empty() ? "line " : ":") + std::to_string(line);
        if (!out.empty()) out += ": ";
        if (!field.empty()) out += "field '" + field + "': ";
        return out + message;
    }
    friend bool operator==(const Error&, const Error&) = default;
};

/// Either a value or an Error. Never empty; asking for the wrong one is a programming error.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return held_.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] T& value() & { return std::get<0>(held_); }
    [[nodiscard]] const T& value() const& { return std::get<0>(held_); }
    /// By value, so that a loop over a temporary result does not look at something gone.
    [[nodiscard]] T value() && { return std::get<0>(std::move(held_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    [[nodiscard]] const Error& error() const { return std::get<1>(held_); }

private:
    std::variant<T, Error> held_;
};

/// The outcome of something that has no value to give back.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}
    [[nodiscard]] bool ok() const { return !error_; }
    explicit operator bool() const { return ok(); }
    [[nodiscard]] const Error& error() const { return *error_; }

private:
    std::optional<Error> error_;
};

}  // namespace jedel

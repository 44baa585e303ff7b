#pragma once
// Writes anything that has `fields` as JSON text. Fast and canonical: the same value always gives
// the same bytes, because the journal's hash chain is taken over them.

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/names.h"
#include "base/time.h"
#include "dispatch/core/table.h"

namespace jedel::json {

/// Appends a JSON string; bytes that are not UTF-8 become U+FFFD, so that what was stored can
/// always be read again.
void write_string(std::string& out, std::string_view text);

template <class T>
void write(std::string& out, const T& value);

template <class T>
concept Empty = requires(const T& t) { t.empty(); };

/// Calls back for each field and writes it; skips what is absent or empty.
struct ObjectWriter {
    std::string& out;
    bool first = true;

    void key(std::string_view name) {
        out += first ? "\"" : ",\"";
        first = false;
        out += name;
        out += "\":";
    }
    template <class T>
    void operator()(std::string_view name, const T& value) {
        if constexpr (Empty<T>) {
            if (value.empty()) return;
        }
        key(name);
        write(out, value);
    }
    template <class T>
    void operator()(std::string_view name, const std::optional<T>& value) {
        if (!value) return;
        key(name);
        write(out, *value);
    }
};

template <class N>
void write_number(std::string& out, N value) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    out.append(buffer, end.ptr);
}

template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};
template <class T>
struct IsList : std::false_type {};
template <class T>
struct IsList<std::vector<T>> : std::true_type {};
template <class T>
struct IsTable : std::false_type {};
template <class Row, auto Key>
struct IsTable<Table<Row, Key>> : std::true_type {};

template <class T>
void write(std::string& out, const T& value) {
    if constexpr (std::same_as<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::integral<T> || std::floating_point<T>) {
        write_number(out, value);
    } else if constexpr (NamedEnum<T>) {
        out += '"';
        out += name_of(value);
        out += '"';
    } else if constexpr (std::same_as<T, Instant>) {
        write_number(out, value.ms);
    } else if constexpr (IsId<T>::value) {
        write_number(out, value.value);
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
        write_string(out, value);
    } else if constexpr (IsList<T>::value) {
        out += '[';
        bool first = true;
        for (const auto& item : value) {
            if (!first) out += ',';
            first = false;
            write(out, item);
        }
        out += ']';
    } else if constexpr (IsTable<T>::value) {
        out += '[';
        bool first = true;
        for (const auto& row : value.rows()) {
            if (!first) out += ',';
            first = false;
            write(out, *row);
        }
        out += ']';
    } else {
        out += '{';
        T::fields(value, ObjectWriter{out});
        out += '}';
    }
}

}  // namespace jedel::json

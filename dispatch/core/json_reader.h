#pragma once
// Reads anything that has `fields` from JSON. Strict: an unknown key, a wrong type or an unknown
// name is an error that names the field; absent keys leave the default.

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "dispatch/core/json_writer.h"

namespace jedel::json {

/// Thrown while reading, caught at the codec's boundary; never leaves it.
struct ReadError {
    std::string field, message;
};

using Value = nlohmann::json;

template <class T>
void read(const Value& from, T& to, std::string_view field);

struct ObjectReader {
    const Value& object;
    std::size_t seen = 0;
    std::vector<std::string_view> known{};

    template <class T>
    void operator()(std::string_view name, T& value) {
        known.push_back(name);
        const auto it = object.find(name);
        if (it == object.end()) return;
        ++seen;
        read(*it, value, name);
    }
    template <class T>
    void operator()(std::string_view name, std::optional<T>& value) {
        known.push_back(name);
        const auto it = object.find(name);
        if (it == object.end()) return;
        ++seen;
        if (it->is_null()) {
            value.reset();
            return;
        }
        read(*it, value.emplace(), name);
    }
    /// Error when the object holds a key that no field has read.
    void finish() const {
        if (seen == object.size()) return;
        for (const auto& [name, ignored] : object.items()) {
            if (std::find(known.begin(), known.end(), name) == known.end()) {
                throw ReadError{name, "not a field that is expected here"};
            }
        }
    }
};

template <class T>
void read_number(const Value& from, T& to, std::string_view field) {
    if constexpr (std::floating_point<T>) {
        if (!from.is_number()) throw ReadError{std::string{field}, "expected a number"};
        to = from.get<T>();
        if (!std::isfinite(to)) throw ReadError{std::string{field}, "expected a finite number"};
    } else {
        if (!from.is_number_integer()) throw ReadError{std::string{field}, "expected an integer"};
        const bool fits = from.is_number_unsigned()
                              ? from.get<std::uint64_t>() <=
                                    static_cast<std::uint64_t>(std::numeric_limits<T>::max())
                              : from.get<std::int64_t>() >=
                                        static_cast<std::int64_t>(std::numeric_limits<T>::min()) &&
                                    std::is_signed_v<T>;
        if (!fits) throw ReadError{std::string{field}, "the number is out of range"};
        to = from.get<T>();
    }
}

template <class E>
void read_name(const Value& from, E& to, std::string_view field) {
    const auto value =
        from.is_string() ? from_name<E>(from.get_ref<const std::string&>()) : std::nullopt;
    if (!value) {
        std::string expected;
        for (const auto name : EnumNames<E>::names) {
            expected += (expected.empty() ? "" : ", ") + std::string{name};
        }
        throw ReadError{std::string{field}, "expected one of " + expected};
    }
    to = *value;
}

template <class T>
void read(const Value& from, T& to, std::string_view field) {
    if constexpr (std::same_as<T, bool>) {
        if (!from.is_boolean()) throw ReadError{std::string{field}, "expected true or false"};
        to = from.get<bool>();
    } else if constexpr (std::integral<T> || std::floating_point<T>) {
        read_number(from, to, field);
    } else if constexpr (NamedEnum<T>) {
        read_name(from, to, field);
    } else if constexpr (std::same_as<T, Instant>) {
        if (from.is_string()) {  // people write ISO, the program writes milliseconds
            const auto at = from_iso(from.get_ref<const std::string&>());
            if (!at) throw ReadError{std::string{field}, "expected YYYY-MM-DDTHH:MM:SSZ"};
            to = *at;
        } else {
            read_number(from, to.ms, field);
        }
    } else if constexpr (IsId<T>::value) {
        read_number(from, to.value, field);
    } else if constexpr (std::same_as<T, std::string>) {
        if (!from.is_string()) throw ReadError{std::string{field}, "expected a text"};
        to = from.get_ref<const std::string&>();
    } else if constexpr (IsList<T>::value) {
        if (!from.is_array()) throw ReadError{std::string{field}, "expected a list"};
        to.clear();
        to.reserve(from.size());
        for (const Value& item : from) read(item, to.emplace_back(), field);
    } else if constexpr (IsTable<T>::value) {
        if (!from.is_array()) throw ReadError{std::string{field}, "expected a list"};
        for (const Value& item : from) {
            std::remove_const_t<typename T::Pointer::element_type> row{};
            read(item, row, field);
            to.put(std::move(row));
        }
    } else {
        if (!from.is_object()) throw ReadError{std::string{field}, "expected an object"};
        ObjectReader reader{from};
        T::fields(to, reader);
        reader.finish();
    }
}

}  // namespace jedel::json

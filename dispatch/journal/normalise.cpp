// What cannot be told apart once it is written must not differ before: -0.0 reads back as 0, bytes
// that are not UTF-8 as U+FFFD, and a number that is none not at all.

#include "dispatch/journal/normalise.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "dispatch/core/json_writer.h"

namespace jedel {

namespace {

struct Normaliser {
    std::string bad{};  ///< the first field whose value cannot be written

    template <class T>
    void operator()(std::string_view name, T& value) {
        if (bad.empty() && !put_right(value)) bad = name;
    }

    bool put_right(double& value) {
        if (!std::isfinite(value)) return false;
        if (value == 0) value = 0;  // -0.0 too
        return true;
    }
    bool put_right(std::string& text) {
        const auto ascii = [](char c) { return (static_cast<unsigned char>(c) & 0x80) == 0; };
        if (std::all_of(text.begin(), text.end(), ascii)) return true;
        std::string written;
        json::write_string(written, text);
        text = nlohmann::json::parse(written).get<std::string>();
        return true;
    }
    template <class T>
    bool put_right(std::optional<T>& value) {
        return !value || put_right(*value);
    }
    template <class T>
    bool put_right(std::vector<T>& list) {
        for (T& item : list) {
            if (!put_right(item)) return false;
        }
        return true;
    }
    template <class T>
    bool put_right(T& value) {
        if constexpr (NamedEnum<T>) {
            return static_cast<std::size_t>(value) < EnumNames<T>::names.size();
        } else if constexpr (requires { T::fields(value, *this); }) {
            T::fields(value, *this);
        }
        return bad.empty();
    }
};

std::optional<std::string> field_of(const Normaliser& done) {
    return done.bad.empty() ? std::nullopt : std::optional{done.bad};
}

}  // namespace

std::optional<std::string> normalise(Event& event) {
    Normaliser all;
    std::visit([&]<class E>(E& e) { E::fields(e, all); }, event);
    return field_of(all);
}

std::optional<std::string> normalise(CommandEnvelope& command) {
    Normaliser all;
    all("id", command.id);
    all("actor", command.actor);
    all("seat", command.seat);
    std::visit([&]<class C>(C& c) { C::fields(c, all); }, command.command);
    return field_of(all);
}

std::optional<std::string> normalise(PersonalRecord& record) {
    Normaliser all;
    PersonalRecord::fields(record, all);
    return field_of(all);
}

}  // namespace jedel

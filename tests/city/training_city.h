#pragma once
// The committed training city and the same one made anew; each built once for all tests.

#include <catch2/catch.hpp>

#include <memory>
#include <string>

#include "base/install.h"
#include "dispatch/city/generate.h"

namespace jedel::test {

inline std::string data_file(const std::string& name) {
    return std::string{JEDEL_SOURCE_DIR} + "/data/" + name;
}

inline std::shared_ptr<const City> stored_city() {
    static const auto city = [] {
        auto loaded = load_city(data_file("city/training"));
        INFO((loaded ? std::string{} : loaded.error().text()));
        REQUIRE(loaded);
        return loaded.value();
    }();
    return city;
}

inline std::string bytes_of(const std::string& path) {
    const auto bytes = read_file(path);
    REQUIRE(bytes);
    return *bytes;
}

}  // namespace jedel::test

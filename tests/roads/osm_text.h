#pragma once
// Small OpenStreetMap extracts for tests, written as text into a file that goes with the test.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/roads/maps.h"

namespace jedel::roads::test {

/// A temporary file that goes with the test.
class TempFile {
public:
    TempFile(const std::string& name, const std::string& bytes)
        : path_(std::filesystem::temp_directory_path() /
                ("jedel-osm-" + std::to_string(::getpid()) + "-" + name)) {
        std::ofstream{path_, std::ios::binary} << bytes;
    }
    ~TempFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    TempFile(const TempFile&) = delete;
    TempFile& operator=(const TempFile&) = delete;
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

/// "key=value, key2=value2" as tags; no comma in a value.
inline std::string osm_tags(const std::string& list) {
    std::string out;
    std::size_t at = 0;
    while (at < list.size()) {
        while (list[at] == ' ') ++at;
        const std::size_t is = list.find('=', at);
        const std::size_t end = std::min(list.find(',', is), list.size());
        out += "<tag k=\"" + list.substr(at, is - at) + "\" v=\"" +
               list.substr(is + 1, end - is - 1) + "\"/>";
        at = end + 1;
    }
    return out;
}
inline std::string osm_node(int id, double east, double north, const std::string& tags = "",
                            const std::string& more = " version=\"1\"") {
    const LatLon at = metres(east, north).degrees();
    return "<node id=\"" + std::to_string(id) + "\"" + more + " lat=\"" + std::to_string(at.lat) +
           "\" lon=\"" + std::to_string(at.lon) + "\">" + osm_tags(tags) + "</node>\n";
}
inline std::string osm_way(int id, const std::vector<int>& refs, const std::string& tags,
                           const std::string& more = " version=\"1\"") {
    std::string out = "<way id=\"" + std::to_string(id) + "\"" + more + ">";
    for (const int r : refs) out += "<nd ref=\"" + std::to_string(r) + "\"/>";
    return out + osm_tags(tags) + "</way>\n";
}
/// `members` as "way 101 from".
inline std::string osm_relation(int id, const std::vector<std::string>& members,
                                const std::string& tags) {
    std::string out = "<relation id=\"" + std::to_string(id) + "\" version=\"1\">";
    for (const std::string& m : members) {
        const std::size_t a = m.find(' '), b = m.find(' ', a + 1);
        out += "<member type=\"" + m.substr(0, a) + "\" ref=\"" + m.substr(a + 1, b - a - 1) +
               "\" role=\"" + m.substr(b + 1) + "\"/>";
    }
    return out + osm_tags(tags) + "</relation>\n";
}
inline std::string osm_file(const std::string& objects) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\">\n" + objects +
           "</osm>\n";
}

}  // namespace jedel::roads::test

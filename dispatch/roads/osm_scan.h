#pragma once
// What the reader of OpenStreetMap files does not look at, though it tells that a file is not
// whole. Internal.

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace jedel::roads {

/// Throws where a text file (.osm, also compressed) holds an error of the server that wrote it,
/// or objects that an editor marked for deletion.
void refuse_unfinished(const std::string& path);

/// Objects of one kind met before, as where two extracts were joined. Ids usually ascend: only
/// after the first that does not is anything searched for.
class Once {
public:
    enum class Seen { first, again, newer };

    /// `newer`: met before in an older version, which has to go.
    Seen see(std::int64_t id, std::uint32_t version) {
        if (ids_.empty() || id > ids_.back().first) {
            ids_.emplace_back(id, version);
            return late_.empty() ? Seen::first : among_late(id, version);
        }
        const auto it = std::lower_bound(
            ids_.begin(), ids_.end(), id,
            [](const auto& known, std::int64_t wanted) { return known.first < wanted; });
        if (it != ids_.end() && it->first == id) return compare(it->second, version);
        return among_late(id, version);
    }

private:
    static Seen compare(std::uint32_t& known, std::uint32_t version) {
        if (version <= known) return Seen::again;
        known = version;
        return Seen::newer;
    }
    Seen among_late(std::int64_t id, std::uint32_t version) {
        const auto [it, fresh] = late_.try_emplace(id, version);
        return fresh ? Seen::first : compare(it->second, version);
    }
    std::vector<std::pair<std::int64_t, std::uint32_t>> ids_;  ///< as long as they ascend
    std::unordered_map<std::int64_t, std::uint32_t> late_;
};

}  // namespace jedel::roads

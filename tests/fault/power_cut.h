#pragma once
// A disk with a cache and no battery: what was not synced when the power goes may be there, may be
// torn, may have come in another order, or may be gone.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <vector>

#include "base/install.h"
#include "tests/fault/failing_vfs.h"

namespace jedel::test {

class PowerCutVfs final : public FailingVfs {
public:
    /// From the nth operation on the power is gone. A lying disk syncs nothing from `lies_from` on.
    void cut_at(int nth, int lies_from = 0) {
        disks_.clear();
        fail_from(nth, How::io_error);
        lies_from_ = lies_from;
        syncs_ = 0;
    }
    /// Puts the files as they may look when the power is back.
    void come_back(std::mt19937& random) {
        for (auto& [path, disk] : disks_) {
            std::string bytes = disk.synced;
            auto& writes = disk.unsynced;
            if (random() % 3 == 0) std::shuffle(writes.begin(), writes.end(), random);
            const unsigned kind = random() % 4;  // all, none, some, torn
            for (const Write& write : writes) {
                if (kind == 1 || (kind >= 2 && random() % 2 == 0)) continue;
                put(bytes, write, kind == 3 ? random() : 0);
            }
            std::ofstream out{path, std::ios::binary | std::ios::trunc};
            out << bytes;
        }
        disks_.clear();
    }

private:
    struct Write {
        std::int64_t at = 0;
        std::string bytes;
        bool cuts = false;  ///< the file ends at `at`
    };
    struct Disk {
        std::string synced;
        std::vector<Write> unsynced;
    };
    static constexpr std::size_t sector = 512;

    static void put(std::string& file, const Write& write, unsigned torn) {
        const auto at = static_cast<std::size_t>(write.at);
        if (write.cuts) {
            file.resize(at);
            return;
        }
        std::size_t size = write.bytes.size();
        if (torn != 0 && size > sector) size = sector * (1 + torn % (size / sector));
        size = std::min(size, write.bytes.size());
        if (file.size() < at + size) file.resize(at + size);
        file.replace(at, size, write.bytes, 0, size);
    }
    static bool is_kept(const std::string& path) { return !path.ends_with("-shm"); }
    static std::string bytes_of(const std::string& path) {
        auto read = read_file(path);
        return read ? std::move(read).value() : std::string{};
    }

    void opened(const std::string& path) override {
        if (!path.empty() && is_kept(path) && !disks_.contains(path)) {
            disks_[path] = {bytes_of(path), {}};
        }
    }
    void written(const std::string& path, std::string_view bytes, std::int64_t at) override {
        const auto found = disks_.find(path);
        if (found != disks_.end()) found->second.unsynced.push_back({at, std::string{bytes}});
    }
    void cut_to(const std::string& path, std::int64_t size) override {
        const auto found = disks_.find(path);
        if (found != disks_.end()) found->second.unsynced.push_back({size, {}, true});
    }
    void synced(const std::string& path) override {
        const auto found = disks_.find(path);
        if (found != disks_.end()) found->second = {bytes_of(path), {}};
    }
    void removed(const std::string& path) override { disks_.erase(path); }
    bool lies() override { return lies_from_ != 0 && ++syncs_ >= lies_from_; }

    std::map<std::string, Disk> disks_;
    int lies_from_ = 0, syncs_ = 0;
};

}  // namespace jedel::test

#pragma once
// SQLite's door to the disk, with a hand on it: the Nth write, sync, truncation or creation fails,
// and so does every one after it, as on a disk that is full or gone.

#include <sqlite3.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace jedel::test {

/// While it lives, every new connection of this program goes through it.
class FailingVfs {
public:
    enum class How { io_error, disk_full };

    FailingVfs() : under_(sqlite3_vfs_find(nullptr)) {
        vfs_ = *under_;
        vfs_.zName = "failing";
        vfs_.pAppData = this;
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + under_->szOsFile;
        vfs_.xOpen = open;
        vfs_.xDelete = remove;
        sqlite3_vfs_register(&vfs_, 1);
    }
    virtual ~FailingVfs() {
        sqlite3_vfs_unregister(&vfs_);
        sqlite3_vfs_register(under_, 1);
    }
    FailingVfs(const FailingVfs&) = delete;
    FailingVfs& operator=(const FailingVfs&) = delete;

    /// The nth operation from now on fails; 0 = none does.
    void fail_from(int nth, How how) {
        countdown_ = nth;
        failing_ = false;
        how_ = how;
    }
    [[nodiscard]] bool has_failed() const { return failing_; }

protected:
    /// What reaches the disk, for one that remembers it.
    virtual void opened(const std::string&) {}
    virtual void written(const std::string&, std::string_view, std::int64_t) {}
    virtual void cut_to(const std::string&, std::int64_t) {}
    virtual void synced(const std::string&) {}
    virtual void removed(const std::string&) {}
    /// A sync that does nothing and says that it did.
    virtual bool lies() { return false; }

private:
    struct File {
        sqlite3_file base;
        FailingVfs* owner;
        const char* name;  ///< SQLite's, until the file is closed
        sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };
    static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

    bool fails() {
        if (failing_) return true;
        if (countdown_ > 0 && --countdown_ == 0) failing_ = true;
        return failing_;
    }
    [[nodiscard]] int code(int io_code) const {
        return how_ == How::disk_full ? SQLITE_FULL : io_code;
    }

    static int open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags,
                    int* out_flags) {
        auto* self = static_cast<FailingVfs*>(vfs->pAppData);
        File& mine = of(file);
        mine.owner = self;
        mine.base.pMethods = nullptr;
        if ((flags & SQLITE_OPEN_CREATE) != 0 && self->fails()) return SQLITE_CANTOPEN;
        const int code = self->under_->xOpen(self->under_, name, mine.real(), flags, out_flags);
        if (mine.real()->pMethods != nullptr) mine.base.pMethods = &methods();
        mine.name = name != nullptr ? name : "";
        if (code == SQLITE_OK) self->opened(mine.name);
        return code;
    }
    static int remove(sqlite3_vfs* vfs, const char* name, int sync) {
        auto* self = static_cast<FailingVfs*>(vfs->pAppData);
        if (self->fails()) return self->code(SQLITE_IOERR_DELETE);
        self->removed(name);
        return self->under_->xDelete(self->under_, name, sync);
    }

    static int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
        File& f = of(file);
        if (f.owner->fails()) {
            // Half of it may well have reached the disk.
            static_cast<void>(f.real()->pMethods->xWrite(f.real(), bytes, size / 2, at));
            f.owner->written(f.name, {static_cast<const char*>(bytes),
                                      static_cast<std::size_t>(size / 2)}, at);
            return f.owner->code(SQLITE_IOERR_WRITE);
        }
        f.owner->written(
            f.name, {static_cast<const char*>(bytes), static_cast<std::size_t>(size)}, at);
        return f.real()->pMethods->xWrite(f.real(), bytes, size, at);
    }
    static int sync(sqlite3_file* file, int flags) {
        File& f = of(file);
        if (f.owner->fails()) return f.owner->code(SQLITE_IOERR_FSYNC);
        if (f.owner->lies()) return SQLITE_OK;
        const int code = f.real()->pMethods->xSync(f.real(), flags);
        if (code == SQLITE_OK) f.owner->synced(f.name);
        return code;
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        File& f = of(file);
        if (f.owner->fails()) return f.owner->code(SQLITE_IOERR_TRUNCATE);
        f.owner->cut_to(f.name, size);
        return f.real()->pMethods->xTruncate(f.real(), size);
    }

    template <auto Method, class... Args>
    static auto pass(sqlite3_file* file, Args... args) {
        File& f = of(file);
        return (f.real()->pMethods->*Method)(f.real(), args...);
    }
    static const sqlite3_io_methods& methods() {
        using M = sqlite3_io_methods;
        static const M table = [] {
            M m{};
            m.iVersion = 2;  // no memory mapping: every byte goes through here
            m.xClose = [](sqlite3_file* f) { return pass<&M::xClose>(f); };
            m.xRead = [](sqlite3_file* f, void* p, int n, sqlite3_int64 at) {
                return pass<&M::xRead>(f, p, n, at);
            };
            m.xWrite = write;
            m.xTruncate = truncate;
            m.xSync = sync;
            m.xFileSize = [](sqlite3_file* f, sqlite3_int64* n) {
                return pass<&M::xFileSize>(f, n);
            };
            m.xLock = [](sqlite3_file* f, int level) { return pass<&M::xLock>(f, level); };
            m.xUnlock = [](sqlite3_file* f, int level) { return pass<&M::xUnlock>(f, level); };
            m.xCheckReservedLock = [](sqlite3_file* f, int* out) {
                return pass<&M::xCheckReservedLock>(f, out);
            };
            m.xFileControl = [](sqlite3_file* f, int op, void* arg) {
                return pass<&M::xFileControl>(f, op, arg);
            };
            m.xSectorSize = [](sqlite3_file* f) { return pass<&M::xSectorSize>(f); };
            m.xDeviceCharacteristics = [](sqlite3_file* f) {
                return pass<&M::xDeviceCharacteristics>(f);
            };
            m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
                return pass<&M::xShmMap>(f, page, size, extend, out);
            };
            m.xShmLock = [](sqlite3_file* f, int offset, int n, int flags) {
                return pass<&M::xShmLock>(f, offset, n, flags);
            };
            m.xShmBarrier = [](sqlite3_file* f) { pass<&M::xShmBarrier>(f); };
            m.xShmUnmap = [](sqlite3_file* f, int del) { return pass<&M::xShmUnmap>(f, del); };
            return m;
        }();
        return table;
    }

    sqlite3_vfs* under_;
    sqlite3_vfs vfs_{};
    int countdown_ = 0;
    bool failing_ = false;
    How how_ = How::io_error;
};

}  // namespace jedel::test

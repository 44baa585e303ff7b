#pragma once
// What an attack on a journal needs: a room with calls in it, its files, SQL as a person with a
// tool would run it.

#include <sqlite3.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>

#include "base/install.h"
#include "dispatch/core/codec.h"
#include "dispatch/desk/engine.h"
#include "tests/journal/room.h"

namespace jedel::test {

inline int try_sql(const std::string& path, const std::string& sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    char* message = nullptr;
    const int code = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message);
    INFO((message != nullptr ? message : ""));
    sqlite3_free(message);
    sqlite3_close(database);
    return code;
}

inline void sql_on(const std::string& path, const std::string& sql) {
    INFO(sql);
    REQUIRE(try_sql(path, sql) == SQLITE_OK);
}

inline void put_bytes_into(const std::string& path, const std::string& bytes) {
    std::ofstream out{path, std::ios::binary | std::ios::trunc};
    out << bytes;
    REQUIRE(out);
}

/// Every file of the journal: suffix → bytes.
using Files = std::map<std::string, std::string>;
inline Files files_of(const std::string& path) {
    Files out;
    for (const char* suffix : {"", "-wal", "-head", "-key"}) {
        if (!std::filesystem::exists(path + suffix)) continue;
        out[suffix] = read_file(path + suffix).value();
    }
    // A reader leaves a log with nothing in it where there was none.
    if (const auto log = out.find("-wal"); log != out.end() && log->second.empty()) out.erase(log);
    return out;
}
inline void put_files(const std::string& path, const Files& files) {
    for (const char* suffix : {"", "-wal", "-shm", "-head", "-key", "-lock"}) {
        std::filesystem::remove(path + suffix);
    }
    for (const auto& [suffix, bytes] : files) put_bytes_into(path + suffix, bytes);
}

inline std::unique_ptr<Engine> engine_at(const std::string& url) {
    auto journal = open_journal(url);
    INFO((journal ? std::string{} : journal.error().text()));
    REQUIRE(journal);
    auto engine = Engine::open(std::move(journal).value(), {});
    INFO((engine ? std::string{} : engine.error().text()));
    REQUIRE(engine);
    return std::move(engine).value();
}

inline std::vector<JournalEvent> events_or_fail(const Outcome& outcome) {
    if (const auto* error = std::get_if<Error>(&outcome)) FAIL(error->text());
    if (const auto* refusal = std::get_if<Refusal>(&outcome)) FAIL(encode_refusal(*refusal));
    return std::get<std::vector<JournalEvent>>(outcome);
}

/// `calls` whole calls with brigade 1; ids go on from `number`.
inline void make_calls(Engine& engine, int calls, int& number) {
    const auto send = [&](const Command& command) {
        events_or_fail(engine.perform(envelope("a" + std::to_string(++number), command), morning));
    };
    if (engine.state().brigades.find({1}) == nullptr) {
        for (const Command& command : free_brigades(1)) send(command);
    }
    for (int call = 0; call < calls; ++call) {
        for (const Command& c : whole_call(engine.state().newest_incident().value + 1, 1)) send(c);
    }
}

/// The files of a room whose program was killed: its events are partly in the log.
inline Files files_of_killed_room(int calls) {
    const TempFolder folder;
    auto engine = engine_at(folder.url());
    int number = 0;
    make_calls(*engine, calls, number);
    return files_of(folder.file("room.jedel"));
}

inline bool mentions(const std::vector<std::string>& lines, const std::string& words) {
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.find(words) != std::string::npos;
    });
}

}  // namespace jedel::test

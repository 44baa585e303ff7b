// The bytes: a PDF that opens elsewhere, for its owner's eyes only, whole at every moment.

#include "room.h"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "dispatch/gateway/paper_keeper.h"
#include "dispatch/papers/private_file.h"

using namespace papers_test;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

/// A folder that goes with the test.
struct Folder {
    fs::path path = fs::temp_directory_path() / ("papers-" + std::to_string(::getpid()));
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
    [[nodiscard]] std::string file(const std::string& name) const { return (path / name).string(); }
    [[nodiscard]] std::size_t count() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator{path}, {}));
    }
};

unsigned mode_of(const std::string& path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 ? found.st_mode & 07777U : 0;
}

/// What another program says of a file.
std::string said_by(const std::string& command) {
    std::string out;
    std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
    INFO(command << ": " << out);
    REQUIRE(::pclose(pipe) == 0);
    return out;
}

bool whole_pdf(const std::string& bytes) {
    return bytes.starts_with("%PDF-1.") && bytes.find("%%EOF") + 8 > bytes.size();
}

struct SetClock final : ClockPort {
    std::atomic<std::int64_t> ms = morning.ms;
    [[nodiscard]] Instant now() const override { return {ms}; }
};

}  // namespace

TEST_CASE("another program reads the PDF: its pages, its words, its fonts") {
    Told t;
    fill(t);
    const Folder folder;
    for (const Language language : {Language::kk, Language::ru}) {
        const auto papers = all_papers(t, language);
        const std::string bytes = paper::pdf_of(t.room(language), papers).value();
        CHECK(whole_pdf(bytes));
        const std::string path = folder.file("all.pdf");
        REQUIRE(paper::write_private(path, bytes));
        const std::string info = said_by("pdfinfo " + path);
        CHECK(info.find("Pages:           " +
                        std::to_string(pages_of(papers, language).size())) != std::string::npos);
        CHECK(info.find("841.89") != std::string::npos);
        const std::string fonts = said_by("pdffonts " + path);
        CHECK(fonts.find("Noto") != std::string::npos);
        CHECK(fonts.find(" no  ") == std::string::npos);  // none that is not in the file
        const std::string words = packed(said_by("pdftotext -layout " + path + " -"));
        for (const char* key : {"form.title.call_card", "form.title.visits", "form.title.refusal",
                                "form.next_call", "form.explained", "form.telephones"}) {
            INFO(name_of(language) << " " << key);
            // The first word: lines may break behind it.
            const std::string text = texts(language)(key);
            CHECK(words.find(packed(text.substr(0, text.find(' ')))) != std::string::npos);
        }
        CHECK(words.find("Сынақов") != std::string::npos);
        CHECK(words.find("991231500016") != std::string::npos);
    }
}

TEST_CASE("the same room makes the same bytes, and a picture of them") {
    Told t;
    fill(t);
    const auto room = t.room(Language::kk);
    const std::vector<paper::Paper> card{paper::call_card(room, t.incident(1))};
    CHECK(paper::pdf_of(room, card).value() == paper::pdf_of(room, card).value());
    const auto picture = paper::to_png(pages_of(card, Language::kk).front(), 2);
    REQUIRE(picture);
    CHECK(picture->substr(1, 3) == "PNG");
    CHECK(picture->size() > 20'000);  // an empty page is far smaller
}

TEST_CASE("a paper is its owner's alone, whatever lay there before") {
    const Folder folder;
    const std::string path = folder.file("card.pdf");
    const mode_t before = ::umask(0);
    REQUIRE(paper::write_private(path, "one"));
    CHECK(mode_of(path) == 0600);
    ::chmod(path.c_str(), 0666);
    REQUIRE(paper::write_private(path, "two"));
    ::umask(before);
    CHECK(mode_of(path) == 0600);
    CHECK(read_file(path).value() == "two");
    CHECK(folder.count() == 1);
    const auto none = paper::write_private(folder.file("missing/card.pdf"), "x");
    REQUIRE_FALSE(none);
    CHECK(none.error().where == folder.file("missing/card.pdf"));
    // A folder in its place: said, and nothing left beside it.
    fs::create_directory(folder.file("taken"));
    CHECK_FALSE(paper::write_private(folder.file("taken"), "x"));
    CHECK(folder.count() == 2);
}

TEST_CASE("the pack is on disk at once, is renewed, and is whole whenever it is read") {
    SetClock clock;
    auto desk = Desk::open(open_journal("sqlite::memory:").value(), {}, clock).value();
    const Folder folder;
    paper::Settings few = settings();
    few.blank_cards = 1;
    const auto shared_city = load_city(source + "/data/city/training").value();
    const auto pack = std::make_shared<const PackSource>(
        PackSource{shared_city,
                   std::make_shared<const triage::Protocol>(load_protocol(source).value()),
                   texts(Language::ru), few, pack_path(folder.path.string(), "x/journal.sqlite")});
    CHECK(pack->path == folder.file("paper-pack.pdf"));
    CHECK(pack_path("/f", "/x/drill.db") == "/f/paper-pack-drill.db.pdf");
    std::atomic<int> written{0};
    std::atomic<int> failed{0};
    {
        NetworkThread network;
        const auto told = [&](const Result<void>& done) { ++(done ? written : failed); };
        const auto timer = keep_papers(network, *desk, pack, clock, told, 5ms);
        for (int i = 0; i < 2000 && written < 1; ++i) std::this_thread::sleep_for(5ms);
        REQUIRE(written >= 1);
        desk->ask({.id = {}, .actor = "desk", .seat = Seat::dispatcher,
                   .command = ReceiveCall{.personal = {.address = "Тест 15"}}})
            .get();
        const int from = written;
        while (written < from + 4) {
            const std::string bytes = read_file(pack->path).value();
            REQUIRE(whole_pdf(bytes));
        }
    }
    CHECK(failed == 0);
    CHECK(mode_of(pack->path) == 0600);
    CHECK(folder.count() == 1);
    CHECK(said_by("pdftotext -layout " + pack->path + " -").find("Тест 15") != std::string::npos);
}

TEST_CASE("a pack that cannot be written is told") {
    SetClock clock;
    auto desk = Desk::open(open_journal("sqlite::memory:").value(), {}, clock).value();
    const Folder folder;
    const PackSource pack{load_city(source + "/data/city/training").value(),
                          std::make_shared<const triage::Protocol>(load_protocol(source).value()),
                          texts(Language::kk), settings(), folder.file("gone/pack.pdf")};
    const auto done = write_pack(pack, *desk->snapshot(), morning);
    REQUIRE_FALSE(done);
    CHECK(done.error().where == pack.path);
}

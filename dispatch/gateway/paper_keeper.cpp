#include "dispatch/gateway/paper_keeper.h"

#include <exception>
#include <future>

#include "dispatch/papers/private_file.h"

namespace jedel {

std::string pack_path(const std::string& folder, const std::string& journal_path) {
    const std::size_t slash = journal_path.rfind('/');
    std::string name = slash == std::string::npos ? journal_path : journal_path.substr(slash + 1);
    if (name.empty() || name == "journal.sqlite") return folder + "/paper-pack.pdf";
    return folder + "/paper-pack-" + name + ".pdf";
}

Result<void> write_pack(const PackSource& source, const Snapshot& room, Instant now) {
    const papers::Room of{room.state,     room.personal,    source.city->organisations,
                          *source.protocol, source.texts,   source.settings,
                          papers::name_of_city(*source.city, source.texts), now};
    const auto pdf = papers::pdf_of(of, papers::paper_pack(of));
    if (!pdf) return pdf.error();
    return papers::write_private(source.path, *pdf);
}

namespace {

/// One writing at a time; joins the last when it goes.
struct Writer {
    std::shared_ptr<const PackSource> source;
    const Desk* desk;
    const ClockPort* clock;
    std::function<void(const Result<void>&)> told;
    std::future<void> running;

    void start() {
        if (running.valid() &&
            running.wait_for(std::chrono::seconds{0}) != std::future_status::ready) {
            return;
        }
        running = std::async(std::launch::async, [source_ = source, room = desk->snapshot(),
                                                  now = clock->now(), told_ = told] {
            Result<void> done;
            try {
                done = write_pack(*source_, *room, now);
            } catch (const std::exception& error) {  // no memory: the room goes on without paper
                done = Error{.message = error.what(), .where = source_->path};
            }
            if (told_) told_(done);
        });
    }
};

}  // namespace

NetworkThread::Timer keep_papers(NetworkThread& network, const Desk& desk,
                                 std::shared_ptr<const PackSource> source, const ClockPort& clock,
                                 std::function<void(const Result<void>&)> told,
                                 std::chrono::milliseconds period) {
    auto writer = std::make_shared<Writer>();
    writer->source = std::move(source);
    writer->desk = &desk;
    writer->clock = &clock;
    writer->told = std::move(told);
    network.post([writer] { writer->start(); });
    return network.every(period, [writer] { writer->start(); });
}

}  // namespace jedel

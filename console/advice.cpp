#include "console/advice.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace jedel::console {

namespace {

struct AdviceQuestion {
    std::shared_ptr<const Snapshot> room;
    IncidentId incident;
    Instant now;
};
struct PatientQuestion {
    std::shared_ptr<const Snapshot> room;
    IncidentId incident;
    std::string iin;
    Instant now;
};

std::vector<LatLon> points_of(const roads::Route& route) {
    std::vector<LatLon> out;
    out.reserve(route.points.size());
    for (const roads::RoutePoint& point : route.points) out.push_back(point.at);
    return out;
}

}  // namespace

struct AdviceWorker::Impl {
    AdviceSources sources;
    std::function<void()> wake;
    Adviser adviser;
    std::optional<PatientRegister> people;
    std::mutex mutex;
    std::condition_variable asked;
    bool stop = false;
    std::optional<AdviceQuestion> advice_question;
    std::optional<std::string> address_question;
    std::optional<PatientQuestion> patient_question;
    std::shared_ptr<const Advice> advice;
    std::shared_ptr<const AddressAnswer> addresses;
    std::shared_ptr<const PatientAnswer> patient;
    std::thread thread;

    Impl(AdviceSources given, std::function<void()> given_wake)
        : sources(std::move(given)),
          wake(std::move(given_wake)),
          adviser(sources.city, sources.tables) {}

    /// The place a brigade of the list stands at, and the way from there.
    std::vector<LatLon> way(const AdviceQuestion& q, const Incident& incident, BrigadeId id) {
        const Brigade* brigade = q.room->state.brigades.find(id);
        const auto to = incident.place();
        if (brigade == nullptr || !to) return {};
        const auto fix = known_place(*brigade, q.room->fixes);
        if (!fix) return {};
        return points_of(adviser.route(fix->place, *to, incident.working_category(), q.now));
    }

    std::shared_ptr<const Advice> answer(const AdviceQuestion& q) {
        auto out = std::make_shared<Advice>();
        out->incident = q.incident;
        out->state_seq = q.room->state.seq;
        const Incident* incident = q.room->state.incident(q.incident);
        if (incident == nullptr) return out;
        out->category4 = adviser.category4_for(*incident, q.now);
        if (incident->open()) {
            out->recommendation = adviser.recommend_for(q.room->state, q.room->fixes, *incident,
                                                        q.now);
        }
        const auto& ranked = out->recommendation.ranked;
        if (const Assignment* assignment = incident->active_assignment()) {
            if (!assignment->on_scene_at) out->route = way(q, *incident, assignment->brigade);
        } else {
            if (!ranked.empty()) out->route = way(q, *incident, ranked[0].brigade);
            if (ranked.size() > 1) out->other_route = way(q, *incident, ranked[1].brigade);
        }
        if (const auto place = incident->place()) {
            out->hospitals = adviser.hospitals_for(*place, incident->working_category(), q.now);
        }
        return out;
    }

    std::shared_ptr<const PatientAnswer> answer(const PatientQuestion& q) {
        auto out = std::make_shared<PatientAnswer>();
        out->incident = q.incident;
        out->iin = q.iin;
        const int day = day_of(q.now, kazakhstan_offset_minutes(q.now));
        std::optional<RegisterRow> row;
        if (!people && !sources.register_path.empty()) {
            auto opened = PatientRegister::open(sources.register_path);
            if (opened) {
                people.emplace(std::move(*opened));
            } else {
                out->error = opened.error();
            }
        }
        if (people && !q.iin.empty()) {
            auto found = people->find(q.iin);
            if (found) {
                row = *found;
            } else {
                out->error = found.error();
            }
        }
        out->found = row.has_value();
        if (row) out->full_name = row->full_name;
        if (sources.law) {
            out->entitlement =
                entitlement(*sources.law, row, people ? people->name() : "", day, q.now);
            if (const Incident* incident = q.room->state.incident(q.incident)) {
                Incident seen = *incident;
                if (row) seen.insurance = out->entitlement.record;
                out->follow_up = propose_follow_up(*sources.law, seen,
                                                   sources.city->organisations, day);
            }
        }
        return out;
    }

    /// Answers one question, the quickest kind first; false when nothing is asked.
    bool step() {
        std::unique_lock lock{mutex};
        if (address_question) {
            const std::string query = *std::exchange(address_question, std::nullopt);
            lock.unlock();
            auto out = std::make_shared<AddressAnswer>();
            out->query = query;
            if (sources.addresses) out->hits = sources.addresses->search(query, 8);
            lock.lock();
            addresses = std::move(out);
        } else if (patient_question) {
            const PatientQuestion question = *std::exchange(patient_question, std::nullopt);
            lock.unlock();
            auto out = answer(question);
            lock.lock();
            patient = std::move(out);
        } else if (advice_question) {
            const AdviceQuestion question = *std::exchange(advice_question, std::nullopt);
            lock.unlock();
            auto out = answer(question);
            lock.lock();
            advice = std::move(out);
        } else {
            return false;
        }
        lock.unlock();
        if (wake) wake();
        return true;
    }

    void run() {
        for (;;) {
            {
                std::unique_lock lock{mutex};
                asked.wait(lock, [&] {
                    return stop || advice_question || address_question || patient_question;
                });
                if (stop) return;
            }
            step();
        }
    }
};

AdviceWorker::AdviceWorker(AdviceSources sources, std::function<void()> wake, Mode mode)
    : impl_(std::make_unique<Impl>(std::move(sources), std::move(wake))) {
    if (mode == Mode::thread) impl_->thread = std::thread{[impl = impl_.get()] { impl->run(); }};
}

AdviceWorker::~AdviceWorker() {
    {
        const std::lock_guard lock{impl_->mutex};
        impl_->stop = true;
    }
    impl_->asked.notify_all();
    if (impl_->thread.joinable()) impl_->thread.join();
}

void AdviceWorker::ask_advice(std::shared_ptr<const Snapshot> room, IncidentId incident,
                              Instant now) {
    {
        const std::lock_guard lock{impl_->mutex};
        impl_->advice_question = AdviceQuestion{std::move(room), incident, now};
    }
    impl_->asked.notify_one();
}

void AdviceWorker::ask_address(std::string query) {
    {
        const std::lock_guard lock{impl_->mutex};
        impl_->address_question = std::move(query);
    }
    impl_->asked.notify_one();
}

void AdviceWorker::ask_patient(std::shared_ptr<const Snapshot> room, IncidentId incident,
                               std::string iin, Instant now) {
    {
        const std::lock_guard lock{impl_->mutex};
        impl_->patient_question = PatientQuestion{std::move(room), incident, std::move(iin), now};
    }
    impl_->asked.notify_one();
}

std::shared_ptr<const Advice> AdviceWorker::advice() const {
    const std::lock_guard lock{impl_->mutex};
    return impl_->advice;
}

std::shared_ptr<const AddressAnswer> AdviceWorker::addresses() const {
    const std::lock_guard lock{impl_->mutex};
    return impl_->addresses;
}

std::shared_ptr<const PatientAnswer> AdviceWorker::patient() const {
    const std::lock_guard lock{impl_->mutex};
    return impl_->patient;
}

void AdviceWorker::work() {
    while (impl_->step()) {
    }
}

}  // namespace jedel::console

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
struct RoadsQuestion {
    std::shared_ptr<const Snapshot> room;
    Instant now;
};
struct RelookAsked {
    std::shared_ptr<const Snapshot> room;
    std::vector<Proposal> shown;
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

/// The streets of a way as a crew is told them: short pieces without a name fall into the street
/// they join, a street met again at once is one.
std::vector<Advice::Street> streets_of(const roads::Route& route) {
    constexpr double nameless_min_m = 150;
    std::vector<Advice::Street> out;
    for (std::size_t i = 1; i < route.points.size(); ++i) {
        const double metres = distance_m(route.points[i - 1].at, route.points[i].at);
        const std::uint32_t name = route.points[i - 1].name;
        if (!out.empty() && out.back().name == name) {
            out.back().metres += metres;
        } else {
            out.push_back({name, metres});
        }
    }
    std::vector<Advice::Street> told;
    for (const Advice::Street& street : out) {
        const bool joins = street.name == 0 && street.metres < nameless_min_m;
        if (!told.empty() && (joins || told.back().name == street.name)) {
            told.back().metres += street.metres;
        } else if (!joins) {
            told.push_back(street);
        }
    }
    return told;
}

}  // namespace

struct AdviceWorker::Impl {
    AdviceSources sources;
    std::function<void()> wake;
    Adviser adviser;
    MapAdvice map{adviser};
    std::optional<PatientRegister> people;
    std::mutex mutex;
    std::condition_variable asked;
    bool stop = false;
    std::optional<AdviceQuestion> advice_question;
    std::optional<std::string> address_question;
    std::optional<PatientQuestion> patient_question;
    std::optional<RoadsQuestion> roads_question;
    std::optional<StretchQuestion> stretch_question;
    std::optional<ReachQuestion> reach_question;
    std::optional<SimilarQuestion> similar_question;
    std::optional<RelookAsked> relook_question;
    std::shared_ptr<const RelookAnswer> relook;
    DuplicateMemory memory;  ///< the worker's own
    std::optional<CoverQuestion> cover_question;
    std::optional<StaffingQuestion> staffing_question;
    std::unique_ptr<CoverWork> cover_work;  ///< null: no table of cover
    std::shared_ptr<const Advice> advice;
    std::shared_ptr<const AddressAnswer> addresses;
    std::shared_ptr<const PatientAnswer> patient;
    std::shared_ptr<const RoadsAnswer> roads;
    std::shared_ptr<const StretchAnswer> stretch;
    std::shared_ptr<const ReachAnswer> reach;
    std::shared_ptr<const SimilarAnswer> similar;
    std::shared_ptr<const CoverAnswer> cover;
    std::shared_ptr<const StaffingAnswer> staffing;
    std::thread thread;

    Impl(AdviceSources given, std::function<void()> given_wake)
        : sources(std::move(given)),
          wake(std::move(given_wake)),
          adviser(sources.city, sources.tables) {
        if (sources.cover_toml.empty()) return;
        cover_work = std::make_unique<CoverWork>(adviser, sources.city, sources.cover_toml,
                                                 sources.tables.speeds_toml, sources.posts_toml);
    }

    /// The way from the place a brigade of the list stands at.
    roads::Route way(const AdviceQuestion& q, const Incident& incident, BrigadeId id) {
        const Brigade* brigade = q.room->state.brigades.find(id);
        const auto to = incident.place();
        if (brigade == nullptr || !to) return {};
        const auto fix = known_place(*brigade, q.room->fixes, &adviser.city().organisations);
        if (!fix) return {};
        return adviser.route(fix->place, *to, incident.working_category(), q.now);
    }

    /// A polyclinic sends its own brigades; those of others are nothing to it.
    void keep_own(Advice& out, const State& state) const {
        const auto foreign = [&](BrigadeId id) {
            const Brigade* b = state.brigades.find(id);
            return b == nullptr || b->kind != BrigadeKind::polyclinic || b->base != *sources.own;
        };
        std::erase_if(out.recommendation.ranked,
                      [&](const Candidate& c) { return foreign(c.brigade); });
        std::erase_if(out.recommendation.excluded,
                      [&](const Excluded& e) { return foreign(e.brigade); });
    }

    void keep_way(Advice& out, const roads::Route& route) {
        out.route = points_of(route);
        out.streets = streets_of(route);
    }

    std::shared_ptr<const Advice> answer(const AdviceQuestion& q) {
        auto out = std::make_shared<Advice>();
        out->incident = q.incident;
        out->state_seq = q.room->state.seq;
        const Incident* incident = q.room->state.incident(q.incident);
        if (incident == nullptr) return out;
        adviser.take_up_roads(q.room->state, q.now);
        out->category4 = adviser.category4_for(*incident, q.now);
        if (incident->open()) {
            out->recommendation = adviser.recommend_for(q.room->state, q.room->fixes, *incident,
                                                        q.now);
        }
        if (sources.own) keep_own(*out, q.room->state);
        const auto& ranked = out->recommendation.ranked;
        if (const Task* task = incident->first_brigade_at_work()) {
            if (!task->on_scene_at()) keep_way(*out, way(q, *incident, *task->brigade));
        } else {
            if (!ranked.empty()) keep_way(*out, way(q, *incident, ranked[0].brigade));
            if (ranked.size() > 1) {
                out->other_route = points_of(way(q, *incident, ranked[1].brigade));
            }
        }
        if (const auto place = incident->place()) {
            out->hospitals =
                adviser.hospitals_for(q.room->state, *incident, *place, q.now);
        }
        for (const AdviceItem* item : adviser.advice_for(*incident, q.now)) {
            out->advised.push_back(item->id);
        }
        out->problem = adviser.problem();
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
                if (row) seen.patients.front().insurance = out->entitlement.record;
                out->follow_up = propose_follow_up(*sources.law, seen,
                                                   sources.city->organisations, day);
            }
        }
        return out;
    }

    std::shared_ptr<const AddressAnswer> answer(const std::string& query) {
        auto out = std::make_shared<AddressAnswer>();
        out->query = query;
        if (sources.addresses) out->hits = sources.addresses->search(query, 8);
        return out;
    }
    std::shared_ptr<const RoadsAnswer> answer(const RoadsQuestion& q) {
        return std::make_shared<const RoadsAnswer>(map.roads(*q.room, q.now));
    }
    std::shared_ptr<const StretchAnswer> answer(const StretchQuestion& q) {
        return std::make_shared<const StretchAnswer>(map.stretch(q));
    }
    std::shared_ptr<const ReachAnswer> answer(const ReachQuestion& q) {
        return std::make_shared<const ReachAnswer>(map.reach(q));
    }

    std::shared_ptr<const RelookAnswer> answer(const RelookAsked& q) {
        auto out = std::make_shared<RelookAnswer>();
        out->look = adviser.relook(q.room->state, q.room->fixes, q.now, q.shown);
        out->dismissed_min = adviser.recommendation_row(q.now).dismissed_min;
        return out;
    }

    std::shared_ptr<const SimilarAnswer> answer(const SimilarQuestion& q) {
        return std::make_shared<const SimilarAnswer>(find_similar(q, memory));
    }

    std::shared_ptr<const CoverAnswer> answer(const CoverQuestion& q) {
        return cover_work ? std::make_shared<const CoverAnswer>(cover_work->answer(q)) : nullptr;
    }
    std::shared_ptr<const StaffingAnswer> answer(const StaffingQuestion& q) {
        return cover_work ? std::make_shared<const StaffingAnswer>(cover_work->answer(q))
                          : nullptr;
    }

    /// Takes the question, if there is one, answers it without the lock and keeps the answer.
    template <class Question, class Answer>
    bool take(std::unique_lock<std::mutex>& lock, std::optional<Question>& question,
              std::shared_ptr<const Answer>& kept) {
        if (!question) return false;
        const Question taken = *std::exchange(question, std::nullopt);
        lock.unlock();
        std::shared_ptr<const Answer> out = answer(taken);
        lock.lock();
        kept = std::move(out);
        return true;
    }

    /// Answers one question, what a person waits for first; false when nothing is asked.
    bool step() {
        std::unique_lock lock{mutex};
        const bool any = take(lock, address_question, addresses) ||
                         take(lock, stretch_question, stretch) ||
                         take(lock, patient_question, patient) ||
                         take(lock, roads_question, roads) ||
                         take(lock, similar_question, similar) ||
                         take(lock, advice_question, advice) || take(lock, reach_question, reach) ||
                         take(lock, relook_question, relook) || take(lock, cover_question, cover) ||
                         take(lock, staffing_question, staffing);
        lock.unlock();
        if (any && wake) wake();
        return any;
    }

    [[nodiscard]] bool anything_asked() const {
        return advice_question || address_question || patient_question || roads_question ||
               stretch_question || reach_question || similar_question || relook_question ||
               cover_question || staffing_question;
    }

    template <class Question>
    void ask(std::optional<Question>& place, Question question) {
        {
            const std::lock_guard lock{mutex};
            place = std::move(question);
        }
        asked.notify_one();
    }

    template <class Answer>
    std::shared_ptr<const Answer> read(const std::shared_ptr<const Answer>& kept) {
        const std::lock_guard lock{mutex};
        return kept;
    }

    void run() {
        for (;;) {
            {
                std::unique_lock lock{mutex};
                asked.wait(lock, [&] { return stop || anything_asked(); });
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
    impl_->ask(impl_->advice_question, AdviceQuestion{std::move(room), incident, now});
}
void AdviceWorker::ask_address(std::string query) {
    impl_->ask(impl_->address_question, std::move(query));
}
void AdviceWorker::ask_patient(std::shared_ptr<const Snapshot> room, IncidentId incident,
                               std::string iin, Instant now) {
    impl_->ask(impl_->patient_question,
               PatientQuestion{std::move(room), incident, std::move(iin), now});
}
void AdviceWorker::ask_roads(std::shared_ptr<const Snapshot> room, Instant now) {
    impl_->ask(impl_->roads_question, RoadsQuestion{std::move(room), now});
}
void AdviceWorker::ask_stretch(StretchQuestion question) {
    impl_->ask(impl_->stretch_question, std::move(question));
}
void AdviceWorker::ask_reach(ReachQuestion question) {
    impl_->ask(impl_->reach_question, std::move(question));
}

void AdviceWorker::ask_similar(SimilarQuestion question) {
    impl_->ask(impl_->similar_question, std::move(question));
}

void AdviceWorker::ask_relook(std::shared_ptr<const Snapshot> room, std::vector<Proposal> shown,
                              Instant now) {
    impl_->ask(impl_->relook_question, RelookAsked{std::move(room), std::move(shown), now});
}

std::shared_ptr<const RelookAnswer> AdviceWorker::relook() const {
    return impl_->read(impl_->relook);
}

void AdviceWorker::ask_cover(CoverQuestion question) {
    impl_->ask(impl_->cover_question, std::move(question));
}
void AdviceWorker::ask_staffing(StaffingQuestion question) {
    impl_->ask(impl_->staffing_question, std::move(question));
}
std::shared_ptr<const CoverAnswer> AdviceWorker::cover() const { return impl_->read(impl_->cover); }
std::shared_ptr<const StaffingAnswer> AdviceWorker::staffing() const {
    return impl_->read(impl_->staffing);
}

std::shared_ptr<const SimilarAnswer> AdviceWorker::similar() const {
    return impl_->read(impl_->similar);
}
std::shared_ptr<const Advice> AdviceWorker::advice() const { return impl_->read(impl_->advice); }
std::shared_ptr<const AddressAnswer> AdviceWorker::addresses() const {
    return impl_->read(impl_->addresses);
}
std::shared_ptr<const PatientAnswer> AdviceWorker::patient() const {
    return impl_->read(impl_->patient);
}
std::shared_ptr<const RoadsAnswer> AdviceWorker::roads() const { return impl_->read(impl_->roads); }
std::shared_ptr<const StretchAnswer> AdviceWorker::stretch() const {
    return impl_->read(impl_->stretch);
}
std::shared_ptr<const ReachAnswer> AdviceWorker::reach() const { return impl_->read(impl_->reach); }

void AdviceWorker::work() {
    while (impl_->step()) {
    }
}

}  // namespace jedel::console

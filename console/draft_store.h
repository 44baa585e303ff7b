#pragma once
// What is typed and not yet in the journal, in a file beside it: after a crash it is put back into
// its form. No events; readable by its owner only; gone once everything is stored.

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "console/state/intake.h"

namespace jedel::console {

/// One form as it was left lying.
struct KeptDraft {
    IncidentId incident;  ///< none: the call had no number yet
    ReceiveCall opening;
    std::string phone, words, address, directions, age, weeks, count, patient_name, caller_name;
};

/// Everything that is typed in the form is in the journal, as far as the answers say.
bool all_stored(const Draft& draft);
/// Forms with something that is not stored yet, as the file has them; empty: there is nothing.
std::string kept_text(const IntakeState& intake);
/// Reads that back; lines it does not know are passed over.
std::vector<KeptDraft> read_kept(const std::string& text);
/// The form with what was kept in it.
void put_back(Draft& draft, const KeptDraft& kept);

/// Writes the newest text on a thread of its own: a new file (mode 0600) takes the old one's place,
/// so there is always a whole one. An empty text takes the file away.
class DraftStore {
public:
    /// An empty path keeps nothing.
    explicit DraftStore(std::string path);
    ~DraftStore();
    DraftStore(const DraftStore&) = delete;
    DraftStore& operator=(const DraftStore&) = delete;
    /// What was left there by the last session; nothing: no file, or not readable.
    [[nodiscard]] std::string left_over() const;
    /// Returns at once.
    void keep(std::string text);
    /// The last failure in words of the system; empty: none. Callable from any thread.
    [[nodiscard]] std::string problem() const;

private:
    void run();
    [[nodiscard]] std::string write(const std::string& text) const;
    std::string path_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<std::string> next_;
    std::string problem_;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace jedel::console

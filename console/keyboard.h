#pragma once
// One owner of the keyboard. Before anything is drawn one place decides who gets the keys of the
// frame: what lies over the screen, else a question that stands open, else the place that has the
// focus. Whoever is not the owner finds no keys, so a key meant for a list cannot be taken by
// another page behind it.

#include <cstdint>

#include "console/keys.h"

namespace jedel::console {

struct View;
struct UiState;

enum class KeyOwner : std::uint8_t {
    nobody,
    overlay,   ///< palette, help, messages …
    question,  ///< which hospital, why released
    queue,
    fleet,
    map,
    intake,
    send,
    course,
    outcome,
    after,
    elsewhere,
    page  ///< a page that needs no name of its own: only the one that is shown draws
};

/// The presses of one frame and whose they are.
class Keyboard {
public:
    /// For the loop that fills and clears them, and for keys that work everywhere.
    KeyPresses& presses() { return presses_; }
    void give_to(KeyOwner owner) { owner_ = owner; }
    [[nodiscard]] KeyOwner owner() const { return owner_; }
    /// The presses for their owner; nothing for anyone else.
    KeyPresses& of(KeyOwner who) {
        nothing_.clear();
        return who == owner_ ? presses_ : nothing_;
    }

private:
    KeyOwner owner_ = KeyOwner::nobody;
    KeyPresses presses_, nothing_;
};

/// Whose the keys of this frame are.
KeyOwner owner_of(const View& view, const UiState& ui);
/// True where a key of everywhere may act now: what it acts on is on the screen and nothing lies
/// over it.
bool reaches(const View& view, const UiState& ui, Action action);
/// Ends what is about a thing no longer shown or no longer at work: the open question of the
/// course page, the choice of another category.
void drop_stale(const View& view, UiState& ui);

}  // namespace jedel::console

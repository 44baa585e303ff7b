#pragma once
// How the call ended.

namespace jedel::console {

struct OutcomeState {
    int choice = 0;
};

}  // namespace jedel::console

#pragma once
// What jedel-console can be started with.

#include <optional>
#include <string>

#include "base/result.h"
#include "console/ui.h"

namespace jedel::console {

struct ReplayOptionsText {
    std::string log, mapping, policy = "recommended";
    std::string report;  ///< folder for the report when the window closes; empty: none
    std::uint64_t seed = 1;
    double speed = 60;
    std::string until;  ///< "HH:MM" local: run there at once, then pause
};

struct Options {
    std::string journal;   ///< empty: the user's own in the data folder
    bool accept_loss = false;  ///< a person goes on with a journal that lost events
    std::string city;      ///< empty: the training city
    std::string people;    ///< CSV or JSON file of the insured to import; empty: what is there
    std::string desk;      ///< this desk's number; empty: the settings'
    Seat seat = Seat::dispatcher;
    std::optional<OrganisationId> organisation;  ///< whose desk: with the seat of a polyclinic
    Language language = Language::ru;
    ThemeKind theme = ThemeKind::light;
    int width = 0, height = 0;  ///< 0: three quarters of the screen
    std::string screenshot;     ///< write a PNG there and leave
    double figures_s = 0;       ///< measure the loop so long, print and leave; 0: do not
    std::string show;           ///< for pictures: page to open, "call:N/page"
    std::optional<ReplayOptionsText> replay;
};

/// What the command line asks for: options, or a text to print with an exit status.
struct Parsed {
    std::optional<Options> options;
    std::string text;
    int status = 0;
};
Parsed parse_options(int argc, const char* const* argv);

}  // namespace jedel::console

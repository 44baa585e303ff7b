#pragma once
// The report of a replay: text for people, JSON for programs, PNG charts.

#include <string>

#include "dispatch/exercise/figures.h"
#include "dispatch/exercise/texts.h"

namespace jedel::exercise {

std::string report_text(const Replay& replay, const Figures& figures, const Texts& texts);
std::string report_json(const Replay& replay, const Figures& figures);
/// A few lines for the end of a headless run.
std::string report_summary(const Replay& replay, const Figures& figures, const Texts& texts);

/// Writes report.txt, report.json, calls-by-hour.png, arrival.png, hand-over.png and brigades.png
/// into a folder, which is made when missing.
Result<void> write_report(const Replay& replay, const Figures& figures, const Texts& texts,
                          const std::string& folder);

}  // namespace jedel::exercise

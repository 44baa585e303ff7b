#pragma once
// What a file is, by its first bytes: for saying so when it is not what was asked for.

#include <string>
#include <string_view>

namespace jedel::tables {

/// "an Excel workbook", "NMEA sentences of a receiver" …; empty for what may be CSV or GPX.
/// `xml` is set to the root element's local name when it is XML of any kind.
std::string kind_of_file(std::string_view sample, std::string& xml);

}  // namespace jedel::tables

// The data folder: whether it can be written, whether what is written stays, how long that takes, who may
// read it.
#pragma once

#include <string>

#include "app/doctor/finding.h"

namespace bramble::doctor {

// A folder that does not exist yet is judged by the nearest one above it; nothing is left behind.
void examine_data_folder(Findings& findings, const std::string& folder);

// The folder, its databases and its secrets must be their owner's alone.
void examine_access(Findings& findings, const std::string& folder);

}  // namespace bramble::doctor

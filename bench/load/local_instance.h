// Finds the data folder of an instance that runs on this machine, by the port it listens on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bramble::load {

// The nearest folder above a file that the listening process has open, in which there is a file of the given
// name. Nothing if no process of ours listens on that port of the loopback or of all addresses.
std::optional<std::string> folder_of_listener(std::uint16_t port, std::string_view file_name);

}  // namespace bramble::load

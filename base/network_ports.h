// Which network port each server listens on, counted from the port base (`--port-base`, 8080).
#pragma once

#include <cstdint>

namespace bramble::network_port {

inline constexpr std::uint16_t storefront = 0;
inline constexpr std::uint16_t ops = 2;
inline constexpr std::uint16_t admin = 9;
inline constexpr std::uint16_t sandbox = 10;

}  // namespace bramble::network_port

// Turns what Xapian throws into what Bramble throws.
#pragma once

#include <exception>
#include <functional>

namespace bramble::xapian {

// Runs `act` and returns what it threw, as an Error; null if nothing.
std::exception_ptr failure_of(const std::function<void()>& act);

}  // namespace bramble::xapian

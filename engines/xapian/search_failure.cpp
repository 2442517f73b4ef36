#include "engines/xapian/search_failure.h"

#include <xapian.h>

#include "base/error.h"

namespace bramble::xapian {

std::exception_ptr failure_of(const std::function<void()>& act) {
  try {
    act();
    return nullptr;
  } catch (const Xapian::Error& failure) {
    return std::make_exception_ptr(Error(ErrorCode::unavailable, "index_failed", failure.get_description()));
  } catch (...) {
    return std::current_exception();
  }
}

}  // namespace bramble::xapian

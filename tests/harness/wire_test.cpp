#include "tests/harness/wire.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>

#include "engines/http/loopback.h"

namespace bramble::harness {
namespace {

// A signal interrupts a wait with a time limit, as happens to a process that is stopped and continued.
void let_signals_interrupt() {
  struct sigaction nothing {};
  nothing.sa_handler = [](int) {};
  ::sigaction(SIGUSR1, &nothing, nullptr);
}

TEST(Wire, HasItsAnswerEvenIfItWasInterruptedWhileItWaited) {
  constexpr int exchanges = 50;
  let_signals_interrupt();
  http::ServerThread server({}, [asker = ::pthread_self()](HttpRequest request) {
    ::pthread_kill(asker, SIGUSR1);
    return http::echo(std::move(request));
  });
  Wire wire(server.url(""));
  for (int i = 0; i < exchanges; ++i) ASSERT_EQ(wire.ask("GET", "/").status, 200) << "in exchange " << i;
}

}  // namespace
}  // namespace bramble::harness

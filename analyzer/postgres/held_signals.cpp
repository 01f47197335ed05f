#include "analyzer/postgres/held_signals.h"

#include <signal.h>

namespace schemaudit {

void hold_signals(const std::function<void()>& work) {
  struct Hold {
    Hold() {
      sigset_t all;
      ::sigfillset(&all);
      ::pthread_sigmask(SIG_SETMASK, &all, &before);
    }
    ~Hold() { ::pthread_sigmask(SIG_SETMASK, &before, nullptr); }
    sigset_t before;
  };
  const Hold held;
  work();
}

}  // namespace schemaudit

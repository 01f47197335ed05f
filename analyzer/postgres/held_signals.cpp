#include "analyzer/postgres/held_signals.h"

#include <signal.h>

namespace schemaudit {

void hold_signals(const std::function<void()>& work) {
  sigset_t all, before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  work();
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace schemaudit

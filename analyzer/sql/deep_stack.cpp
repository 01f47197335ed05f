#include "analyzer/sql/deep_stack.h"

#include <pthread.h>

#include <exception>
#include <stdexcept>

namespace schemaudit {

namespace {

constexpr std::size_t kShallowText = 1500;
constexpr std::size_t kStackBytes = std::size_t{512} * 1024 * 1024;

thread_local bool on_deep_stack = false;

struct Job {
  const std::function<void()>* work;
  std::exception_ptr failure;
};

void* run_job(void* argument) {
  Job* job = static_cast<Job*>(argument);
  on_deep_stack = true;
  try {
    (*job->work)();
  } catch (...) {
    job->failure = std::current_exception();
  }
  return nullptr;
}

}  // namespace

void run_with_deep_stack(std::size_t text_size, const std::function<void()>& work) {
  if (text_size <= kShallowText || on_deep_stack) {
    work();
    return;
  }
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  Job job{&work, nullptr};
  pthread_t thread;
  int failed = pthread_create(&thread, &attributes, run_job, &job);
  pthread_attr_destroy(&attributes);
  if (failed) throw std::runtime_error("cannot start a thread to parse SQL on");
  pthread_join(thread, nullptr);
  if (job.failure) std::rethrow_exception(job.failure);
}

}  // namespace schemaudit

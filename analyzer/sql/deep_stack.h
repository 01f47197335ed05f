// Runs work that recurses as deep as its input nests, where that cannot end the program.
//
//   run_with_deep_stack(text.size(), [&] { tree = parse(text); });
//
// libpg_query and every walk over its trees recurse; some 5,000 chained operators overflow an
// 8 MB stack. Short texts cannot nest that deep and run where they are; longer ones run on a
// thread with a stack of half a gigabyte, of which only what is used is ever touched.
#pragma once

#include <cstddef>
#include <functional>

namespace schemaudit {

/// Blocks until `work` is done; exceptions of `work` come out here. Nested calls run in place.
void run_with_deep_stack(std::size_t text_size, const std::function<void()>& work);

/// The deepest text that is tried at all: more operators or parentheses than this in one
/// statement are refused before parsing.
constexpr std::size_t kDeepestNesting = 100'000;

}  // namespace schemaudit

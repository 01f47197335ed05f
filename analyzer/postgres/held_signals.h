// What must not be left half done when Ctrl-C comes.
//
//   hold_signals([&] { made = make_folder(); removal.emplace(...); });
//   // who interrupts the program in between ends it after that, and the folder goes
#pragma once

#include <functional>

namespace schemaudit {

/// Signals that come meanwhile take effect after `work`, which must wait for nobody.
void hold_signals(const std::function<void()>& work);

}  // namespace schemaudit

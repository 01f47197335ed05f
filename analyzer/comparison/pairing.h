// Pairs the elements of two lists: first those that mean the same, then those that are the same
// element changed, and what is left over on either side. Private to analyzer/comparison.
//
//   Pairing<Index> pairing = pair_up(left.indexes, right.indexes, same_meaning, same_element);
#pragma once

#include <utility>
#include <vector>

namespace schemaudit {

template <typename Element>
struct Pairing {
  std::vector<std::pair<const Element*, const Element*>> same;
  std::vector<std::pair<const Element*, const Element*>> changed;
  std::vector<const Element*> left_only;
  std::vector<const Element*> right_only;
};

/// `same_name` breaks ties, so that of two alike the one with the same name is taken.
template <typename Element, typename SameMeaning, typename SameElement>
Pairing<Element> pair_up(const std::vector<const Element*>& left,
                         const std::vector<const Element*>& right, const SameMeaning& same_meaning,
                         const SameElement& same_element) {
  Pairing<Element> pairing;
  std::vector<const Element*> open_left = left, open_right = right;
  auto take = [&](const auto& fits, auto& into) {
    std::vector<const Element*> still_open;
    for (const Element* a : open_left) {
      auto chosen = open_right.end();
      for (auto b = open_right.begin(); b != open_right.end(); ++b) {
        if (!fits(*a, **b)) continue;
        if (chosen == open_right.end() || (*b)->name == a->name) chosen = b;
        if ((*chosen)->name == a->name) break;
      }
      if (chosen == open_right.end()) {
        still_open.push_back(a);
      } else {
        into.push_back({a, *chosen});
        open_right.erase(chosen);
      }
    }
    open_left = std::move(still_open);
  };
  auto same_name_too = [&](const Element& a, const Element& b) {
    return a.name == b.name && same_meaning(a, b);
  };
  take(same_name_too, pairing.same);
  take(same_meaning, pairing.same);
  auto same_name_only = [](const Element& a, const Element& b) {
    return !a.name.empty() && a.name == b.name;
  };
  take(same_name_only, pairing.changed);
  take(same_element, pairing.changed);
  pairing.left_only = std::move(open_left);
  pairing.right_only = std::move(open_right);
  return pairing;
}

template <typename Element>
std::vector<const Element*> pointers_to(const std::vector<Element>& elements) {
  std::vector<const Element*> pointers;
  for (const Element& element : elements) pointers.push_back(&element);
  return pointers;
}

}  // namespace schemaudit

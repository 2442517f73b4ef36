// What a demo card says of itself: brand, title, description, attributes, in Russian and English.
#pragma once

#include <vector>

#include "app/generate/demo_random.h"
#include "app/generate/demo_subjects.h"

namespace bramble {

// `colours` are those that it comes in.
void add_words(DemoRandom& random, const DemoSubject& subject, const std::vector<const DemoColour*>& colours,
               catalog::Card& card);

// The English of the options that the card's SKUs have by now.
void add_option_words(const DemoSubject& subject, const std::vector<const DemoColour*>& colours,
                      catalog::Card& card);

}  // namespace bramble

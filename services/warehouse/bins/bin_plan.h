// Plans of bins: which names the bins of a site have. "{A..F}-{01..40}-{1..9}" are those from A-01-1 to
// F-40-9; a plan without braces is one bin. Pure rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bramble::warehouse {

// What is wrong with a plan; empty: nothing. At most 6 ranges, of single capital letters or of numbers with
// at most six digits; all else of a plan are letters, digits, dots, dashes and underscores.
std::string fault_of_plan(std::string_view plan);

// `plan` is without fault. Numbers of a range whose ends are equally long are written as long as they are.
bool is_bin_of(std::string_view plan, std::string_view bin);

// Without plans nobody has said which bins there are: any is.
bool is_known_bin(const std::vector<std::string>& plans, std::string_view bin);

}  // namespace bramble::warehouse

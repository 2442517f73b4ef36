// Short lists as one text of a table: their parts divided by the control character 31, which no part may
// have.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "services/catalog/catalog.api.h"

namespace bramble::catalog {

bool is_packable(const std::string& part);

std::string pack(const std::vector<std::string>& parts);
std::string pack(const std::vector<Attribute>& attributes);
std::string pack(const std::map<std::string, std::string>& options);

std::vector<std::string> unpack(const std::string& text);
std::vector<Attribute> unpack_attributes(const std::string& text);
std::map<std::string, std::string> unpack_options(const std::string& text);

}  // namespace bramble::catalog

// Short lists as one text of a table: their parts divided by the control character 31, which no part may
// have, and lists of lists by 30.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "services/catalog/catalog.api.h"

namespace bramble::catalog {

bool is_packable(const std::string& part);
// The same for what may have several lines.
bool is_packable_text(const std::string& text);

std::string pack(const std::vector<std::string>& parts);
std::string pack(const std::vector<Attribute>& attributes);
std::string pack(const std::map<std::string, std::string>& options);
std::string pack(const std::vector<CardText>& texts);

std::vector<std::string> unpack(const std::string& text);
std::vector<Attribute> unpack_attributes(const std::string& text);
std::map<std::string, std::string> unpack_options(const std::string& text);
std::vector<CardText> unpack_texts(const std::string& text);

}  // namespace bramble::catalog

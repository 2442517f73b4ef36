# Writes ${OUT}.h and ${OUT}.cpp with the text files ${FILES}, in that order, as ${NAME}_texts().
file(WRITE ${OUT}.h "#pragma once\n#include <span>\n#include <string_view>\nnamespace bramble {\nstd::span<const std::string_view> ${NAME}_texts();\n}\n")
get_filename_component(header ${OUT} NAME)
set(rows "")
foreach(path ${FILES})
  file(READ ${path} text)
  string(APPEND rows "    R\"bramble_text(${text})bramble_text\",\n")
endforeach()
file(WRITE ${OUT}.cpp "#include \"${header}.h\"\nnamespace bramble {\nnamespace {\nconstexpr std::string_view texts[] = {\n${rows}};\n}\nstd::span<const std::string_view> ${NAME}_texts() { return texts; }\n}\n")

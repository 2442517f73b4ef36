# Writes ${OUT}.h and ${OUT}.cpp with the files ${FILES} as pages of ${NAME}.
file(WRITE ${OUT}.h "#pragma once\n#include <span>\n#include \"gateways/pages/page_file.h\"\nnamespace bramble::pages {\nstd::span<const PageFile> ${NAME}_page_files();\n}\n")
set(rows "")
foreach(path ${FILES})
  get_filename_component(name ${path} NAME)
  file(READ ${path} text)
  string(APPEND rows "    {\"${name}\", R\"bramble_page(${text})bramble_page\"},\n")
endforeach()
file(WRITE ${OUT}.cpp "#include \"${NAME}_page_files.h\"\nnamespace bramble::pages {\nnamespace {\nconstexpr PageFile files[] = {\n${rows}};\n}\nstd::span<const PageFile> ${NAME}_page_files() { return files; }\n}\n")

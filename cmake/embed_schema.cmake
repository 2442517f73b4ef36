# Writes ${OUT}.h and ${OUT}.cpp with the SQL files ${FILES} as migrations of ${NAME}.
file(WRITE ${OUT}.h "#pragma once\n#include \"runtime/module.h\"\n#include <span>\nnamespace bramble {\nstd::span<const Migration> ${NAME}_migrations();\n}\n")
set(rows "")
foreach(path ${FILES})
  get_filename_component(stem ${path} NAME_WE)
  file(READ ${path} sql)
  string(APPEND rows "    {\"${stem}\", R\"bramble_sql(${sql})bramble_sql\"},\n")
endforeach()
file(WRITE ${OUT}.cpp "#include \"${NAME}_schema.h\"\nnamespace bramble {\nnamespace {\nconstexpr Migration steps[] = {\n${rows}};\n}\nstd::span<const Migration> ${NAME}_migrations() { return steps; }\n}\n")

# A module with a schema has a store, and audits of it: embedded in the program, and read by `bramble check`.

# bramble_schema(TARGET x): embeds schema/*.sql, in the order of their names, as `std::span<const Migration>
# x_migrations()` of namespace bramble in the generated header "x_schema.h". The folder has its audits beside it.
function(bramble_schema target name)
  bramble_audits(${name})
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/schema/*.sql)
  set(out ${PROJECT_BINARY_DIR}/gen/${name}_schema)
  add_custom_command(
    OUTPUT ${out}.h ${out}.cpp
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DOUT=${out} "-DFILES=${files}"
            -P ${PROJECT_SOURCE_DIR}/cmake/embed_schema.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/embed_schema.cmake VERBATIM)
  target_sources(${target} PRIVATE ${out}.cpp ${out}.h)
endfunction()

# bramble_audits(x): the folder is that of module x, which has a store. Without audits/*.sql, or audits/none.txt that
# says why there are none, nothing is built.
function(bramble_audits name)
  set(folder ${CMAKE_CURRENT_SOURCE_DIR})
  file(GLOB audits CONFIGURE_DEPENDS ${folder}/audits/*.sql ${folder}/audits/none.txt)
  if(NOT audits)
    message(FATAL_ERROR "module ${name} has a schema and no audits: add ${folder}/audits/<rule>.sql for what is always "
                        "true of its tables (audits/README.md), or audits/none.txt that says why nothing is")
  endif()
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${folder})
  set_property(GLOBAL APPEND PROPERTY BRAMBLE_STORES ${name}=${folder})
  set_property(GLOBAL APPEND PROPERTY BRAMBLE_AUDITS ${audits})
endfunction()

# bramble_audit_table(TARGET): compiles into TARGET the audits of all modules whose folders came before, and those of
# the folder audits. tools/audits takes tables, states and deliveries from the modules' sources.
function(bramble_audit_table target)
  get_property(stores GLOBAL PROPERTY BRAMBLE_STORES)
  get_property(audits GLOBAL PROPERTY BRAMBLE_AUDITS)
  file(GLOB spanning CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/audits/*.sql)
  file(GLOB tool ${PROJECT_SOURCE_DIR}/tools/audits/*.py)
  set(sources "")
  foreach(store ${stores})
    string(REGEX REPLACE ".*=" "" folder ${store})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.proto ${PROJECT_SOURCE_DIR}/${folder}/*.h
         ${PROJECT_SOURCE_DIR}/${folder}/*.cpp ${PROJECT_SOURCE_DIR}/${folder}/schema/*.sql)
    list(APPEND sources ${found})
  endforeach()
  list(FILTER tool EXCLUDE REGEX "_test\\.py$")
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz|stand|fixture)\\.(cpp|h)$")
  set(out ${PROJECT_BINARY_DIR}/gen/audit_table.cpp)
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${PROJECT_SOURCE_DIR}/tools/audits/audits --root ${PROJECT_SOURCE_DIR} --out ${out} ${stores}
    DEPENDS ${audits} ${spanning} ${sources} ${tool} ${PROJECT_SOURCE_DIR}/tools/audits/audits
    COMMENT "audits" VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()

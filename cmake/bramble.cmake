# How every folder is built: one library a folder, one test program a folder, contracts through rpcgen.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# GCC 12 miscompiles ordinary coroutine code (docs/decisions/0001-compiler.md).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  message(FATAL_ERROR "GCC ${CMAKE_CXX_COMPILER_VERSION} miscompiles coroutines: use clang-16 (./dev build does)")
endif()

# Objects are shared between clones of the tree by ccache (./dev sets its part of it), so no object may know its clone.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  add_compile_options(-ffile-prefix-map=${PROJECT_SOURCE_DIR}=. "SHELL:-Xclang -fno-pch-timestamp")
  set(CMAKE_CXX_COMPILE_OPTIONS_USE_PCH -include-pch <PCH_FILE>)  # CMake's own spelling hides the path from ccache
endif()

option(BRAMBLE_SANITIZE "AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(BRAMBLE_FUZZ "build the libFuzzer targets (implies the sanitizers)" OFF)

add_compile_options(-Wall -Wextra -Werror -Wno-missing-field-initializers -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options(-Wthread-safety)  # GUARDED_BY of base/mutex.h
endif()
add_link_options(-fuse-ld=lld)
if(BRAMBLE_SANITIZE OR BRAMBLE_FUZZ)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=address,undefined)
endif()
if(BRAMBLE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
add_compile_definitions(BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION)
# ccache writes the path of a folder that is not there yet in another way, and would not know the objects of other clones.
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/gen)
include_directories(${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/gen)

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(GTest REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Boost 1.81 REQUIRED)

enable_testing()

# Two precompiled headers: what nearly every file needs, built in base and used by all that ships, and the same with
# GoogleTest, used by all that only tests (docs/build.md). They alone must not be taken from another clone, since Clang
# keeps absolute paths in them: so a name made of this clone's path is declared in each, and ccache is given a sum of
# what is in it to know it by.
string(SHA256 clone ${PROJECT_BINARY_DIR})
file(READ ${PROJECT_SOURCE_DIR}/cmake/precompiled.h precompiled)
execute_process(COMMAND dpkg-query -W -f "\${Package} \${Version} "
                        libboost1.81-dev libstdc++-12-dev libc6-dev libgtest-dev
                OUTPUT_VARIABLE header_versions ERROR_QUIET)
function(bramble_precompiled_header name folder text)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/${name} CONTENT "${text}\nextern int clone_${clone};\n" @ONLY)
  string(SHA256 sum "${text} ${header_versions} ${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_BUILD_TYPE} ${ARGN}")
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/${folder}/cmake_pch.hxx.pch.sum CONTENT "${sum}" @ONLY)
endfunction()
set(BRAMBLE_TEST_OPTIONS $<$<CONFIG:Release>:-O0>)
bramble_precompiled_header(precompiled.h base/CMakeFiles/bramble_base.dir "${precompiled}")
bramble_precompiled_header(precompiled_tests.h CMakeFiles/bramble_test_headers.dir
                           "${precompiled}\n#include <gtest/gtest.h>" ${BRAMBLE_TEST_OPTIONS})
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/precompiled.h)

file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/test_headers.cpp CONTENT "" @ONLY)
add_library(bramble_test_headers OBJECT ${PROJECT_BINARY_DIR}/test_headers.cpp)
target_link_libraries(bramble_test_headers PRIVATE GTest::gtest)
target_compile_options(bramble_test_headers PRIVATE ${BRAMBLE_TEST_OPTIONS})
target_precompile_headers(bramble_test_headers PRIVATE ${PROJECT_BINARY_DIR}/precompiled_tests.h)

include(${CMAKE_CURRENT_LIST_DIR}/stores.cmake)

function(bramble_precompile target)
  if(target STREQUAL "bramble_base")
    target_precompile_headers(${target} PRIVATE ${PROJECT_BINARY_DIR}/precompiled.h)
  else()
    target_precompile_headers(${target} REUSE_FROM bramble_base)
  endif()
endfunction()

# What never ships is not optimised: that takes a third of the time to compile.
function(bramble_precompile_test target)
  target_compile_options(${target} PRIVATE ${BRAMBLE_TEST_OPTIONS})
  target_precompile_headers(${target} REUSE_FROM bramble_test_headers)
endfunction()

# bramble_library(NAME [TESTING] [FOLDERS …] [DEPS …] [SOURCES …]): a static library of the *.cpp of the folder and of
# FOLDERS in it, without tests and fuzzers. TESTING: only tests use it, and it is compiled as they are.
function(bramble_library name)
  cmake_parse_arguments(ARG "TESTING" "" "FOLDERS;DEPS;SOURCES" ${ARGN})
  if(NOT ARG_SOURCES)
    list(TRANSFORM ARG_FOLDERS APPEND "/*.cpp")
    file(GLOB ARG_SOURCES CONFIGURE_DEPENDS *.cpp ${ARG_FOLDERS})
    list(FILTER ARG_SOURCES EXCLUDE REGEX "_(test|fuzz|stand|fixture)\\.cpp$")
  endif()
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS} Threads::Threads)
  if(ARG_TESTING)
    bramble_precompile_test(${name})
  else()
    bramble_precompile(${name})
  endif()
endfunction()

set(BRAMBLE_TIMEOUT_SCALE 1 CACHE STRING "how much longer than usual tests may take")

# bramble_tests(NAME [FOLDERS …] [DEPS …] [SOURCES …] [TIMEOUT s] [POSTGRES]): one GoogleTest program of the *_test.cpp of
# the folder and of FOLDERS in it, one CTest test. POSTGRES: a second CTest test runs it on that engine (testing/service).
function(bramble_tests name)
  cmake_parse_arguments(ARG "POSTGRES" "TIMEOUT" "FOLDERS;DEPS;SOURCES" ${ARGN})
  if(NOT ARG_SOURCES)
    set(patterns *_test.cpp *_stand.cpp *_fixture.cpp)
    foreach(folder ${ARG_FOLDERS})
      list(APPEND patterns ${folder}/*_test.cpp ${folder}/*_fixture.cpp)
    endforeach()
    file(GLOB ARG_SOURCES CONFIGURE_DEPENDS ${patterns})
  endif()
  if(NOT ARG_SOURCES)
    return()
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  math(EXPR ARG_TIMEOUT "${ARG_TIMEOUT} * ${BRAMBLE_TIMEOUT_SCALE}")
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gtest_main)
  bramble_precompile_test(${name})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT})
  if(ARG_POSTGRES)
    add_test(NAME ${name}_on_postgres COMMAND ${name})
    set_tests_properties(${name}_on_postgres PROPERTIES TIMEOUT ${ARG_TIMEOUT}
                         ENVIRONMENT BRAMBLE_TEST_DATABASE=postgres)
  endif()
endfunction()

# bramble_fuzzers(DEPS …): one libFuzzer program and one CTest test for each *_fuzz.cpp of the folder. Preset fuzz
# instruments the whole tree, and they search; elsewhere they only show that they build and take some random inputs.
set(BRAMBLE_FUZZ_SECONDS 10 CACHE STRING "how long each fuzzer searches")
add_custom_target(fuzzers)
function(bramble_fuzzers)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *_fuzz.cpp)
  foreach(source ${sources})
    get_filename_component(name ${source} NAME_WE)
    add_executable(${name} ${source})
    target_link_libraries(${name} PRIVATE ${ARG_DEPS})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    bramble_precompile(${name})
    add_dependencies(fuzzers ${name})
    set(limits -timeout=5 -rss_limit_mb=2048 -print_final_stats=1)
    if(BRAMBLE_FUZZ)
      add_test(NAME ${name} COMMAND ${name} -max_total_time=${BRAMBLE_FUZZ_SECONDS} ${limits})
      math(EXPR limit "${BRAMBLE_FUZZ_SECONDS} + 120")
    else()
      add_test(NAME ${name} COMMAND ${name} -runs=2000 -max_len=512 ${limits})
      set(limit 60)
    endif()
    set_tests_properties(${name} PROPERTIES LABELS fuzz TIMEOUT ${limit})
  endforeach()
endfunction()

# bramble_contract(NAME x.proto [GATEWAY] [DEPS …]): the library that rpcgen makes of a contract. Its headers are
# included as the .proto lies: services/x/x.proto gives "services/x/x.api.h" and "services/x/x.json.h"; with GATEWAY
# also "….routes.h" and, embedded, the OpenAPI document.
file(GLOB rpcgen_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tools/rpcgen/*.py
     ${PROJECT_SOURCE_DIR}/tools/rpcgen/bramble/*.proto)
function(bramble_contract name proto)
  cmake_parse_arguments(ARG "GATEWAY" "" "DEPS" ${ARGN})
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  get_filename_component(stem ${proto} NAME_WE)
  set(base ${PROJECT_BINARY_DIR}/gen/${folder}/${stem})
  set(outputs ${base}.api.h ${base}.api.cpp ${base}.json.h ${base}.json.cpp)
  if(ARG_GATEWAY)
    list(APPEND outputs ${base}.routes.h ${base}.routes.cpp ${base}.openapi.json)
  endif()
  # What a contract imports shapes its OpenAPI document, too.
  file(STRINGS ${proto} imports REGEX "^import \"")
  list(TRANSFORM imports REPLACE "^import \"(.*)\";.*" "\\1")
  list(FILTER imports EXCLUDE REGEX "^(bramble|google)/")
  list(TRANSFORM imports PREPEND ${PROJECT_SOURCE_DIR}/)
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND protoc --plugin=protoc-gen-bramble=${PROJECT_SOURCE_DIR}/tools/rpcgen/rpcgen
            --bramble_out=${PROJECT_BINARY_DIR}/gen -I ${PROJECT_SOURCE_DIR} -I ${PROJECT_SOURCE_DIR}/tools/rpcgen -I /usr/include
            ${folder}/${proto}
    DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${proto} ${imports} ${rpcgen_sources} ${PROJECT_SOURCE_DIR}/tools/rpcgen/rpcgen
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    COMMENT "rpcgen ${folder}/${proto}" VERBATIM)
  list(FILTER outputs INCLUDE REGEX "\\.(cpp|h)$")
  add_library(${name} STATIC ${outputs})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS} bramble_ports bramble_json)
  bramble_precompile(${name})
endfunction()

# bramble_pages(TARGET x FOLDER): embeds FOLDER/templates/*.html and FOLDER/messages/*.txt as
# `std::span<const pages::PageFile> x_page_files()` of namespace bramble::pages in the generated header "x_page_files.h".
function(bramble_pages target name folder)
  set(folder ${CMAKE_CURRENT_SOURCE_DIR}/${folder})
  file(GLOB files CONFIGURE_DEPENDS ${folder}/templates/*.html ${folder}/messages/*.txt)
  set(out ${PROJECT_BINARY_DIR}/gen/${name}_page_files)
  add_custom_command(
    OUTPUT ${out}.h ${out}.cpp
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DOUT=${out} "-DFILES=${files}"
            -P ${PROJECT_SOURCE_DIR}/cmake/embed_pages.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/embed_pages.cmake VERBATIM)
  target_sources(${target} PRIVATE ${out}.cpp ${out}.h)
endfunction()

# bramble_text(TARGET x FILE…): embeds text files, in the order given, as `std::span<const std::string_view> x_texts()`
# of namespace bramble in the generated header "x_text.h".
function(bramble_text target name)
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE files)
  set(out ${PROJECT_BINARY_DIR}/gen/${name}_text)
  add_custom_command(
    OUTPUT ${out}.h ${out}.cpp
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DOUT=${out} "-DFILES=${files}"
            -P ${PROJECT_SOURCE_DIR}/cmake/embed_text.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/embed_text.cmake VERBATIM)
  target_sources(${target} PRIVATE ${out}.cpp ${out}.h)
endfunction()

# All flags hang on one interface target; a folder's library is one call of jedel_library.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)

add_library(jedel_flags INTERFACE)
target_include_directories(jedel_flags INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(jedel_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow
                       -Wnon-virtual-dtor -Woverloaded-virtual -Wno-missing-field-initializers -Werror)
target_link_libraries(jedel_flags INTERFACE Threads::Threads)
# g++ 12 warns of overlaps and uninitialised values inside the standard library where there are
# none. Designated initialisers leave out fields on purpose.
target_compile_options(jedel_flags INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-maybe-uninitialized>)
if(JEDEL_SANITIZE)
  target_compile_options(jedel_flags INTERFACE -fsanitize=${JEDEL_SANITIZE}
                         -fno-omit-frame-pointer -g1)
  target_link_options(jedel_flags INTERFACE -fsanitize=${JEDEL_SANITIZE})
  if(JEDEL_SANITIZE MATCHES "thread")
    # The thread sanitizer does not understand Asio's fences; its mutexes are enough for it.
    target_compile_definitions(jedel_flags INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()
if(JEDEL_FUZZ)
  # Coverage of the libraries, not of the targets alone, is what guides the fuzzer.
  target_compile_options(jedel_flags INTERFACE -fsanitize=fuzzer-no-link,address
                         -fno-omit-frame-pointer -g1)
  target_link_options(jedel_flags INTERFACE -fsanitize=address)
endif()
find_program(JEDEL_CCACHE ccache)
if(JEDEL_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${JEDEL_CCACHE}")
endif()
find_program(JEDEL_MOLD mold)
if(JEDEL_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# System libraries, named once.
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(PANGO REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(TOMLPP REQUIRED IMPORTED_TARGET tomlplusplus)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
add_library(jedel_stemmer INTERFACE)
target_link_libraries(jedel_stemmer INTERFACE stemmer)

# jedel_library(NAME [LINK targets…] [PRIVATE targets…]): every .cpp below the folder.
function(jedel_library name)
  cmake_parse_arguments(ARG "" "" "LINK;PRIVATE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC jedel_flags ${ARG_LINK} PRIVATE ${ARG_PRIVATE})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE jedel_flags ${ARG_LINK})
  endif()
endfunction()

# jedel_test(FOLDER [LINK targets…]): one Catch2 program of every .cpp in the folder.
function(jedel_test folder)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
  if(NOT sources)
    return()
  endif()
  add_executable(test_${folder} ${sources})
  target_link_libraries(test_${folder} PRIVATE jedel_test_main ${ARG_LINK})
  target_compile_definitions(test_${folder} PRIVATE
    JEDEL_SOURCE_DIR="${CMAKE_SOURCE_DIR}" JEDEL_BINARY_DIR="${CMAKE_BINARY_DIR}")
  # Windows share one display and its focus: one such test at a time.
  set(lock)
  if(folder MATCHES "^(map|screens)$")
    set(lock RESOURCE_LOCK display)
  endif()
  catch_discover_tests(test_${folder} TEST_PREFIX "${folder}: " DISCOVERY_MODE PRE_TEST
                       PROPERTIES TIMEOUT 600 SKIP_REGULAR_EXPRESSION "SKIPPED:" ${lock})
endfunction()

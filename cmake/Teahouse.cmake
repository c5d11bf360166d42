# How every target of this project is built. A directory's CMakeLists.txt says what it is made of and what it links:
#
#   teahouse_add_library(teahouse_server_core SOURCES room.cpp room.h LINK teahouse_shared)
#   teahouse_add_library(teahouse_client_link MOC SOURCES ... LINK teahouse_shared Qt6::Network)
#   teahouse_add_executable(teahoused SOURCES main.cpp LINK teahouse_server_app)
#   teahouse_add_test(tst_room SOURCES tst_room.cpp LINK teahouse_server_core)
#
# The first argument is the target (NAME before it is accepted). The others:
#
# MOC      run moc over all sources; a test needs that only for a Q_OBJECT outside its own tst_NAME.cpp
# SOURCES  files of this directory, one by one, headers too
# LINK     what it uses; all of it is public
# PCH      core, network, widgets or none; without it, what LINK names directly decides
#
# A test also takes LABELS (unit when not given), TIMEOUT (seconds, 60 when not given), ARGS and ENVIRONMENT (A=b ...).
# Includes are written from the repository root: #include "server/core/room.h".

find_program(TEAHOUSE_CCACHE ccache)
if(TEAHOUSE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # ccache wants to be told that precompiled headers are safe to compare by content.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${TEAHOUSE_CCACHE})
endif()

# A precompiled header serves libraries and executables alike only if both are compiled with the same -fPIC.
set(CMAKE_CXX_COMPILE_OPTIONS_PIE "${CMAKE_CXX_COMPILE_OPTIONS_PIC}")

add_library(teahouse_options INTERFACE)
target_include_directories(teahouse_options INTERFACE ${PROJECT_SOURCE_DIR})
target_link_libraries(teahouse_options INTERFACE Qt6::Core)
target_compile_definitions(teahouse_options INTERFACE
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_URL_CAST_FROM_STRING
    QT_NO_FOREACH
    QT_DISABLE_DEPRECATED_BEFORE=0x060400
    QT_MESSAGELOGCONTEXT)
target_compile_options(teahouse_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor)
if(TEAHOUSE_WERROR)
    target_compile_options(teahouse_options INTERFACE -Werror -Wno-error=invalid-pch)
endif()
if(TEAHOUSE_SANITIZE)
    target_compile_options(teahouse_options INTERFACE -fsanitize=${TEAHOUSE_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(teahouse_options INTERFACE -fsanitize=${TEAHOUSE_SANITIZE})
endif()
# Linking a test takes a tenth of the time with it. What is packaged keeps the system's linker.
include(CheckLinkerFlag)
check_linker_flag(CXX -fuse-ld=mold TEAHOUSE_MOLD)
if(TEAHOUSE_MOLD)
    target_link_options(teahouse_options INTERFACE $<$<CONFIG:Debug>:-fuse-ld=mold>)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Lets ccache handle translation units that use a precompiled header.
    target_compile_options(teahouse_options INTERFACE -fpch-preprocess)
endif()

# CMake wants at least one source in a library.
set(TEAHOUSE_EMPTY_SOURCE ${PROJECT_BINARY_DIR}/empty.cpp)
if(NOT EXISTS ${TEAHOUSE_EMPTY_SOURCE})
    file(WRITE ${TEAHOUSE_EMPTY_SOURCE} "")
endif()

# One precompiled header per kind of target, compiled once and shared by all of that kind.
function(teahouse_add_pch kind)
    set(target teahouse_pch_${kind})
    add_library(${target} OBJECT EXCLUDE_FROM_ALL ${TEAHOUSE_EMPTY_SOURCE})
    target_link_libraries(${target} PRIVATE teahouse_options ${ARGN})
    target_precompile_headers(${target} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/pch/${kind}.h)
endfunction()
if(TEAHOUSE_PCH)
    teahouse_add_pch(core)
    teahouse_add_pch(network Qt6::Network)
    teahouse_add_pch(widgets Qt6::Widgets)
endif()

# Common to libraries, executables and tests; reads the caller's parsed ARG_ variables.
function(teahouse_set_up target moc pch links)
    target_link_libraries(${target} PUBLIC teahouse_options ${links})
    set_target_properties(${target} PROPERTIES AUTOMOC ${moc})
    if(NOT pch)
        set(pch core)
        if("Qt6::Widgets" IN_LIST links)
            set(pch widgets)
        elseif("Qt6::Network" IN_LIST links)
            set(pch network)
        endif()
    endif()
    if(TEAHOUSE_PCH AND NOT pch STREQUAL "none")
        target_precompile_headers(${target} REUSE_FROM teahouse_pch_${pch})
    endif()
endfunction()

function(teahouse_add_library)
    cmake_parse_arguments(PARSE_ARGV 0 ARG "MOC" "NAME;PCH" "SOURCES;LINK")
    teahouse_check_arguments()
    add_library(${ARG_NAME} STATIC ${ARG_SOURCES})
    teahouse_set_up(${ARG_NAME} ${ARG_MOC} "${ARG_PCH}" "${ARG_LINK}")
endfunction()

function(teahouse_add_executable)
    cmake_parse_arguments(PARSE_ARGV 0 ARG "MOC" "NAME;PCH" "SOURCES;LINK")
    teahouse_check_arguments()
    add_executable(${ARG_NAME} ${ARG_SOURCES})
    teahouse_set_up(${ARG_NAME} ${ARG_MOC} "${ARG_PCH}" "${ARG_LINK}")
endfunction()

# teahouse_add_resources(NAME PREFIX /icons BASE DIRECTORY FILES ...): files inside the program, found as :/icons/...
function(teahouse_add_resources name)
    add_library(${name} STATIC ${TEAHOUSE_EMPTY_SOURCE})
    target_link_libraries(${name} PUBLIC Qt6::Core)
    qt_add_resources(${name} ${name} ${ARGN})
endfunction()

# Makes the tst_NAME.moc that a test includes at its end, at a tenth of what AUTOMOC costs for this one file.
function(teahouse_moc_test target sources)
    list(FILTER sources INCLUDE REGEX "tst_[^/]*\\.cpp$")
    foreach(source IN LISTS sources)
        get_filename_component(name ${source} NAME_WE)
        qt_generate_moc(${source} ${name}.moc TARGET ${target})
        target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${name}.moc)
    endforeach()
    target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()

# What the sanitizers of each test, and of the programs that it starts, are told.
set(TEAHOUSE_TEST_ENVIRONMENT
    TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/cmake/tsan.supp
    LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/cmake/lsan.supp)

function(teahouse_add_test)
    cmake_parse_arguments(PARSE_ARGV 0 ARG "MOC" "NAME;PCH;TIMEOUT" "SOURCES;LINK;LABELS;ARGS;ENVIRONMENT")
    teahouse_check_arguments()
    if(NOT ARG_LABELS)
        set(ARG_LABELS unit)
    endif()
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 60)
    endif()
    add_executable(${ARG_NAME} ${ARG_SOURCES})
    set_target_properties(${ARG_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    teahouse_set_up(${ARG_NAME} ${ARG_MOC} "${ARG_PCH}" "${ARG_LINK};Qt6::Test")
    if(NOT ARG_MOC)
        teahouse_moc_test(${ARG_NAME} "${ARG_SOURCES}")
    endif()
    add_test(NAME ${ARG_NAME} COMMAND ${ARG_NAME} ${ARG_ARGS})
    set_tests_properties(${ARG_NAME} PROPERTIES
        TIMEOUT ${ARG_TIMEOUT}
        LABELS "${ARG_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;${TEAHOUSE_TEST_ENVIRONMENT};${ARG_ENVIRONMENT}")
endfunction()

macro(teahouse_check_arguments)
    if(NOT ARG_NAME)
        list(POP_FRONT ARG_UNPARSED_ARGUMENTS ARG_NAME)
    endif()
    if(ARG_UNPARSED_ARGUMENTS OR NOT ARG_NAME OR NOT ARG_SOURCES)
        message(FATAL_ERROR "${CMAKE_CURRENT_FUNCTION}: needs a name and SOURCES; not understood: ${ARG_UNPARSED_ARGUMENTS}")
    endif()
endmacro()
